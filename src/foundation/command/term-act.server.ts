import type { Tx } from '../database/door.server.ts';
import type { Installation } from '../installation.ts';
import { changedBy, changedKind } from '../live/changed.server.ts';
import { nobody, writeLogLine } from '../log/line.server.ts';
import type { ObjectKind } from '../log/line.server.ts';
import type { ActCode } from './acts.ts';

/** What the product itself works with when a term has run out: nobody acts, so nobody's words can be read or written. */
export interface TermDeed {
	readonly tx: Tx;
	readonly networkId: string;
	readonly now: Date;
	/** A new UUIDv7. */
	id(): string;
	/** Leaves word in the outbox, in this transaction. The payload holds ids only. */
	tell(kind: `${string}.${string}`, payload: Readonly<Record<string, string>>): Promise<void>;
}

/**
 * An act of the product itself, because a term has run out (nobody answered, a reservation expired): facts, log line and outbox in one
 * transaction of the jobs' role, as for every act. `work` looks again, in its transaction, whether it is still due, and answers whether it did
 * anything; when not, nothing is left behind. Its line names no person and the origin `job`.
 * @returns whether it was done
 */
export async function termAct(
	installation: Installation,
	networkId: string,
	now: Date,
	about: { readonly act: ActCode; readonly kind: ObjectKind; readonly id: string; readonly caseId?: string },
	work: (deed: TermDeed) => Promise<boolean>
): Promise<boolean> {
	const { world } = installation;
	return installation.door.job(networkId, now, async (tx, send) => {
		const tell: TermDeed['tell'] = async (kind, payload) => {
			send(
				tx
					.insertInto('outbox')
					.values({ networkId, outboxId: world.id(), kind, payload: JSON.stringify(payload), at: now })
					.compile()
			);
		};
		const done = await work({ tx, networkId, now, id: () => world.id(), tell });
		if (!done) return false;
		writeLogLine(installation, { tx, send }, nobody(networkId, 'job'), now, {
			...{ act: about.act, result: 'done', objectKind: about.kind, objectId: about.id },
			...(about.caseId === undefined ? {} : { caseId: about.caseId })
		});
		const changed = changedBy({
			objectKind: about.kind,
			objectId: about.id,
			...(about.caseId === undefined ? {} : { caseId: about.caseId })
		});
		if (changed) await tell(changedKind, changed);
		return true;
	});
}
