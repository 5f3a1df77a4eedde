import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { ClientBase } from 'pg';
import type { Door } from '../database/door.server.ts';
import { openDoor } from '../database/door.server.ts';
import { testDatabase } from '../database/testing.server.ts';
import type { TestDatabase } from '../database/testing.server.ts';
import { sealAll } from './seal.server.ts';

/**
 * For tests that seal: waits until no transaction is open that began before this moment, in any database of the server. Tests of other
 * files run beside this one, and the sealer rightly leaves lines that are younger than their open transactions.
 */
export async function settle(client: ClientBase): Promise<void> {
	const begun = await client.query<{ xid: string }>('select pg_current_xact_id()::text as xid');
	const xid = begun.rows[0]?.xid ?? '0';
	const end = Date.now() + 15_000;
	for (;;) {
		const now = await client.query<{ past: boolean }>('select pg_snapshot_xmin(pg_current_snapshot()) > $1::text::xid8 as past', [xid]);
		if (now.rows[0]?.past === true) return;
		if (Date.now() > end) throw new Error('A transaction of another test stays open.');
		await sleep(20);
	}
}

/** Writes `$3` lines in network `$1`, a second apart from moment `$2` on. */
export const insertLines = `insert into log_line (network_id, line_id, epoch, at, act, result, object_kind, origin, span_id)
	select $1, gen_random_uuid(), (select epoch from app.installation), $2::timestamptz + n * interval '1 second', 'case.see', 'seen', 'network', 'job', '0123456789abcdef'
	from generate_series(1, $3::integer) n`;

/** For tests of the log: a database, networks with lines, and a clock that stands still. */
export interface LogScene {
	readonly database: TestDatabase;
	readonly owner: pg.Client;
	readonly door: Door;
	readonly now: Date;
	makeNetwork(): Promise<string>;
	/** Writes lines in one transaction, as the jobs role would. */
	writeLines(networkId: string, count: number, from?: string): Promise<void>;
	/** A network with five seals of three lines. */
	sealedNetwork(): Promise<string>;
	close(): Promise<void>;
}

export async function openLogScene(): Promise<LogScene> {
	const database = await testDatabase();
	const owner = await database.connections.owner();
	const door = openDoor(database.connections);
	const now = new Date('2026-03-02T09:00:00Z');
	const makeNetwork = async (): Promise<string> => {
		const networkId = randomUUID();
		await owner.query(`insert into network (network_id, name, pot_name, made_at) values ($1, 'Proef', 'de pot', $2)`, [networkId, now]);
		return networkId;
	};
	const writeLines = async (networkId: string, count: number, from: string = now.toISOString()): Promise<void> => {
		const client = await database.connections.jobs.connect();
		try {
			await client.query(`begin; set local app.network_id = '${networkId}'`);
			await client.query(insertLines, [networkId, from, count]);
			await client.query('commit');
		} finally {
			client.release();
		}
	};
	return {
		database,
		owner,
		door,
		now,
		makeNetwork,
		writeLines,
		async sealedNetwork() {
			const networkId = await makeNetwork();
			for (let round = 0; round < 5; round++) {
				await writeLines(networkId, 3);
				await settle(owner);
				await sealAll(door, networkId, () => now);
			}
			return networkId;
		},
		async close() {
			await owner.end();
			await database.drop();
		}
	};
}
