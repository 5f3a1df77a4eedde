import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { ActCode } from '../command/acts.ts';
import type { Send, Tx } from '../database/door.server.ts';
import type { Installation } from '../installation.ts';
import type { RefusalCode } from '../outcome.ts';
import type { ObjectKind } from './object-kinds.ts';

export type { ObjectKind } from './object-kinds.ts';

export interface LogEntry {
	readonly act: ActCode;
	readonly result: 'done' | 'refused' | 'seen' | 'refused_reading';
	readonly reason?: RefusalCode;
	readonly objectKind: ObjectKind;
	readonly objectId?: string;
	readonly caseId?: string;
}

/** A transaction with its sender: what goes into the log waits for no answer of its own. */
export interface LogDoor {
	readonly tx: Tx;
	readonly send: Send;
}

/** Writes one line of the log in the transaction of the act or reading itself: if this fails, the act fails. */
export const writeLogLine = ({ world }: Pick<Installation, 'world'>, { tx, send }: LogDoor, who: Who, now: Date, entry: LogEntry): void =>
	send(
		tx
			.insertInto('logLine')
			.values({
				networkId: who.networkId,
				lineId: world.id(),
				epoch: sql<number>`(select i.epoch from app.installation i)`,
				at: now,
				act: entry.act,
				result: entry.result,
				reason: entry.reason ?? null,
				objectKind: entry.objectKind,
				objectId: entry.objectId ?? null,
				caseId: entry.caseId ?? null,
				personId: who.personId,
				membershipId: who.membershipId,
				organisationId: who.organisationId,
				origin: who.origin,
				spanId: Buffer.from(world.random(8)).toString('hex')
			})
			.compile()
	);

/** Who a line names: the actor, or (of a resident, who looked by their own link, and of the product itself) nobody. */
export type Who = Pick<Actor, 'networkId' | 'origin'> & {
	readonly [Id in 'personId' | 'membershipId' | 'organisationId']: string | null;
};

/** A line that names nobody. */
export const nobody = (networkId: string, origin: 'resident' | 'job'): Who => ({
	...{ networkId, personId: null, membershipId: null, organisationId: null, origin }
});
