import type { IdentityParts } from './parts.server.ts';

const day = 24 * 60 * 60_000;

/** What is removed and how old it must be, as the tables' own comments say. `$1` is the moment before which it goes. */
const old: readonly (readonly [days: number, sql: string])[] = [
	[1, 'delete from identity.rate_limit where began_at < $1'],
	[0, 'delete from identity.passkey_challenge where expires_at < $1'],
	[1, 'delete from identity.one_time_link where expires_at < $1'],
	[90, 'delete from identity.session where least(expires_at, ended_at) < $1'],
	[365, 'delete from identity.api_token where least(expires_at, ended_at) < $1'],
	// Row-level security holds back what is younger than a year by the server's clock.
	[366, 'delete from identity.event where at < $1']
];

/** Removes what was kept long enough. For a job that runs each day. */
export const openForgetting = ({ pool, world }: IdentityParts) => ({
	/** Answers how many rows went. */
	async forgetOld(): Promise<number> {
		let removed = 0;
		for (const [days, sql] of old) {
			const { rowCount } = await pool.query(sql, [new Date(world.now().getTime() - days * day)]);
			removed += rowCount ?? 0;
		}
		return removed;
	}
});
