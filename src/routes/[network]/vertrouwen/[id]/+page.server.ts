import { withdrawInvitation } from '#rooms/cases/commands.server.ts';
import { endPair } from '#rooms/chain/pairs/commands.server.ts';
import { getPair } from '#rooms/chain/pairs/read.server.ts';
import { listPairTimeline } from '#rooms/chain/pairs/rules.ts';
import { answerTrust, openRound } from '#rooms/chain/trust/commands.server.ts';
import { scoresOf } from '#rooms/chain/trust/rules.ts';
import { act, actorOf, found } from '../../../form.server.ts';
import { agreementActions } from '../../agreement-actions.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** A pair: the five questions, what both said, and what each does for the other. */
export const load: PageServerLoad = async (event) => {
	const { installation } = event.locals;
	const actor = actorOf(event);
	const pair = found(await getPair(installation, actor, event.params.id));
	return {
		title: pair.names.get(pair.other.membershipId)?.organisationName ?? '',
		// A pair has a table: what changes there is told as of a case.
		live: `/${event.params.network}/live?casus=${event.params.id}`,
		pair,
		timeline: listPairTimeline(pair.agreements),
		me: actor.personId,
		now: installation.world.now(),
		key: installation.world.id()
	};
};

type PairEvent = Parameters<Actions[string]>[0];
const here = (event: PairEvent) => `/${event.params.network}/vertrouwen/${event.params.id}`;

export const actions: Actions = {
	...agreementActions,
	open: (event) => act(event, openRound, { form: 'round', input: () => ({ pairId: event.params.id }), to: () => here(event) }),
	trust: (event) =>
		act(event, answerTrust, {
			form: 'trust',
			input: (fields) => ({ roundId: fields['roundId'], scores: scoresOf(fields) }),
			to: () => here(event)
		}),
	withdraw: (event) =>
		act(event, withdrawInvitation, {
			form: 'withdraw',
			input: (fields) => ({ invitationId: fields['invitationId'] }),
			to: () => here(event)
		}),
	end: (event) => act(event, endPair, { form: 'end', input: () => ({ pairId: event.params.id }), to: () => here(event) })
};
