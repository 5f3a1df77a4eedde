import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findDoubts } from '#foundation/text/doubts.ts';
import { recordAnswer } from '#rooms/knowledge/commands.server.ts';
import { reserve } from '../../ledger/commands.server.ts';
import { getFundRules } from '../../rules-in-force/read.server.ts';
import { findForAct, recordEvent, votesSuffice, waitForMoney } from '../commands.server.ts';
import { findHand, findRequestOfAsk, listTeam } from '../read.server.ts';
import type { Request } from '../read.server.ts';
import { countsNow, reservedUntil } from '../rules.ts';
import { askMoreSchema, voteSchema } from '../schema.ts';

/** What came of a vote: it waits for others, it decided, or it decided and waits for money. */
export interface Voted {
	readonly requestId: string;
	readonly outcome: 'waits' | 'granted' | 'waits_for_money';
}

/**
 * *Akkoord* (D3): a colleague of the team agrees to a small request, from the page or from the mail. The yes with which enough colleagues of enough
 * organisations agree decides: in the same transaction the money is set aside. Those who ask for it do not vote, and a vote counts while its
 * colleague is of the team.
 */
export const voteOnRequest = command({
	act: 'request.vote',
	schema: voteSchema,
	async run(deed, input): Promise<Outcome<Voted>> {
		const found = await findForVoter(deed, input.askId);
		if (!found.ok) return found;
		const { request, caseId } = found.value;
		const { networkId, personId, membershipId, organisationId } = deed.actor;
		const { requestId } = request;
		const answered = await recordAnswer(deed, { askId: input.askId, answer: 'agree' });
		deed.about('request', requestId, caseId);
		if (!answered.ok) return answered;
		await deed.tx.insertInto('requestHand').values({ networkId, requestId, personId, hand: 'voted' }).execute();
		await deed.tx
			.insertInto('requestVote')
			.values({ networkId, requestId, personId, askId: input.askId, membershipId, organisationId, at: deed.now })
			.execute();
		return ok({ requestId, outcome: await decide(deed, request, caseId) });
	}
});

/** Releases the money when this vote was the one that decided. */
async function decide(deed: Deed, request: Request, caseId: string): Promise<Voted['outcome']> {
	if (!(await votesSuffice(deed, request.requestId)) || request.teamId === null) return 'waits';
	const reserved = await reserve(deed, {
		...{ requestId: request.requestId, amountCents: request.amountCents, from: { kind: 'team', teamId: request.teamId } },
		expiresAt: reservedUntil(deed.now, await getFundRules(deed.tx, deed.actor))
	});
	if (!reserved.ok) {
		await waitForMoney(deed, request, caseId);
		return 'waits_for_money';
	}
	await recordEvent(deed, request.requestId, 'granted', request.amountCents);
	await deed.tell('mail.request_decided', { caseId, personId: request.askedBy });
	return 'granted';
}

/** A colleague who is asked finds that it deserves more: it goes to the full lane, and they are called (A0). */
export const askMore = command({
	act: 'request.ask_more',
	schema: askMoreSchema,
	async run(deed, input): Promise<Outcome<{ requestId: string }>> {
		const found = await findForVoter(deed, input.askId);
		if (!found.ok) return found;
		const { request, caseId } = found.value;
		const doubts = findDoubts({ text: input.text });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });
		const { requestId } = request;
		const answered = await recordAnswer(deed, { askId: input.askId, answer: 'call_me', text: input.text });
		deed.about('request', requestId, caseId);
		if (!answered.ok) return answered;
		const { networkId, personId, membershipId } = deed.actor;
		await deed.tx.insertInto('requestMore').values({ networkId, requestId, personId, membershipId, at: deed.now }).execute();
		await deed.tell('mail.request_more', { caseId, personId: request.askedBy });
		return ok({ requestId });
	}
});

/** What both ask first: that they are asked, that it still waits for its team, and that they are of the team now. */
async function findForVoter(deed: Deed, askId: string): Promise<Outcome<{ request: Request; caseId: string }>> {
	deed.about('request', askId);
	const ask = await findRequestOfAsk(deed.tx, deed.actor, askId);
	if (!ask) return refuse('not_found');
	const found = await findForAct(deed, ask.requestId);
	if (!found.ok) return found;
	const { request } = found.value;
	const { personId, membershipId, organisationId } = deed.actor;
	if (ask.personId !== personId || ask.membershipId !== membershipId)
		return refuse('not_asked', { lift: { kind: 'person', personId: ask.personId } });
	if (request.state !== 'asked' || request.lane !== 'light' || request.teamId === null) return refuse('wrong_state');
	const hand = await findHand(deed.tx, deed.actor, request.requestId);
	if (hand === 'voted') return refuse('already_answered');
	if (hand !== null) return refuse('one_hand');
	if (!countsNow({ personId, membershipId, organisationId }, await listTeam(deed.tx, request.teamId), request.askedBy))
		return refuse('not_in_team', { lift: { kind: 'role', role: 'administrator' } });
	return found;
}
