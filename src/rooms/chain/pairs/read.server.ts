import type { Actor } from '#foundation/actor.ts';
import { readLogged } from '#foundation/command/reading.server.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Installation } from '#foundation/installation.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { dayAt } from '#foundation/time/days.ts';
import { listMore } from '#rooms/agreements/more/read.server.ts';
import type { More } from '#rooms/agreements/more/read.server.ts';
import { listAgreements } from '#rooms/agreements/read.server.ts';
import type { Agreement } from '#rooms/agreements/read.server.ts';
import { listMine } from '#rooms/agreements/rules.ts';
import { listWords } from '#rooms/cases/read.server.ts';
import type { CaseWords } from '#rooms/cases/read.server.ts';
import { seatsAt } from '#rooms/cases/rules.ts';
import type { Seat } from '#rooms/cases/rules.ts';
import { listInvitations, listSeats } from '#rooms/cases/subjects/read.server.ts';
import type { SentInvitation } from '#rooms/cases/subjects/read.server.ts';
import { listNames } from '#rooms/people/read.server.ts';
import { findSeats, listRounds } from '../trust/read.server.ts';
import { quarterOf, roundState, thingsOf, toldTo } from '../trust/rules.ts';
import type { RoundState, TrustTold } from '../trust/rules.ts';
import { pairState } from './rules.ts';
import type { PairState } from './rules.ts';

/** A round as one side of it sees it. */
export interface RoundTold {
	readonly roundId: string;
	/** The first day of its quarter. */
	readonly quarter: string;
	readonly at: Date;
	readonly state: RoundState;
	/** Only when both answered. */
	readonly told: TrustTold | null;
	readonly things: { readonly mine: Agreement | null; readonly theirs: Agreement | null };
}

/** A pair, to one of its two sides. */
export interface PairTable {
	readonly pairId: string;
	readonly state: PairState;
	readonly at: Date;
	/** Who opened it. */
	readonly membershipId: string;
	readonly facts: { readonly seats: readonly Seat[]; readonly invitations: readonly SentInvitation[] };
	/** Who sit there now. */
	readonly seats: readonly Seat[];
	readonly mySeat: Seat;
	/** Who is on the other side, or was asked to be; `works`: they still do, there. */
	readonly other: { readonly personId: string; readonly membershipId: string; readonly works: boolean };
	readonly rounds: readonly RoundTold[];
	/** Whether the five questions can be opened now. */
	readonly mayOpenRound: boolean;
	readonly agreements: readonly Agreement[];
	/** What one of the two said when the other did more than agreed, by agreement. */
	readonly more: ReadonlyMap<string, More>;
	readonly words: CaseWords;
	readonly names: ReadonlyMap<string, { displayName: string; organisationName: string; functionTitle: string }>;
}

/** Reads a pair, and leaves a line in the log. Refused as `not_found` to everyone but the two. */
export const getPair = (installation: Installation, actor: Actor, pairId: string): Promise<Outcome<PairTable>> =>
	readLogged(installation, actor, { act: 'pair.read', kind: 'pair', id: pairId, caseId: pairId }, (tx, now) =>
		findPair(tx, installation.keyring, actor, now, pairId)
	);

type Facts = Omit<PairTable, 'words' | 'more' | 'names'>;

/** What a pair is without its words, or null to everyone but the two. */
async function findFacts(tx: Tx, actor: Actor, now: Date, pairId: string): Promise<Facts | null> {
	const row = await tx
		.selectFrom('pair as p')
		.leftJoin('pairEnd as e', (join) => join.onRef('e.networkId', '=', 'p.networkId').onRef('e.pairId', '=', 'p.pairId'))
		.select(['p.pairId', 'p.membershipId', 'p.at', 'e.at as endedAt'])
		.where('p.networkId', '=', actor.networkId)
		.where('p.pairId', '=', pairId)
		.executeTakeFirst();
	if (!row) return null;
	const { endedAt, ...pair } = row;
	const all = await listSeats(tx, actor, pairId);
	const invitations = await listInvitations(tx, actor, pairId);
	const seats = seatsAt(all, now);
	const mySeat = seats.find(({ personId }) => personId === actor.personId);
	const [invitation] = invitations;
	const other = seats.find(({ personId }) => personId !== actor.personId) ?? invitation;
	if (!mySeat || !other || !invitation) return null;
	const agreements = await listAgreements(tx, actor, pairId);
	const state = pairState(invitation.state, endedAt !== null);
	const rounds = await tellRounds(tx, actor, now, pairId, agreements);
	return {
		...{ ...pair, state, facts: { seats: all, invitations }, seats, mySeat, rounds, agreements },
		other: { personId: other.personId, membershipId: other.membershipId, works: await worksStill(tx, actor, now, other.membershipId) },
		mayOpenRound: state === 'standing' && rounds.every(({ quarter }) => quarter !== quarterOf(dayAt(now)))
	};
}

async function worksStill(tx: Tx, actor: Actor, now: Date, membershipId: string): Promise<boolean> {
	const row = await tx
		.selectFrom('membership as m')
		.innerJoin('organisation as o', (join) =>
			join.onRef('o.networkId', '=', 'm.networkId').onRef('o.organisationId', '=', 'm.organisationId')
		)
		.select(['m.validUntil', 'o.leftAt'])
		.where('m.networkId', '=', actor.networkId)
		.where('m.membershipId', '=', membershipId)
		.executeTakeFirst();
	return row !== undefined && [row.validUntil, row.leftAt].every((end) => end === null || end > now);
}

/** The rounds of a pair as the actor sees them, the newest first. */
async function tellRounds(tx: Tx, actor: Actor, now: Date, pairId: string, agreements: readonly Agreement[]): Promise<RoundTold[]> {
	const seats = await findSeats(tx, actor, pairId);
	if (!seats) return [];
	const rounds = await listRounds(tx, actor, pairId);
	return rounds.map(({ roundId, quarter, at, answers }, index) => {
		const { answered, told } = toldTo(seats.mine.seatId, answers);
		const nextAt = rounds[index - 1]?.at ?? null;
		const { mine, theirs } = told
			? thingsOf({ wholeAt: told.wholeAt, nextAt }, agreements, [actor.personId, seats.other.personId])
			: { mine: null, theirs: null };
		return {
			...{ roundId, quarter, at, told, things: { mine, theirs } },
			state: roundState({ quarter, answered, told, nextAt }, { mine, theirs }, dayAt(now))
		};
	});
}

/** A pair with its words, or null to everyone but the two. */
export async function findPair(
	tx: Tx,
	keyring: Installation['keyring'],
	actor: Actor,
	now: Date,
	pairId: string
): Promise<PairTable | null> {
	const facts = await findFacts(tx, actor, now, pairId);
	if (!facts) return null;
	const { seats, invitations } = facts.facts;
	return {
		...facts,
		words: await listWords(tx, keyring, actor, pairId),
		more: await listMore(tx, keyring, actor, pairId),
		names: await listNames(tx, actor, [
			...[...seats, ...invitations].map(({ membershipId }) => membershipId),
			...facts.agreements.flatMap((agreement) => [
				...agreement.asks.map((ask) => ask.membershipId),
				...(agreement.decision ? [agreement.decision.membershipId] : [])
			])
		])
	};
}

export interface PairLine {
	readonly pairId: string;
	readonly state: PairState;
	readonly at: Date;
	readonly otherName: string;
	readonly otherOrganisation: string;
	/** Of the newest round; null where there was none. */
	readonly round: Pick<RoundTold, 'quarter' | 'state'> | null;
	/** What waits for the actor there: the questions, one thing to promise, or agreements of theirs to report or answer. */
	readonly waits: 'answer' | 'promise' | 'agreement' | null;
}

/** The pairs in which the actor is a side, the newest first. */
export async function listMyPairs(tx: Tx, actor: Actor, now: Date): Promise<PairLine[]> {
	const ids = await tx.selectFrom('pair').select('pairId').where('networkId', '=', actor.networkId).orderBy('pairId', 'desc').execute();
	const found = await Promise.all(ids.map(({ pairId }) => findFacts(tx, actor, now, pairId)));
	const pairs = found.filter((one) => one !== null);
	const names = await listNames(
		tx,
		actor,
		pairs.map(({ other }) => other.membershipId)
	);
	return pairs.map((pair) => {
		const [round] = pair.rounds;
		const name = names.get(pair.other.membershipId);
		return {
			...{ pairId: pair.pairId, state: pair.state, at: pair.at },
			...{ otherName: name?.displayName ?? '', otherOrganisation: name?.organisationName ?? '' },
			round: round ? { quarter: round.quarter, state: round.state } : null,
			waits: pair.state === 'standing' ? waitsFor(pair, actor.personId) : null
		};
	});
}

function waitsFor({ rounds, agreements }: Facts, me: string): PairLine['waits'] {
	const [round] = rounds;
	if (round?.state === 'to_answer') return 'answer';
	if (round?.state === 'to_promise') return 'promise';
	const mine = listMine(agreements, me);
	return mine.toAnswer.length + mine.toAccept.length > 0 ? 'agreement' : null;
}
