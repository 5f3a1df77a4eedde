import type { Actor } from '../actor.ts';
import type { Send, Tx } from '../database/door.server.ts';
import type { Installation } from '../installation.ts';
import { writeLogLine } from '../log/line.server.ts';
import type { ObjectKind } from '../log/line.server.ts';
import { ok, refuse } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import type { ActCode } from './acts.ts';

/**
 * A reading that leaves a line in the log: who looked at what. What is not there, or not for this actor, is refused as `not_found`, with a
 * line 'refused_reading'. If the line cannot be written, nothing is shown.
 */
export function readLogged<T>(
	installation: Installation,
	actor: Actor,
	about: { readonly act: ActCode; readonly kind: ObjectKind; readonly id: string; readonly caseId?: string },
	work: (tx: Tx, now: Date) => Promise<T | null>
): Promise<Outcome<T>> {
	const now = installation.world.now();
	const subject = {
		act: about.act,
		objectKind: about.kind,
		objectId: about.id,
		...(about.caseId === undefined ? {} : { caseId: about.caseId })
	};
	return installation.door.actor(actor, now, async (tx, send) => {
		const found = await work(tx, now);
		writeLogLine(
			installation,
			{ tx, send },
			actor,
			now,
			found === null ? { ...subject, result: 'refused_reading', reason: 'not_found' } : { ...subject, result: 'seen' }
		);
		return found === null ? refuse('not_found') : ok(found);
	});
}

/** A reading of what concerns no single case (lists of one's own, colleagues, figures): no line is written. */
export function read<T>(installation: Installation, actor: Actor, work: (tx: Tx, now: Date, send: Send) => Promise<T>): Promise<T> {
	const now = installation.world.now();
	return installation.door.actor(actor, now, (tx, send) => work(tx, now, send));
}
