import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { ActCode } from '../command/acts.ts';
import type { Tx } from '../database/door.server.ts';
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

/** Writes one line of the log in the transaction of the act or reading itself: if this fails, the act fails. */
export const writeLogLine = (installation: Pick<Installation, 'world'>, tx: Tx, actor: Actor, now: Date, entry: LogEntry): Promise<void> =>
	insertLine(installation, tx, now, entry, actor);

/** A line of a resident, who looked by their own link: it names nobody. */
export const writeResidentLine = (
	installation: Pick<Installation, 'world'>,
	tx: Tx,
	networkId: string,
	now: Date,
	entry: LogEntry
): Promise<void> =>
	insertLine(installation, tx, now, entry, { networkId, personId: null, membershipId: null, organisationId: null, origin: 'resident' });

type Who = Pick<Actor, 'networkId' | 'origin'> & {
	readonly [Id in 'personId' | 'membershipId' | 'organisationId']: string | null;
};

async function insertLine({ world }: Pick<Installation, 'world'>, tx: Tx, now: Date, entry: LogEntry, who: Who): Promise<void> {
	await tx
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
		.execute();
}
