import { fail } from '@sveltejs/kit';
import { refusalStatus } from '#foundation/command/refusal-status.ts';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { makeResidentLink, revokeResidentLink } from '#rooms/privacy/resident/commands.server.ts';
import { findStandingLink, residentAddress, showsNames } from '#rooms/privacy/resident/read.server.ts';
import { linkDays } from '#rooms/privacy/resident/rules.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { act, actorOf, fieldsOf, found } from '../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** The link for the resident: whether one stands, and to make one. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const caseId = event.params.id;
	const table = found(await getCaseTable(installation, actor, caseId));
	return {
		title: say(locale, 'resident_link.title'),
		pseudonym: table.facts.pseudonym,
		holder: table.mySeat.holder,
		days: linkDays,
		key: installation.world.id(),
		...(await read(installation, actor, async (tx, now) => ({
			link: await findStandingLink(tx, actor, now, caseId),
			names: await showsNames(tx, actor)
		})))
	};
};

export const actions: Actions = {
	/** Answers with the address itself and sends nowhere: it is shown in this answer alone. */
	make: async (event) => {
		const { installation } = event.locals;
		const actor = actorOf(event);
		const values = await fieldsOf(event);
		const outcome = await makeResidentLink(installation, actor, { caseId: event.params.id }, { key: values['key'] ?? '' });
		if (!outcome.ok) {
			if (outcome.refusal.code === 'not_found') found(outcome);
			return fail(refusalStatus[outcome.refusal.code], { refusal: outcome.refusal });
		}
		return { made: await residentAddress(installation, actor, outcome.value.linkId) };
	},
	revoke: (event) =>
		act(event, revokeResidentLink, {
			form: 'revoke',
			input: () => ({ caseId: event.params.id }),
			to: () => `/${event.params.network}/casus/${event.params.id}/bewoner`
		})
};
