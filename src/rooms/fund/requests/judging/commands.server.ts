import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findDoubts } from '#foundation/text/doubts.ts';
import { reserve } from '../../ledger/commands.server.ts';
import { getFundRules } from '../../rules-in-force/read.server.ts';
import { findForAct, recordEvent, waitForMoney } from '../commands.server.ts';
import { findHand } from '../read.server.ts';
import type { Request } from '../read.server.ts';
import { reservedUntil } from '../rules.ts';
import { judgeSchema, requestSchema } from '../schema.ts';
import { findConflict } from './read.server.ts';
import { departsFromPrecedents, listFilled } from '../steps/read.server.ts';
import { reasonsNeeded } from '../steps/rules.ts';

export interface Judged {
	readonly judgementId: string;
	readonly outcome: 'waits' | 'granted' | 'partly' | 'refused' | 'waits_for_money';
}

/**
 * One of the secretariat says what they find (D4): grant, in part, refuse, or ask. When two of different organisations find the same, that is the
 * decision. What does not last is not granted (A9); a path that is not better, or that departs from what mostly worked, needs a reason (A8, A11).
 */
export const judgeRequest = command({
	act: 'request.judge',
	schema: judgeSchema,
	async run(deed, input): Promise<Outcome<Judged>> {
		const found = await findForAct(deed, input.requestId);
		if (!found.ok) return found;
		const { request, caseId } = found.value;
		if (deed.actor.origin === 'mail') return refuse('not_allowed', { lift: { kind: 'role', role: 'yourself' } });
		const conflict = await findConflict(deed.tx, deed.actor, request);
		if (conflict === 'not_asked') return refuse('not_allowed', { lift: { kind: 'role', role: 'secretariat' } });
		if (conflict !== null) return refuse('conflict_of_interest', { lift: { kind: 'role', role: 'secretariat' } });
		if (request.lane !== 'full' || request.state !== 'asked') return refuse('wrong_state');
		const grants = input.verdict === 'grant' || input.verdict === 'partly';
		const cents = input.verdict === 'grant' ? request.amountCents : input.verdict === 'partly' ? (input.amount ?? 0) : null;
		if (cents !== null && input.verdict === 'partly' && cents >= request.amountCents)
			return refuse('invalid', {
				fields: [{ path: ['amount'], code: 'number_too_large', values: { max: (request.amountCents - 1) / 100 } }]
			});
		if (grants) {
			const filled = await listFilled(deed.tx, deed.actor, request.requestId);
			if (filled.durability?.outlook === 'no') return refuse('not_durable', { lift: { kind: 'person', personId: request.askedBy } });
			const needed = reasonsNeeded(filled, await departsFromPrecedents(deed.tx, request.requestId));
			if (needed.length > 0 && (input.reason ?? '').trim() === '')
				return refuse('reason_needed', { fields: [{ path: ['reason'], code: 'required' }] });
		}
		const doubts = findDoubts({ reason: input.reason, condition: input.condition, whoHelps: input.whoHelps });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });

		const { networkId, personId, membershipId, organisationId } = deed.actor;
		const { requestId } = request;
		if ((await findHand(deed.tx, deed.actor, requestId)) === null)
			await deed.tx.insertInto('requestHand').values({ networkId, requestId, personId, hand: 'decided' }).execute();
		const judgementId = deed.id();
		await deed.tx
			.insertInto('requestJudgement')
			.values({
				...{ networkId, requestId, judgementId, personId, membershipId, organisationId },
				...{ verdict: input.verdict, grantedCents: cents, at: deed.now }
			})
			.execute();
		for (const [part, text] of [
			['request_judgement', input.reason],
			['request_condition', input.condition],
			['request_who_helps', input.whoHelps]
		] as const)
			if (text !== undefined && text.trim() !== '') await deed.write({ caseId, aboutId: judgementId, part, text });
		if (input.verdict === 'ask') await deed.tell('mail.request_question', { caseId, personId: request.askedBy });
		return ok({ judgementId, outcome: await decide(deed, request, caseId) });
	}
});

/** Two of different organisations found the same: that is the decision, and the money is set aside with it. */
async function decide(deed: Deed, request: Request, caseId: string): Promise<Judged['outcome']> {
	const { requestId } = request;
	const { rows } = await sql<{ kind: 'granted' | 'partly' | 'refused'; grantedCents: number | null }>`
		select kind, granted_cents from app.judgement_reached(${requestId})`.execute(deed.tx);
	const decision = rows[0];
	if (!decision) return 'waits';
	if (decision.grantedCents !== null) {
		const reserved = await reserve(deed, {
			...{ requestId, amountCents: decision.grantedCents, from: { kind: 'pot' } },
			expiresAt: reservedUntil(deed.now, await getFundRules(deed.tx, deed.actor))
		});
		if (!reserved.ok) {
			await waitForMoney(deed, request, caseId);
			return 'waits_for_money';
		}
	}
	await recordEvent(deed, requestId, decision.kind, decision.grantedCents);
	await deed.tell('mail.request_decided', { caseId, personId: request.askedBy });
	return decision.kind;
}

/** One of the secretariat has an interest of their own in it and says so: they judge no more, and what they found does not count. */
export const standAside = command({
	act: 'request.stand_aside',
	schema: requestSchema,
	async run(deed, input): Promise<Outcome<null>> {
		const found = await findForAct(deed, input.requestId);
		if (!found.ok) return found;
		const { request } = found.value;
		const conflict = await findConflict(deed.tx, deed.actor, request);
		if (conflict === 'not_asked') return refuse('not_allowed', { lift: { kind: 'role', role: 'secretariat' } });
		if (conflict === 'stood_aside') return refuse('already_answered');
		if (request.lane !== 'full' || request.state !== 'asked') return refuse('wrong_state');
		const { networkId, personId } = deed.actor;
		await deed.tx.insertInto('requestAside').values({ networkId, requestId: request.requestId, personId, at: deed.now }).execute();
		return ok(null);
	}
});
