import type { Pool, PoolClient } from 'pg';
import type { PgBoss } from 'pg-boss';
import { lockNumber } from './lock-number.ts';
import { changedKind, notifyChanged } from '../live/changed.server.ts';
import { clientDb, queued, queues } from './queue.server.ts';

interface OutboxRow {
	readonly outbox_id: string;
	readonly kind: string;
	readonly payload: Readonly<Record<string, string>>;
}

/** Most rows handed over in one transaction. */
const batchSize = 500;

/**
 * Hands the outbox of a network over to the queue: the row leaves and the job stands in one transaction, so that each is handed over
 * exactly once, whenever a process dies. One process at a time; another that comes by goes on. Who looks at a page about it is told in the
 * same transaction; a row that asks for no more than that (`live.changed`) is no job.
 * @returns how many were handed over
 */
export const relayNetwork = (pool: Pool, boss: PgBoss, networkId: string): Promise<number> =>
	handOver(pool, boss, networkId, (client) =>
		client.query<OutboxRow>(
			`delete from outbox where network_id = $1
				and outbox_id = any(array(select o.outbox_id from outbox o where o.network_id = $1 order by o.outbox_id limit $2))
			returning outbox_id, kind, payload`,
			[networkId, batchSize]
		)
	);

/** Hands the outbox of sign-in over to the queue. Its jobs belong to no network. */
export const relayIdentity = (pool: Pool, boss: PgBoss): Promise<number> =>
	handOver(pool, boss, null, (client) =>
		client.query<OutboxRow>(
			`delete from identity.outbox where outbox_id = any(array(select o.outbox_id from identity.outbox o order by o.outbox_id limit $1))
			returning outbox_id, kind, payload`,
			[batchSize]
		)
	);

async function handOver(
	pool: Pool,
	boss: PgBoss,
	networkId: string | null,
	take: (client: PoolClient) => Promise<{ readonly rows: readonly OutboxRow[] }>
): Promise<number> {
	const client = await pool.connect();
	let broken: Error | undefined;
	try {
		await client.query(networkId === null ? 'begin' : `begin; set local app.network_id = ${client.escapeLiteral(networkId)}`);
		const locked = await client.query<{ locked: boolean }>('select pg_try_advisory_xact_lock($1) as locked', [
			lockNumber(`outbox ${networkId ?? 'identity'}`)
		]);
		const { rows } = locked.rows[0]?.locked === true ? await take(client) : { rows: [] };
		if (rows.length > 0) {
			const jobs = rows
				.filter((row) => row.kind !== changedKind)
				.toSorted((a, b) => (a.outbox_id < b.outbox_id ? -1 : 1))
				.map((row) => queued(row.outbox_id, { kind: row.kind, networkId, payload: row.payload }));
			if (jobs.length > 0) await boss.insert(queues.work, jobs, { db: clientDb(client) });
			if (networkId !== null)
				await notifyChanged(
					client,
					networkId,
					rows.map((row) => row.payload)
				);
		}
		await client.query('commit');
		return rows.length;
	} catch (error) {
		await client.query('rollback').catch((rollbackError: unknown) => {
			// The connection is lost: the server rolls back by itself, and the pool must not hand this client out again.
			broken = rollbackError instanceof Error ? rollbackError : new Error(String(rollbackError));
		});
		throw error;
	} finally {
		client.release(broken);
	}
}
