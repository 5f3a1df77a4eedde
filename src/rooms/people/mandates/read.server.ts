import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { dayAt } from '#foundation/time/days.ts';
import { listColleagues } from '../read.server.ts';
import type { Colleague } from '../read.server.ts';
import { completeAt, covers, periodBegins, validMandates } from './rules.ts';
import type { Mandate, MandateHand, MandateKind, Used } from './rules.ts';

/** Every version of every mandate in one's own organisation, oldest first. */
export async function listMandates(tx: Tx, actor: Actor): Promise<Mandate[]> {
	const mandates = await tx
		.selectFrom('mandate as m')
		.leftJoin('mandateEnd as e', (join) => join.onRef('e.networkId', '=', 'm.networkId').onRef('e.mandateId', '=', 'm.mandateId'))
		.select(['m.mandateId', 'm.membershipId', 'm.personId', 'm.organisationId', 'm.kind', 'm.caseCents', 'm.periodCents', 'm.periodMonths'])
		.select(['m.validFrom', 'm.validUntil', 'm.givenBy', 'm.needsSecond', 'm.at', 'e.at as endedAt'])
		.where('m.networkId', '=', actor.networkId)
		.where('m.organisationId', '=', actor.organisationId)
		.orderBy('m.at')
		.orderBy('m.mandateId')
		.execute();
	if (mandates.length === 0) return [];
	const hands = await tx
		.selectFrom('mandateHand')
		.select(['mandateId', 'personId', 'hand', 'at'])
		.where('networkId', '=', actor.networkId)
		.orderBy('at')
		.execute();
	return mandates.map((mandate) => ({
		...mandate,
		kind: mandate.kind as MandateKind,
		hands: hands
			.filter((hand) => hand.mandateId === mandate.mandateId)
			.map(({ personId, hand, at }) => ({ personId, hand: hand as MandateHand, at }))
	}));
}

/** Lets what counts on someone's mandate wait for each other until the transaction ends. */
export const lockMandate = async (tx: Tx, actor: Actor, membershipId: string): Promise<void> => {
	await sql`select pg_advisory_xact_lock(hashtextextended(${`${actor.networkId}/mandate/${membershipId}`}, 0))`.execute(tx);
};

/** How much of someone's mandate for money is used, the agreement at hand left out. */
async function findUsed(tx: Tx, now: Date, mandate: Mandate, about: { caseId: string; agreementId: string | null }): Promise<Used> {
	const since = periodBegins(now, mandate.periodMonths);
	const { rows } = await sql<Used>`
		select period_cents, case_cents from app.mandate_used(${mandate.membershipId}, ${since}, ${about.caseId}, ${about.agreementId})`.execute(
		tx
	);
	const [row] = rows;
	if (!row) throw new Error('Two sums are always given.');
	return row;
}

/**
 * The mandate by which someone of one's own organisation may promise an amount in a case now; null when none covers it. With `lock`, nothing
 * else can be counted on it until the transaction ends, so that what was found still holds when it is written.
 */
export async function findCovering(
	tx: Tx,
	actor: Actor,
	now: Date,
	wish: { readonly membershipId: string; readonly cents: number; readonly caseId: string; readonly agreementId: string | null }
): Promise<Mandate | null> {
	await lockMandate(tx, actor, wish.membershipId);
	const valid = validMandates(await listMandates(tx, actor), dayAt(now));
	const mandate = valid.find((entry) => entry.kind === 'money' && entry.membershipId === wish.membershipId);
	return mandate && covers(mandate, await findUsed(tx, now, mandate, wish), wish.cents) ? mandate : null;
}

/** Counts a promise of money on the actor's own mandate. */
export const useMandate = async (
	tx: Tx,
	actor: Actor,
	now: Date,
	use: { readonly mandateId: string; readonly versionId: string; readonly agreementId: string; readonly cents: number }
): Promise<void> => {
	await tx
		.insertInto('mandateUse')
		.values({ networkId: actor.networkId, personId: actor.personId, at: now, ...use })
		.execute();
};

/** Who of one's own organisation can decide what oneself may not: by name, with those who can change that. */
export interface Deciders {
	readonly deciders: readonly Colleague[];
	readonly administrators: readonly Colleague[];
}

/** Exactly who in the actor's organisation has a mandate that covers an amount in a case, the actor left out. */
export async function listDeciders(
	tx: Tx,
	actor: Actor,
	now: Date,
	wish: { readonly cents: number; readonly caseId: string; readonly agreementId: string | null }
): Promise<Deciders> {
	const own = (await listColleagues(tx, actor, now)).filter((colleague) => colleague.organisationId === actor.organisationId);
	const valid = validMandates(await listMandates(tx, actor), dayAt(now)).filter((mandate) => mandate.kind === 'money');
	const deciders: Colleague[] = [];
	for (const colleague of own) {
		const mandate = valid.find((entry) => entry.membershipId === colleague.membershipId);
		if (mandate && covers(mandate, await findUsed(tx, now, mandate, wish), wish.cents)) deciders.push(colleague);
	}
	return { deciders, administrators: own.filter((colleague) => colleague.roles.includes('administrator')) };
}

/** The colleagues of one's own organisation who take its formal decisions now. */
export async function listFormalDeciders(tx: Tx, actor: Actor, now: Date): Promise<Colleague[]> {
	const valid = validMandates(await listMandates(tx, actor), dayAt(now)).filter((mandate) => mandate.kind === 'formal_decision');
	if (valid.length === 0) return [];
	const own = await listColleagues(tx, actor, now);
	return own.filter((colleague) => valid.some((mandate) => mandate.membershipId === colleague.membershipId));
}

/** Who takes the formal decisions of the actor's organisation: the actor by their own mandate, or exactly who else. */
export interface Formal extends Deciders {
	readonly own: Mandate | null;
	/** Whether the organisation ever said by a mandate who takes its formal decisions; else anyone may announce one. */
	readonly settled: boolean;
}

export async function findFormal(tx: Tx, actor: Actor, now: Date): Promise<Formal> {
	const all = (await listMandates(tx, actor)).filter((mandate) => mandate.kind === 'formal_decision' && completeAt(mandate) !== null);
	const colleagues = (await listColleagues(tx, actor, now)).filter((colleague) => colleague.organisationId === actor.organisationId);
	return {
		own: validMandates(all, dayAt(now)).find((mandate) => mandate.membershipId === actor.membershipId) ?? null,
		settled: all.length > 0,
		deciders: (await listFormalDeciders(tx, actor, now)).filter((colleague) => colleague.membershipId !== actor.membershipId),
		administrators: colleagues.filter((colleague) => colleague.roles.includes('administrator'))
	};
}

/** Mandates of the own organisation where the actor's hand is wanted: to accept for oneself, or to confirm as a second. */
export function listMyHands(mandates: readonly Mandate[], actor: Actor, today: string): { toAccept: Mandate[]; toConfirm: Mandate[] } {
	const open = mandates.filter(
		(mandate) =>
			!mandate.endedAt &&
			mandate.validUntil >= today &&
			!mandate.hands.some((hand) => hand.personId === actor.personId || hand.hand === 'declined')
	);
	const mayConfirm = actor.roles.includes('administrator') || actor.roles.includes('governor');
	return {
		toAccept: open.filter((mandate) => mandate.membershipId === actor.membershipId),
		toConfirm: open.filter(
			(mandate) =>
				mayConfirm && mandate.needsSecond && mandate.personId !== actor.personId && !mandate.hands.some((hand) => hand.hand === 'confirmed')
		)
	};
}

/** How many mandates want the actor's hand, for "wat wacht op mij". */
export async function countMyHands(tx: Tx, actor: Actor, now: Date): Promise<number> {
	const { toAccept, toConfirm } = listMyHands(await listMandates(tx, actor), actor, dayAt(now));
	return toAccept.length + toConfirm.length;
}
