import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { listOrganisations } from '#rooms/network/read.server.ts';
import { listStated, triedOver } from '#rooms/returns/assumptions/read.server.ts';
import { movedBy, triedFacts } from '#rooms/returns/assumptions/rules.ts';
import { recordValueMap } from '#rooms/returns/commands.server.ts';
import { listFollowUps } from '#rooms/returns/follow-up/read.server.ts';
import { findCaseReturn, findGranted, findValueMap, getPriceList, tryCaseReturn } from '#rooms/returns/read.server.ts';
import { findRealised } from '#rooms/returns/realised/read.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { act, actorOf, found, optional, present } from '../../../../form.server.ts';
import { readTrial } from './trial-form.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** What this case returns to society: break-even first, then the two paths and the three ways together, each figure with its sources. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const caseId = event.params.id;
	const table = found(await getCaseTable(installation, actor, caseId));
	const recorded = table.valueMap;
	const { trial, ...tried } = readTrial((field) => event.url.searchParams.get(field), recorded?.facts ?? null);
	return {
		title: say(locale, 'return.title'),
		seen: `/${event.params.network}/casus/${caseId}/gezien`,
		pseudonym: table.facts.pseudonym,
		underWay: table.state !== 'closed',
		facts: recorded?.facts ?? null,
		...tried,
		moved: recorded !== null && trial !== null ? movedBy(recorded.facts, trial) : null,
		...(await read(installation, actor, async (tx, now) => ({
			now,
			organisations: await listOrganisations(tx, actor, now),
			caseReturn:
				recorded !== null && trial !== null ? await tryCaseReturn(tx, actor, recorded, trial) : await findCaseReturn(tx, actor, recorded),
			priceList: recorded === null ? null : await getPriceList(tx, actor, recorded.priceListId),
			stated: await listStated(tx, actor, caseId, table.words),
			assumptions: triedOver(await listStated(tx, actor, caseId, table.words), recorded?.facts ?? null, trial),
			followUps: await listFollowUps(tx, actor, now, caseId),
			realised: await findRealised(tx, actor, caseId),
			granted: await findGranted(tx, actor, caseId)
		}))),
		key: installation.world.id()
	};
};

export const actions: Actions = {
	/** What was tried is recorded as a new version, with why. */
	default: async (event) => {
		const actor = actorOf(event);
		const recorded = await read(event.locals.installation, actor, (tx) => findValueMap(tx, actor, event.params.id));
		if (recorded === null) error(404);
		return act(event, recordValueMap, {
			form: 'trial',
			input: (fields) => {
				const { trial } = readTrial((field) => fields[field], recorded.facts);
				return {
					...triedFacts(recorded.facts, trial ?? {}),
					caseId: event.params.id,
					because: present(
						Object.fromEntries(['chance', 'years', 'deadweight', 'attribution'].map((name) => [name, optional(fields[`because.${name}`])]))
					),
					acknowledged: fields['acknowledged'] === 'yes'
				};
			},
			to: () => `/${event.params.network}/casus/${event.params.id}/opbrengst`
		});
	}
};
