import type { Pool, PoolClient } from 'pg';
import type { World } from '../installation.ts';
import type { Keyring } from '../keyring/keyring.server.ts';
import type { Pace } from './pace.server.ts';

/** What signing in stands on. */
export interface IdentityParts {
	/** Connections as the identity role. */
	readonly pool: Pool;
	readonly keyring: Pick<Keyring, 'secret'>;
	readonly world: World;
	/** The address people use, without a slash at the end. */
	readonly origin: string;
	/** True only for the demo: "sign in as" exists. */
	readonly demo: boolean;
	/** How often one person may act or search in a minute. Default: `usualPace`. */
	readonly pace?: Pace;
}

/** Either the pool or a client that stands in a transaction. */
export type Queryable = Pick<PoolClient, 'query'>;

/** Does work in one transaction: committed when it returns, rolled back when it throws. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
	const client = await pool.connect();
	let broken: Error | undefined;
	try {
		await client.query('begin');
		const result = await work(client);
		await client.query('commit');
		return result;
	} catch (error) {
		try {
			await client.query('rollback');
		} catch (rollbackError) {
			// The connection is lost: the server rolls back by itself, and the pool must not hand this client out again.
			broken = rollbackError instanceof Error ? rollbackError : new Error(String(rollbackError));
		}
		throw error;
	} finally {
		client.release(broken);
	}
}
