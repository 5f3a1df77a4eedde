import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { listClaims } from '#rooms/fund/claims/read.server.ts';
import { acceptSplit, claimBySplit, proposeSplit } from '#rooms/fund/splits/commands.server.ts';
import { listSharable, listSplits } from '#rooms/fund/splits/read.server.ts';
import { listOrganisations } from '#rooms/network/read.server.ts';
import { act, actorOf } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** How organisations share what the pot paid: what was proposed, who accepted, and what each owes by it. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return read(installation, actor, async (tx, now) => {
		const treasurer = actor.roles.includes('treasurer');
		const today = dayAt(now);
		return {
			title: say(locale, 'split.title'),
			splits: await listSplits(tx, actor, now),
			// By what was shared; which request that was, is not for everyone.
			shared: [
				...Map.groupBy(
					(await listClaims(tx, actor)).filter((claim) => claim.splitId !== null),
					(claim) => claim.requestId
				).values()
			].map((claims) => claims.map(({ requestId: _, ...claim }) => claim)),
			sharable: treasurer ? await listSharable(tx, actor) : [],
			organisations: await listOrganisations(tx, actor, now),
			mayBind: actor.roles.includes('administrator') || actor.roles.includes('governor'),
			...{ treasurer, organisationId: actor.organisationId, now, today, inAMonth: addDays(today, 30), key: installation.world.id() }
		};
	});
};

const here = (params: { network: string }): string => `/${params.network}/pot/verdelen`;

export const actions: Actions = {
	accept: (event) =>
		act(event, acceptSplit, { form: 'accept', input: (fields) => ({ splitId: fields['splitId'] ?? '' }), to: () => here(event.params) }),
	propose: (event) =>
		act(event, proposeSplit, {
			form: 'propose',
			input: (fields) => ({
				kind: fields['kind'] ?? '',
				parts:
					fields['kind'] === 'agreed'
						? Object.entries(fields).flatMap(([name, value]) =>
								name.startsWith('weight-') && value.trim() !== '' ? [{ organisationId: name.slice('weight-'.length), weight: value }] : []
							)
						: []
			}),
			to: () => here(event.params)
		}),
	share: (event) =>
		act(event, claimBySplit, {
			form: 'share',
			input: (fields) => ({
				...{ splitId: fields['splitId'] ?? '', requestId: fields['requestId'] ?? '' },
				...{ amount: fields['amount'] ?? '', dueOn: fields['dueOn'] ?? '', why: fields['why'] ?? '' },
				acknowledged: fields['acknowledged'] === 'yes'
			}),
			to: () => `${here(event.params)}#gedeeld`
		})
};
