import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { mayConfirmSignalRule, setsSignalRule, signalRuleRoles } from './rules.ts';
import type { SignalRule } from './rules.ts';

/** The rule that is in force, and since when; null: what the network began with. Also for the jobs' role. */
export async function getSignalRule(tx: Tx): Promise<SignalRule & { readonly since: Date | null }> {
	const { rows } = await sql<{ cases: number; months: number; quietMonths: number; since: Date | null }>`
		select cases, months, quiet_months, since from app.signal_rule()`.execute(tx);
	const [rule] = rows;
	if (!rule) throw new Error('Every network has a rule of signals from its first day.');
	return rule;
}

/** A rule that was proposed. */
export interface SignalRuleProposal extends SignalRule {
	readonly ruleId: string;
	readonly at: Date;
	readonly personId: string;
	readonly membershipId: string;
	readonly organisationId: string;
	readonly answer: 'confirmed' | 'declined' | null;
	readonly answeredAt: Date | null;
	readonly answeredByMembership: string | null;
}

/** What was proposed, the newest first. */
export const listSignalRuleProposals = async (tx: Tx, actor: Actor): Promise<SignalRuleProposal[]> =>
	(await tx
		.selectFrom('signalRule as r')
		.leftJoin('signalRuleAnswer as a', (join) => join.onRef('a.networkId', '=', 'r.networkId').onRef('a.ruleId', '=', 'r.ruleId'))
		.select(['r.ruleId', 'r.cases', 'r.months', 'r.quietMonths', 'r.at', 'r.personId', 'r.membershipId', 'r.organisationId'])
		.select(['a.answer', 'a.at as answeredAt', 'a.membershipId as answeredByMembership'])
		.where('r.networkId', '=', actor.networkId)
		.orderBy('r.at', 'desc')
		.orderBy('r.ruleId', 'desc')
		.execute()) as SignalRuleProposal[];

/** The proposed rules that wait for the actor. */
export const listMySignalRulesToConfirm = async (tx: Tx, actor: Actor): Promise<SignalRuleProposal[]> =>
	setsSignalRule(actor.roles)
		? (await listSignalRuleProposals(tx, actor)).filter((one) => one.answer === null && mayConfirmSignalRule(one, actor))
		: [];

/** Who may confirm what the actor proposes, to be told of it. */
export async function listSignalRuleConfirmers(tx: Tx, actor: Actor, now: Date): Promise<string[]> {
	const rows = await tx
		.selectFrom('membership')
		.select('personId')
		.distinct()
		.where('networkId', '=', actor.networkId)
		.where('personId', '<>', actor.personId)
		.where('organisationId', '<>', actor.organisationId)
		.where('validFrom', '<=', now)
		.where((e) => e.or([e('validUntil', 'is', null), e('validUntil', '>', now)]))
		.where(sql<boolean>`roles && ${[...signalRuleRoles]}::text[]`)
		.orderBy('personId')
		.execute();
	return rows.map(({ personId }) => personId);
}
