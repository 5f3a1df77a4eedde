import type { World } from '../installation.ts';
import type { Queryable } from './parts.server.ts';

/** What the log of signing in tells of. */
export type EventKind =
	| 'account.made'
	| 'account.ended'
	| 'link.asked'
	| 'link.used'
	| 'passkey.added'
	| 'passkey.removed'
	| 'passkey.used'
	| 'demo.used'
	| 'session.ended'
	| 'session.others_ended'
	| 'membership.chosen'
	| 'token.made'
	| 'token.ended'
	| 'alarm.raised';

/** Writes one line in the log of signing in: codes and an account, no address and no device. */
export async function writeEvent(
	to: Queryable,
	world: Pick<World, 'id' | 'now'>,
	kind: EventKind,
	{ accountId = null, result = 'done' }: { readonly accountId?: string | null; readonly result?: string } = {}
): Promise<void> {
	await to.query('insert into identity.event (event_id, kind, account_id, result, at) values ($1, $2, $3, $4, $5)', [
		world.id(),
		kind,
		accountId,
		result,
		world.now()
	]);
}
