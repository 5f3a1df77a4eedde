import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Day } from '#foundation/time/days.ts';
import { foldRules, mayConfirm, settingNames, setsRules } from './rules.ts';
import type { FundRules, Setting } from './rules.ts';

/** The rules of the pot that are in force today, by the transaction's clock. Also for the jobs' role. */
export async function getFundRules(tx: Tx, _actor?: Pick<Actor, 'networkId'>): Promise<FundRules> {
	const { rows } = await sql<{ setting: string; value: string }>`select setting, value from app.fund_rules(app.today())`.execute(tx);
	return foldRules(rows);
}

/** The rules as they were in force on a day that has been. */
export async function getFundRulesOn(tx: Tx, day: Day): Promise<FundRules> {
	const { rows } = await sql<{ setting: string; value: string }>`select setting, value from app.fund_rules(${day}::date)`.execute(tx);
	return foldRules(rows);
}

/** A rule as it is in force, and since when. */
export interface RuleInForce {
	readonly setting: Setting;
	readonly value: string;
	readonly fromDay: Day;
	/** False: this is what a network begins with, nobody set it. */
	readonly chosen: boolean;
}

/** A value that was proposed. */
export interface RuleProposal {
	readonly ruleId: string;
	readonly setting: Setting;
	readonly value: string;
	readonly fromDay: Day;
	readonly at: Date;
	readonly personId: string;
	readonly membershipId: string;
	readonly organisationId: string;
	readonly answer: 'confirmed' | 'declined' | null;
	readonly answeredAt: Date | null;
	readonly answeredBy: string | null;
	readonly answeredByMembership: string | null;
}

const proposals = (tx: Tx, actor: Actor) =>
	tx
		.selectFrom('fundRule as r')
		.leftJoin('fundRuleAnswer as a', (join) => join.onRef('a.networkId', '=', 'r.networkId').onRef('a.ruleId', '=', 'r.ruleId'))
		.select([
			...(['r.ruleId', 'r.setting', 'r.value', 'r.fromDay', 'r.at', 'r.personId', 'r.membershipId', 'r.organisationId'] as const),
			...(['a.answer', 'a.at as answeredAt', 'a.personId as answeredBy', 'a.membershipId as answeredByMembership'] as const)
		])
		.where('r.networkId', '=', actor.networkId)
		.orderBy('r.at', 'desc')
		.orderBy('r.ruleId', 'desc');

/** One proposed rule, or null. */
export const findProposal = async (tx: Tx, actor: Actor, ruleId: string): Promise<RuleProposal | null> =>
	((await proposals(tx, actor).where('r.ruleId', '=', ruleId).executeTakeFirst()) as RuleProposal | undefined) ?? null;

/** Every rule as it is in force, in one order, and what was proposed, newest first. */
export async function listRules(
	tx: Tx,
	actor: Actor
): Promise<{ readonly inForce: readonly RuleInForce[]; readonly proposals: readonly RuleProposal[] }> {
	const { rows } = await sql<{ setting: Setting; value: string; fromDay: Day; ruleId: string | null }>`
		select setting, value, from_day, rule_id from app.fund_rules(app.today())`.execute(tx);
	const found = new Map(rows.map((row) => [row.setting, row]));
	return {
		inForce: settingNames.flatMap((setting) => {
			const row = found.get(setting);
			return row ? [{ setting, value: row.value, fromDay: row.fromDay, chosen: row.ruleId !== null }] : [];
		}),
		proposals: (await proposals(tx, actor).limit(100).execute()) as RuleProposal[]
	};
}

/** The proposed rules that wait for the actor, for their home page. */
export async function listMyRulesToConfirm(tx: Tx, actor: Actor): Promise<RuleProposal[]> {
	if (!setsRules(actor.roles)) return [];
	const waiting = (await proposals(tx, actor).where('a.answer', 'is', null).execute()) as RuleProposal[];
	return waiting.filter((proposal) => mayConfirm(proposal, actor));
}

/** The people who may confirm a proposed rule, to be told of it. */
export async function listConfirmers(tx: Tx, actor: Actor, now: Date): Promise<string[]> {
	const rows = await tx
		.selectFrom('membership')
		.select('personId')
		.distinct()
		.where('networkId', '=', actor.networkId)
		.where('personId', '<>', actor.personId)
		.where('organisationId', '<>', actor.organisationId)
		.where('validFrom', '<=', now)
		.where((e) => e.or([e('validUntil', 'is', null), e('validUntil', '>', now)]))
		.where(sql<boolean>`roles && array['treasurer', 'secretariat', 'administrator']`)
		.orderBy('personId')
		.execute();
	return rows.map(({ personId }) => personId);
}
