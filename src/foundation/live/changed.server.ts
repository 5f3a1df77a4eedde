import type { PoolClient } from 'pg';
import type { ObjectKind } from '../log/line.server.ts';

/** The kind of an outbox row that tells only who looks: it becomes a notification, never a job. */
export const changedKind = 'live.changed';

/** The channel on which every process hears what changed. Ids only. */
export const changedChannel = 'loopplank_live';

const uuidPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A notification may be 8,000 bytes at most; an id takes 37. */
const idsInOne = 200;

/** What an act leaves in the outbox for who looks at what it was about; null when it is about nothing that a page shows. */
export function changedBy(subject: {
	readonly objectKind: ObjectKind;
	readonly objectId?: string;
	readonly caseId?: string;
}): Record<string, string> | null {
	const { objectKind, objectId, caseId } = subject;
	if (caseId !== undefined) return objectId === undefined || objectId === caseId ? { caseId } : { caseId, objectId };
	return objectId === undefined || objectKind === 'network' ? null : { objectId };
}

/** Tells every process which ids of a network stand in these payloads, when the relay's transaction commits. */
export async function notifyChanged(
	client: Pick<PoolClient, 'query'>,
	networkId: string,
	payloads: readonly Readonly<Record<string, unknown>>[]
): Promise<void> {
	const ids = [
		...new Set(
			payloads.flatMap((payload) => Object.values(payload)).filter((value) => typeof value === 'string' && uuidPattern.test(value))
		)
	];
	for (let start = 0; start < ids.length; start += idsInOne)
		await client.query('select pg_notify($1, $2)', [changedChannel, [networkId, ...ids.slice(start, start + idsInOne)].join(' ')]);
}
