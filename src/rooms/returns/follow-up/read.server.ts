import type { Actor } from '#foundation/actor.ts';
import { read, readLogged } from '#foundation/command/reading.server.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Installation } from '#foundation/installation.ts';
import { refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { dayAt } from '#foundation/time/days.ts';
import type { Day } from '#foundation/time/days.ts';
import { findValueMap, listPrices } from '../read.server.ts';
import type { Price } from '../rules.ts';
import { followUpState, isOpen, mayAnswerOn } from './rules.ts';
import type { FollowUpKind, FollowUpMonth, FollowUpOutcome, FollowUpState, Happened } from './rules.ts';

export interface Finding {
	/** Place in the list of what looms, in the value map that stood then. */
	readonly flow: number;
	readonly price: string;
	readonly happened: Happened;
}

/** A check of a case: planned, asked, answered or let go. Why it was let go stands with the words of the case (`not_followed`). */
export interface FollowUp {
	readonly followUpId: string;
	readonly caseId: string;
	readonly kind: FollowUpKind;
	readonly month: FollowUpMonth;
	readonly dueOn: Day;
	readonly state: FollowUpState;
	/** Whether it may be answered now. */
	readonly answerable: boolean;
	readonly outcome: FollowUpOutcome | null;
	readonly answeredAt: Date | null;
	readonly answeredByMembershipId: string | null;
	readonly droppedAt: Date | null;
	readonly droppedByMembershipId: string | null;
	readonly findings: readonly Finding[];
}

const select = async (tx: Tx, actor: Actor, now: Date, by: { caseId: string } | { followUpId: string }): Promise<FollowUp[]> => {
	const [column, id] = 'caseId' in by ? (['caseId', by.caseId] as const) : (['followUpId', by.followUpId] as const);
	const rows = await tx
		.selectFrom('followUp as f')
		.leftJoin('followUpAnswer as a', (join) => join.onRef('a.networkId', '=', 'f.networkId').onRef('a.followUpId', '=', 'f.followUpId'))
		.leftJoin('followUpDrop as d', (join) => join.onRef('d.networkId', '=', 'f.networkId').onRef('d.followUpId', '=', 'f.followUpId'))
		.select(['f.followUpId', 'f.caseId', 'f.kind', 'f.month', 'f.dueOn', 'a.outcome', 'a.at as answeredAt'])
		.select(['a.membershipId as answeredByMembershipId', 'd.at as droppedAt', 'd.membershipId as droppedByMembershipId'])
		.where('f.networkId', '=', actor.networkId)
		.where(`f.${column}`, '=', id)
		.orderBy('f.month')
		.execute();
	if (rows.length === 0) return [];
	const findings = await tx
		.selectFrom('followUpFinding')
		.select(['followUpId', 'flow', 'price', 'happened'])
		.where('networkId', '=', actor.networkId)
		.where(column, '=', id)
		.orderBy('flow')
		.execute();
	const today = dayAt(now);
	return rows.map((row) => {
		const state = followUpState({ ...row, outcome: row.outcome as FollowUpOutcome | null }, today);
		return {
			...(row as typeof row & { kind: FollowUpKind; month: FollowUpMonth; outcome: FollowUpOutcome | null }),
			state,
			answerable: isOpen(state) && mayAnswerOn(row.dueOn, today),
			findings: findings
				.filter((finding) => finding.followUpId === row.followUpId)
				.map(({ flow, price, happened }) => ({ flow, price, happened: happened as Happened }))
		};
	});
};

/** The checks of a case at whose table the actor sits, in order of months; else none. */
export const listFollowUps = (tx: Tx, actor: Actor, now: Date, caseId: string): Promise<FollowUp[]> => select(tx, actor, now, { caseId });

/** One check, or null when it is not for this actor to see. */
export const findFollowUp = async (tx: Tx, actor: Actor, now: Date, followUpId: string): Promise<FollowUp | null> =>
	(await select(tx, actor, now, { followUpId }))[0] ?? null;

/** The checks of a case that still wait, now or later: closing asks why they are let go. */
export const findOpenFollowUps = async (tx: Tx, actor: Actor, now: Date, caseId: string): Promise<FollowUp[]> =>
	(await listFollowUps(tx, actor, now, caseId)).filter(({ state }) => isOpen(state));

/** A check that waits for the actor, who holds its case. */
export interface MyFollowUp {
	readonly followUpId: string;
	readonly caseId: string;
	readonly pseudonym: string;
	readonly month: number;
	readonly dueOn: Day;
}

/** The checks that are due in the cases the actor holds, oldest first. */
export const listMyFollowUps = (tx: Tx, actor: Actor, now: Date): Promise<MyFollowUp[]> =>
	tx
		.selectFrom('followUp as f')
		.innerJoin('caseRecord as c', (join) => join.onRef('c.networkId', '=', 'f.networkId').onRef('c.caseId', '=', 'f.caseId'))
		.innerJoin('caseSeat as s', (join) => join.onRef('s.networkId', '=', 'f.networkId').onRef('s.caseId', '=', 'f.caseId'))
		.leftJoin('followUpAnswer as a', (join) => join.onRef('a.networkId', '=', 'f.networkId').onRef('a.followUpId', '=', 'f.followUpId'))
		.leftJoin('followUpDrop as d', (join) => join.onRef('d.networkId', '=', 'f.networkId').onRef('d.followUpId', '=', 'f.followUpId'))
		.select(['f.followUpId', 'f.caseId', 'c.pseudonym', 'f.month', 'f.dueOn'])
		.where('f.networkId', '=', actor.networkId)
		.where('s.personId', '=', actor.personId)
		.where('s.holder', '=', true)
		.where('s.validUntil', 'is', null)
		.where('f.dueOn', '<=', dayAt(now))
		.where('a.followUpId', 'is', null)
		.where('d.followUpId', 'is', null)
		.orderBy('f.dueOn')
		.orderBy('f.followUpId')
		.execute();

/** A check as whoever answers it sees it: which case by its pseudonym, and what loomed. No words of the case. */
export interface FollowUpQuestion {
	readonly followUp: FollowUp;
	readonly pseudonym: string;
	/** The prices of what loomed, in the order of the newest value map; none where nothing was counted. */
	readonly looming: readonly Pick<Price, 'code' | 'nameNl' | 'nameEn'>[];
}

const findQuestion = async (tx: Tx, actor: Actor, now: Date, followUpId: string): Promise<FollowUpQuestion | null> => {
	const followUp = await findFollowUp(tx, actor, now, followUpId);
	if (!followUp) return null;
	const { pseudonym } = await tx
		.selectFrom('caseRecord')
		.select('pseudonym')
		.where('networkId', '=', actor.networkId)
		.where('caseId', '=', followUp.caseId)
		.executeTakeFirstOrThrow();
	const valueMap = await findValueMap(tx, actor, followUp.caseId);
	const prices = new Map(
		valueMap === null ? [] : (await listPrices(tx, actor, valueMap.priceListId)).map((price) => [price.code, price] as const)
	);
	const looming = (valueMap?.facts.looming ?? []).map(({ price: code }) => prices.get(code) ?? { code, nameNl: code, nameEn: code });
	return { followUp, pseudonym, looming };
};

/** A check for who answers it, also by the link from the mail. It is a reading of the case, and leaves a line in its log. */
export async function getFollowUpQuestion(
	installation: Installation,
	actor: Actor,
	wanted: { readonly followUpId: string } | { readonly caseId: string }
): Promise<Outcome<FollowUpQuestion>> {
	const followUp = await read(installation, actor, async (tx, now) => {
		if ('followUpId' in wanted) return findFollowUp(tx, actor, now, wanted.followUpId);
		const all = await listFollowUps(tx, actor, now, wanted.caseId);
		return all.find(({ answerable }) => answerable) ?? null;
	});
	if (!followUp && 'caseId' in wanted) return refuse('not_found');
	const id = followUp?.followUpId ?? ('followUpId' in wanted ? wanted.followUpId : '');
	const about = { act: 'case.read', kind: 'follow_up', id, ...(followUp ? { caseId: followUp.caseId } : {}) } as const;
	return readLogged(installation, actor, about, (tx, now) => findQuestion(tx, actor, now, id));
}
