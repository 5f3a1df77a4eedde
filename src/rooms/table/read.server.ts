import type { Actor } from '#foundation/actor.ts';
import { readLogged } from '#foundation/command/reading.server.ts';
import type { Installation } from '#foundation/installation.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { listAgreements } from '#rooms/agreements/read.server.ts';
import type { Agreement } from '#rooms/agreements/read.server.ts';
import { findCase, listWords } from '#rooms/cases/read.server.ts';
import type { CaseFacts, CaseWords } from '#rooms/cases/read.server.ts';
import { foldCase, seatsAt } from '#rooms/cases/rules.ts';
import type { CaseOutcome, CaseState, Seat } from '#rooms/cases/rules.ts';
import { findCause } from '#rooms/causes/read.server.ts';
import type { NamedCause } from '#rooms/causes/read.server.ts';
import { listNames } from '#rooms/people/read.server.ts';
import { findValueMap } from '#rooms/returns/read.server.ts';
import type { RecordedValueMap } from '#rooms/returns/read.server.ts';

/** Everything that lies on the table of a case, for someone who sits there. */
export interface CaseTable {
	readonly facts: CaseFacts;
	readonly state: CaseState;
	readonly outcome: CaseOutcome | null;
	readonly words: CaseWords;
	readonly seats: readonly Seat[];
	readonly mySeat: Seat;
	readonly agreements: readonly Agreement[];
	readonly valueMap: RecordedValueMap | null;
	readonly cause: NamedCause | null;
	/** By membership: who everyone in this case is. */
	readonly names: ReadonlyMap<string, { displayName: string; organisationName: string; functionTitle: string }>;
}

/** Reads a case whole, and leaves a line in its log. Refused as `not_found` to whoever does not sit at its table. */
export const getCaseTable = (installation: Installation, actor: Actor, caseId: string): Promise<Outcome<CaseTable>> =>
	readLogged(installation, actor, { act: 'case.read', kind: 'case', id: caseId, caseId }, async (tx, now) => {
		const facts = await findCase(tx, actor, caseId);
		if (!facts) return null;
		const seats = seatsAt(facts.seats, now);
		const mySeat = seats.find((seat) => seat.personId === actor.personId);
		if (!mySeat) return null;
		const agreements = await listAgreements(tx, actor, caseId);
		const names = await listNames(tx, actor, [
			...facts.seats.map((seat) => seat.membershipId),
			...facts.events.map((event) => event.membershipId),
			...facts.invitations.map((invitation) => invitation.membershipId)
		]);
		return {
			facts,
			...foldCase(facts.events, agreements.length),
			words: await listWords(tx, installation.keyring, actor, caseId),
			seats,
			mySeat,
			agreements,
			valueMap: await findValueMap(tx, actor, caseId),
			cause: await findCause(tx, actor, caseId),
			names
		};
	});

export interface CaseLogLine {
	readonly at: Date;
	readonly act: string;
	readonly result: string;
	readonly origin: string;
	readonly membershipId: string | null;
}

/** Who did and saw what in a case, newest first ("wie heeft dit gezien"). Looking here is itself logged. */
export const getCaseLog = (
	installation: Installation,
	actor: Actor,
	caseId: string
): Promise<Outcome<{ pseudonym: string; lines: readonly CaseLogLine[]; names: CaseTable['names'] }>> =>
	readLogged(installation, actor, { act: 'case.read_log', kind: 'case', id: caseId, caseId }, async (tx) => {
		const facts = await findCase(tx, actor, caseId);
		if (!facts) return null;
		const lines = await tx
			.selectFrom('logLine')
			.select(['at', 'act', 'result', 'origin', 'membershipId'])
			.where('networkId', '=', actor.networkId)
			.where('caseId', '=', caseId)
			.orderBy('at', 'desc')
			.orderBy('lineId', 'desc')
			.limit(200)
			.execute();
		const names = await listNames(
			tx,
			actor,
			lines.flatMap((line) => (line.membershipId === null ? [] : [line.membershipId]))
		);
		return { pseudonym: facts.pseudonym, lines, names };
	});
