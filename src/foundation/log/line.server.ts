import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { ActCode } from '../command/acts.ts';
import type { Tx } from '../database/door.server.ts';
import type { Installation } from '../installation.ts';
import type { RefusalCode } from '../outcome.ts';

export type ObjectKind = 'network' | 'case' | 'invitation' | 'agreement' | 'report' | 'value_map' | 'contribution' | 'reservation';

export interface LogEntry {
	readonly act: ActCode;
	readonly result: 'done' | 'refused' | 'seen' | 'refused_reading';
	readonly reason?: RefusalCode;
	readonly objectKind: ObjectKind;
	readonly objectId?: string;
	readonly caseId?: string;
}

/** Writes one line of the log in the transaction of the act or reading itself: if this fails, the act fails. */
export async function writeLogLine(installation: Installation, tx: Tx, actor: Actor, now: Date, entry: LogEntry): Promise<void> {
	await tx
		.insertInto('logLine')
		.values({
			networkId: actor.networkId,
			lineId: installation.world.id(),
			epoch: sql<number>`(select i.epoch from app.installation i)`,
			at: now,
			act: entry.act,
			result: entry.result,
			reason: entry.reason ?? null,
			objectKind: entry.objectKind,
			objectId: entry.objectId ?? null,
			caseId: entry.caseId ?? null,
			personId: actor.personId,
			membershipId: actor.membershipId,
			organisationId: actor.organisationId,
			origin: actor.origin,
			spanId: Buffer.from(installation.world.random(8)).toString('hex')
		})
		.execute();
}
