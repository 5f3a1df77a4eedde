import { sql } from 'kysely';
import type { z } from 'zod';
import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findDoubts } from '#foundation/text/doubts.ts';
import { findStanding } from '#rooms/cases/read.server.ts';
import { isUnderWay } from '#rooms/cases/rules.ts';
import { listTeamToAsk, putQuestion, takeBackQuestion } from '#rooms/knowledge/commands.server.ts';
import { listOrganisations } from '#rooms/network/read.server.ts';
import { releaseReservation } from '../ledger/commands.server.ts';
import { findPurse } from '../payments/read.server.ts';
import { getFundRules } from '../rules-in-force/read.server.ts';
import { lightLimit } from '../rules-in-force/rules.ts';
import { findCaseOfRequest, findQuestionOfRequest, findRequest, isOfGone, listCaseRequests, listRole, lockRequest } from './read.server.ts';
import type { Request } from './read.server.ts';
import { canDecide, lapsedCents, mayFollow } from './rules.ts';
import type { EventKind, Lane, RequestKind } from './rules.ts';
import { askSchema, prepareSchema, requestSchema } from './schema.ts';
import { listFilled } from './steps/read.server.ts';
import { effectsToDo, missingSteps } from './steps/rules.ts';

/** The light lane (A0): one screen, up to the limit of a team; its colleagues are asked at once. */
export const askRequest = command({
	act: 'request.ask',
	schema: askSchema,
	async run(deed, input): Promise<Outcome<{ requestId: string; questionId: string }>> {
		deed.about('case', input.caseId, input.caseId);
		return askTeam(deed, input);
	}
});

/** Asks a team for a small amount, for a case at whose table the actor sits. */
export async function askTeam(deed: Deed, input: z.output<typeof askSchema>): Promise<Outcome<{ requestId: string; questionId: string }>> {
	const standing = await findStanding(deed.tx, deed.actor, deed.now, input.caseId);
	if (!standing) return refuse('not_found');
	if (!isUnderWay(standing.state)) return refuse('wrong_state', { lift: { kind: 'person', personId: standing.holder.personId } });
	const rules = await getFundRules(deed.tx, deed.actor);
	if (input.amount > lightLimit(rules))
		return refuse('above_limit', { fields: [{ path: ['amount'], code: 'number_too_large', values: { max: lightLimit(rules) / 100 } }] });
	const before = await sumOfYear(deed, input.caseId);
	if (before + input.amount > rules.household_year_cents)
		return refuse('above_household', {
			fields: [{ path: ['amount'], code: 'number_too_large', values: { max: Math.max(0, rules.household_year_cents - before) / 100 } }]
		});
	const asked = await listTeamToAsk(deed, input.teamId);
	if (asked.length === 0) return refuse('invalid', { fields: [{ path: ['teamId'], code: 'not_a_choice' }] });
	if (!canDecide(asked, deed.actor.personId, rules)) return refuse('team_too_small', { lift: { kind: 'role', role: 'administrator' } });
	const doubts = findDoubts({ what: input.what, supplier: input.supplier, why: input.why });
	if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });

	const requestId = deed.id();
	deed.about('request', requestId, input.caseId);
	await writeRequest(deed, { ...input, requestId, lane: 'light', kind: 'gift', repaidBy: null, acute: false });
	await recordEvent(deed, requestId, 'asked');
	const put = await putQuestion(deed, {
		...{ caseId: input.caseId, text: `${input.what}\n\n${input.why}`, amountCents: input.amount, teamId: input.teamId },
		asked
	});
	const { networkId } = deed.actor;
	await deed.tx.insertInto('requestQuestion').values({ networkId, requestId, questionId: put.questionId }).execute();
	return ok({ requestId, questionId: put.questionId });
}

/** What was asked of teams for this case in the last twelve months and not refused or withdrawn: no second request goes round the limit of a household. */
async function sumOfYear(deed: Deed, caseId: string): Promise<number> {
	const since = new Date(deed.now);
	since.setUTCFullYear(since.getUTCFullYear() - 1);
	const requests = await listCaseRequests(deed.tx, deed.actor, caseId);
	return requests
		.filter((request) => request.lane === 'light' && request.at > since && request.state !== 'refused' && request.state !== 'withdrawn')
		.reduce((sum, request) => sum + (request.decision?.grantedCents ?? request.amountCents) - (lapsedCents(request.events) ?? 0), 0);
}

/** The full lane begins: what, how much, of whom. The steps come after it, and nothing is asked of anyone yet. */
export const prepareRequest = command({
	act: 'request.prepare',
	schema: prepareSchema,
	async run(deed, input): Promise<Outcome<{ requestId: string }>> {
		deed.about('case', input.caseId, input.caseId);
		const standing = await findStanding(deed.tx, deed.actor, deed.now, input.caseId);
		if (!standing) return refuse('not_found');
		if (!isUnderWay(standing.state)) return refuse('wrong_state', { lift: { kind: 'person', personId: standing.holder.personId } });
		const repaidBy = input.kind === 'advance' ? (input.repaidBy ?? null) : null;
		if (
			repaidBy !== null &&
			!(await listOrganisations(deed.tx, deed.actor, deed.now)).some((organisation) => organisation.organisationId === repaidBy)
		)
			return refuse('invalid', { fields: [{ path: ['repaidBy'], code: 'not_a_choice' }] });
		const doubts = findDoubts({ what: input.what, supplier: input.supplier, why: input.why });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });
		const requestId = deed.id();
		deed.about('request', requestId, input.caseId);
		await writeRequest(deed, { ...input, requestId, lane: 'full', teamId: null, repaidBy });
		return ok({ requestId });
	}
});

/** Writes a request, with its words; nobody is asked by it yet. */
export async function writeRequest(
	deed: Deed,
	request: {
		readonly caseId: string;
		readonly requestId: string;
		readonly kind: RequestKind;
		readonly lane: Lane;
		readonly amount: number;
		readonly teamId: string | null;
		readonly repaidBy: string | null;
		readonly acute: boolean;
		readonly what: string;
		readonly supplier: string;
		readonly why: string;
	}
): Promise<void> {
	const { networkId, personId, membershipId, organisationId } = deed.actor;
	const { caseId, requestId, kind, lane, teamId, repaidBy, acute } = request;
	await deed.tx
		.insertInto('request')
		.values({
			...{ networkId, requestId, kind, lane, amountCents: request.amount, teamId, repaidBy, acute },
			...{ askedBy: personId, membershipId, organisationId, at: deed.now }
		})
		.execute();
	await deed.tx.insertInto('caseRequest').values({ networkId, caseId, requestId }).execute();
	await deed.tx.insertInto('requestHand').values({ networkId, requestId, personId, hand: 'asked' }).execute();
	for (const [part, text] of [
		['request_what', request.what],
		['request_supplier', request.supplier],
		['request_why', request.why]
	] as const)
		await deed.write({ caseId, aboutId: requestId, part, text });
}

/** Adds a fact to a request; what may be added is decided by the act that calls it, and by the database. */
export async function recordEvent(deed: Deed, requestId: string, kind: EventKind, grantedCents: number | null = null): Promise<void> {
	const { networkId, personId } = deed.actor;
	await deed.tx
		.insertInto('requestEvent')
		.values({ networkId, requestId, eventId: deed.id(), kind, grantedCents, at: deed.now, personId })
		.execute();
}

/** What every act on a request asks first: the request, locked, and its case for the log. */
export async function findForAct(deed: Deed, requestId: string): Promise<Outcome<{ request: Request; caseId: string }>> {
	deed.about('request', requestId);
	const caseId = await findCaseOfRequest(deed.tx, requestId);
	if (caseId === null) return refuse('not_found');
	deed.about('request', requestId, caseId);
	await lockRequest(deed.tx, deed.actor.networkId, requestId);
	const request = await findRequest(deed.tx, deed.actor, requestId);
	return request ? ok({ request, caseId }) : refuse('not_found');
}

/** Asks the secretariat to decide: everything that it needs is there. Once it is acute, money goes first and the rest follows (A7). */
export const sendRequest = command({
	act: 'request.send',
	schema: requestSchema,
	async run(deed, input): Promise<Outcome<null>> {
		const found = await findForAsker(deed, input.requestId);
		if (!found.ok) return found;
		const { request, caseId } = found.value;
		if (request.lane !== 'full' || request.state !== 'preparing') return refuse('wrong_state');
		const standing = await findStanding(deed.tx, deed.actor, deed.now, caseId);
		if (!standing) return refuse('not_allowed', { lift: { kind: 'role', role: 'holder' } });
		if (!isUnderWay(standing.state)) return refuse('wrong_state', { lift: { kind: 'person', personId: standing.holder.personId } });
		const missing = missingSteps(await listFilled(deed.tx, deed.actor, request.requestId), request.acute);
		if (missing.length > 0) return refuse('steps_missing', { fields: missing.map((step) => ({ path: [step], code: 'required' })) });
		await askSecretariat(deed, request.requestId);
		return ok(null);
	}
});

/** From here on the term of the secretariat runs; everyone of it but the asker is told. */
export async function askSecretariat(deed: Deed, requestId: string): Promise<void> {
	await recordEvent(deed, requestId, 'asked');
	for (const personId of await listRole(deed.tx, deed.actor.networkId, deed.now, 'secretariat'))
		if (personId !== deed.actor.personId) await deed.tell('mail.request_sent', { requestId, personId });
}

/** What an act of who asked asks first. */
export async function findForAsker(deed: Deed, requestId: string): Promise<Outcome<{ request: Request; caseId: string }>> {
	const found = await findForAct(deed, requestId);
	if (!found.ok) return found;
	const { askedBy, membershipId } = found.value.request;
	if (askedBy !== deed.actor.personId || membershipId !== deed.actor.membershipId)
		return refuse('not_asker', { lift: { kind: 'person', personId: askedBy } });
	return found;
}

/** Who asked takes the request back, or who sits at its table once the asker works there no more; money that was set aside goes back into the pot. */
export const withdrawRequest = command({
	act: 'request.withdraw',
	schema: requestSchema,
	async run(deed, input): Promise<Outcome<null>> {
		const found = await findForAct(deed, input.requestId);
		if (!found.ok) return found;
		const { request } = found.value;
		const asked = request.askedBy === deed.actor.personId && request.membershipId === deed.actor.membershipId;
		if (!asked && !(await isOfGone(deed.tx, request.requestId)))
			return refuse('not_asker', { lift: { kind: 'person', personId: request.askedBy } });
		if (!mayFollow(request.state, 'withdrawn')) return refuse('wrong_state');
		// What was paid was spent, and what waits may have left the bank: that is taken back first.
		const purse = await findPurse(deed.tx, deed.actor, request.requestId);
		if (purse && purse.paidCents + purse.waitsCents > 0) return refuse('wrong_state', { lift: { kind: 'role', role: 'treasurer' } });
		await recordEvent(deed, request.requestId, 'withdrawn');
		if (request.decision !== null) await releaseReservation(deed, { requestId: request.requestId });
		const questionId = await findQuestionOfRequest(deed.tx, deed.actor, request.requestId);
		if (questionId !== null) await takeBackQuestion(deed, questionId);
		return ok(null);
	}
});

/**
 * What has to be done before a request may be paid (A10), as a refusal `effects_open`; `wrong_state` when it was not granted or is paid already. For who
 * pays, in the transaction of the payment.
 */
export async function checkPayable(deed: Pick<Deed, 'tx' | 'actor'>, requestId: string): Promise<Outcome<Request>> {
	const request = await findRequest(deed.tx, deed.actor, requestId);
	if (!request) return refuse('not_found');
	if (!mayFollow(request.state, 'paid')) return refuse('wrong_state');
	if (request.lane === 'light') return ok(request);
	const { effects } = await listFilled(deed.tx, deed.actor, requestId);
	const { gift_exemption_cents: exemption } = await getFundRules(deed.tx, deed.actor);
	const tasks = effects === null ? ['find_out'] : effectsToDo(effects, request.decision?.grantedCents ?? request.amountCents, exemption);
	return tasks.length === 0 ? ok(request) : refuse('effects_open', { lift: { kind: 'person', personId: request.askedBy } });
}

/** It was agreed to and there is not enough: it waits for money, and who asked and the treasurer are told, once. */
export async function waitForMoney(deed: Deed, request: Request, caseId: string): Promise<void> {
	const { networkId } = deed.actor;
	const written = await deed.tx
		.insertInto('requestShort')
		.values({ networkId, requestId: request.requestId, at: deed.now })
		.onConflict((conflict) => conflict.columns(['networkId', 'requestId']).doNothing())
		.executeTakeFirst();
	if (written.numInsertedOrUpdatedRows === 0n) return;
	await deed.tell('mail.request_short', { caseId, personId: request.askedBy });
	for (const personId of await listRole(deed.tx, networkId, deed.now, 'treasurer')) await deed.tell('mail.pot_short', { personId });
}

/** Whether enough colleagues of enough organisations agree; as the database counts. */
export async function votesSuffice(deed: Pick<Deed, 'tx'>, requestId: string): Promise<boolean> {
	const { rows } = await sql<{ enough: boolean }>`select app.votes_suffice(${requestId}) as enough`.execute(deed.tx);
	return rows[0]?.enough === true;
}
