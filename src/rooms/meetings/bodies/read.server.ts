import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { BodyKind, DecisionRule } from './rules.ts';

export interface FixedSeat {
	readonly seatId: string;
	readonly personId: string;
	readonly membershipId: string;
	readonly displayName: string;
	readonly functionTitle: string;
	readonly organisationName: string;
	/** Offered and not answered yet. */
	readonly waiting: boolean;
}

export interface Body {
	readonly bodyId: string;
	/** Null: of the whole network. */
	readonly organisationId: string | null;
	readonly organisationName: string | null;
	readonly kind: BodyKind;
	readonly name: string;
	readonly madeBy: string;
	/** How they decide now. */
	readonly rule: DecisionRule;
	/** Another way to decide that waits for a second fixed seat. */
	readonly proposed: { readonly ruleId: string; readonly rule: DecisionRule; readonly personId: string } | null;
	/** Who sit in it now, by organisation and name. */
	readonly seats: readonly FixedSeat[];
	/** To whom a seat was offered that they have not answered. */
	readonly offered: readonly FixedSeat[];
}

async function selectSeats(tx: Tx, actor: Actor, now: Date, bodyIds: readonly string[]): Promise<(FixedSeat & { bodyId: string })[]> {
	return await tx
		.selectFrom('bodySeat as s')
		.leftJoin('bodySeatAnswer as a', (join) => join.onRef('a.networkId', '=', 's.networkId').onRef('a.seatId', '=', 's.seatId'))
		.leftJoin('bodySeatEnd as e', (join) => join.onRef('e.networkId', '=', 's.networkId').onRef('e.seatId', '=', 's.seatId'))
		.innerJoin('membership as m', (join) => join.onRef('m.networkId', '=', 's.networkId').onRef('m.membershipId', '=', 's.membershipId'))
		.innerJoin('person as p', (join) => join.onRef('p.networkId', '=', 'm.networkId').onRef('p.personId', '=', 'm.personId'))
		.innerJoin('organisation as o', (join) =>
			join.onRef('o.networkId', '=', 'm.networkId').onRef('o.organisationId', '=', 'm.organisationId')
		)
		.select(['s.bodyId', 's.seatId', 's.personId', 's.membershipId', 'p.displayName', 'm.functionTitle', 'o.name as organisationName'])
		.select(sql<boolean>`a.answer is null`.as('waiting'))
		.where('s.networkId', '=', actor.networkId)
		.where('s.bodyId', 'in', bodyIds)
		.where('e.seatId', 'is', null)
		.where((e) => e.or([e('a.answer', 'is', null), e('a.answer', '=', 'accepted')]))
		.where('m.validFrom', '<=', now)
		.where((e) => e.or([e('m.validUntil', 'is', null), e('m.validUntil', '>', now)]))
		.where((e) => e.or([e('o.leftAt', 'is', null), e('o.leftAt', '>', now)]))
		.orderBy('o.nameSort')
		.orderBy('p.nameSort')
		.orderBy('s.seatId')
		.execute();
}

async function selectBodies(tx: Tx, actor: Actor, now: Date, bodyId?: string): Promise<Body[]> {
	let query = tx
		.selectFrom('body as b')
		.leftJoin('organisation as o', (join) =>
			join.onRef('o.networkId', '=', 'b.networkId').onRef('o.organisationId', '=', 'b.organisationId')
		)
		.select(['b.bodyId', 'b.organisationId', 'o.name as organisationName', 'b.kind', 'b.name', 'b.personId as madeBy'])
		.where('b.networkId', '=', actor.networkId);
	if (bodyId !== undefined) query = query.where('b.bodyId', '=', bodyId);
	const bodies = await query.orderBy('b.organisationId').orderBy('b.name').orderBy('b.bodyId').execute();
	if (bodies.length === 0) return [];
	const ids = bodies.map((body) => body.bodyId);
	const seats = await selectSeats(tx, actor, now, ids);
	const rules = await tx
		.selectFrom('bodyRule as r')
		.leftJoin('bodyRuleAnswer as a', (join) => join.onRef('a.networkId', '=', 'r.networkId').onRef('a.ruleId', '=', 'r.ruleId'))
		.select(['r.bodyId', 'r.ruleId', 'r.rule', 'r.personId', 'a.at as confirmedAt'])
		.where('r.networkId', '=', actor.networkId)
		.where('r.bodyId', 'in', ids)
		.orderBy('r.at')
		.orderBy('r.ruleId')
		.execute();
	return bodies.map((body) => {
		const [first, ...later] = rules.filter((rule) => rule.bodyId === body.bodyId);
		if (!first) throw new Error('A body comes with a way to decide.');
		const confirmed = later
			.filter((rule) => rule.confirmedAt !== null)
			.toSorted((a, b) => Number(a.confirmedAt) - Number(b.confirmedAt))
			.at(-1);
		const newest = later.at(-1);
		const own = seats.filter((seat) => seat.bodyId === body.bodyId).map(({ bodyId: _, ...seat }) => seat);
		return {
			...body,
			kind: body.kind as BodyKind,
			rule: (confirmed ?? first).rule as DecisionRule,
			proposed:
				newest && newest.confirmedAt === null
					? { ruleId: newest.ruleId, rule: newest.rule as DecisionRule, personId: newest.personId }
					: null,
			seats: own.filter((seat) => !seat.waiting),
			offered: own.filter((seat) => seat.waiting)
		};
	});
}

/** Who meet, as far as the actor may see them: of their own organisation first, then of the network, by name. */
export const listBodies = (tx: Tx, actor: Actor, now: Date): Promise<Body[]> => selectBodies(tx, actor, now);

/** One of them; null when there is none that the actor may see. */
export const findBody = async (tx: Tx, actor: Actor, now: Date, bodyId: string): Promise<Body | null> =>
	(await selectBodies(tx, actor, now, bodyId))[0] ?? null;

/** A seat as it was offered, with what became of it; null when the actor may not see it. */
export async function findSeat(
	tx: Tx,
	actor: Actor,
	seatId: string
): Promise<{
	readonly bodyId: string;
	readonly personId: string;
	readonly membershipId: string;
	readonly offeredBy: string;
	readonly state: 'waiting' | 'accepted' | 'declined' | 'left';
} | null> {
	const row = await tx
		.selectFrom('bodySeat as s')
		.leftJoin('bodySeatAnswer as a', (join) => join.onRef('a.networkId', '=', 's.networkId').onRef('a.seatId', '=', 's.seatId'))
		.leftJoin('bodySeatEnd as e', (join) => join.onRef('e.networkId', '=', 's.networkId').onRef('e.seatId', '=', 's.seatId'))
		.select(['s.bodyId', 's.personId', 's.membershipId', 's.offeredBy', 'a.answer', 'e.at as leftAt'])
		.where('s.networkId', '=', actor.networkId)
		.where('s.seatId', '=', seatId)
		.executeTakeFirst();
	if (!row) return null;
	const { answer, leftAt, ...seat } = row;
	return { ...seat, state: leftAt ? 'left' : ((answer ?? 'waiting') as 'waiting' | 'accepted' | 'declined') };
}

/** Of which body a proposed way to decide is; null when the actor may not see it. */
export const findRule = async (
	tx: Tx,
	actor: Actor,
	ruleId: string
): Promise<{ readonly bodyId: string; readonly personId: string } | null> =>
	(await tx
		.selectFrom('bodyRule')
		.select(['bodyId', 'personId'])
		.where('networkId', '=', actor.networkId)
		.where('ruleId', '=', ruleId)
		.executeTakeFirst()) ?? null;

/** What waits for the actor: seats that were offered to them, and ways to decide that they may confirm as a second fixed seat. */
export async function listMyBodies(
	tx: Tx,
	actor: Actor,
	now: Date
): Promise<{
	readonly offers: readonly { readonly bodyId: string; readonly name: string }[];
	readonly rules: readonly { readonly bodyId: string; readonly name: string }[];
}> {
	const bodies = await selectBodies(tx, actor, now);
	const mine = (seat: FixedSeat): boolean => seat.membershipId === actor.membershipId;
	return {
		offers: bodies.filter((body) => body.offered.some(mine)).map(({ bodyId, name }) => ({ bodyId, name })),
		rules: bodies
			.filter((body) => body.proposed !== null && body.proposed.personId !== actor.personId && body.seats.some(mine))
			.map(({ bodyId, name }) => ({ bodyId, name }))
	};
}
