import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from 'pg';
import { openDoor } from '../database/door.server.ts';
import type { Door } from '../database/door.server.ts';
import { testDatabase } from '../database/testing.server.ts';
import type { TestDatabase } from '../database/testing.server.ts';
import { lineFields, sealFields } from './canonical.ts';
import { sealAll, sealNetwork } from './seal.server.ts';
import { verifyAnchor, verifyLog } from './verify.server.ts';
import type { Finding } from './verify.server.ts';

let database: TestDatabase;
let owner: Client;
let door: Door;
const now = new Date('2026-03-02T09:00:00Z');

beforeAll(async () => {
	database = await testDatabase();
	owner = await database.connections.owner();
	door = openDoor(database.connections);
});
afterAll(async () => {
	await owner.end();
	await database.drop();
});

const makeNetwork = async (): Promise<string> => {
	const networkId = randomUUID();
	await owner.query(`insert into network (network_id, name, pot_name, made_at) values ($1, 'Proef', 'de pot', $2)`, [networkId, now]);
	return networkId;
};

const insertLines = `insert into log_line (network_id, line_id, epoch, at, act, result, object_kind, origin, span_id)
	select $1, gen_random_uuid(), (select epoch from app.installation), $2::timestamptz + n * interval '1 second', 'case.see', 'seen', 'network', 'job', '0123456789abcdef'
	from generate_series(1, $3::integer) n`;

/** Writes lines in one transaction, as the jobs role would. */
const writeLines = async (networkId: string, count: number): Promise<void> => {
	const client = await database.connections.jobs.connect();
	try {
		await client.query(`begin; set local app.network_id = '${networkId}'`);
		await client.query(insertLines, [networkId, now, count]);
		await client.query('commit');
	} finally {
		client.release();
	}
};

/** Five seals of three lines. */
const sealedNetwork = async (): Promise<string> => {
	const networkId = await makeNetwork();
	for (let round = 0; round < 5; round++) {
		await writeLines(networkId, 3);
		expect(await sealAll(door, networkId, () => now)).toBe(3);
	}
	expect((await verifyLog(owner, { networkId })).findings).toEqual([]);
	return networkId;
};

const findingsOf = async (networkId: string): Promise<readonly Finding[]> => (await verifyLog(owner, { networkId })).findings;

/** One line under seal `sealNumber`. */
const lineUnder = async (networkId: string, sealNumber: number): Promise<string> => {
	const found = await owner.query<{ line_id: string }>(
		`select l.line_id from log_line l join log_seal s on s.network_id = l.network_id and s.epoch = l.epoch and l.xid <= s.upto_xid
		where l.network_id = $1 and s.seal_number = $2 order by l.xid desc limit 1`,
		[networkId, sealNumber]
	);
	return found.rows[0]?.line_id ?? '';
};

describe('what verify finds', () => {
	test('a whole log has no findings, and says how far it reaches', async () => {
		const networkId = await sealedNetwork();
		await writeLines(networkId, 2);
		const progress: number[] = [];
		const report = await verifyLog(owner, { networkId, onProgress: ({ lines }) => progress.push(lines) });
		expect(report.networks).toEqual([
			{
				networkId,
				lines: 17,
				seals: 5,
				unsealed: 2,
				unsealedSince: new Date(now.getTime() + 1000),
				lastSeal: { sealNumber: 5, hash: expect.stringMatching(/^[0-9a-f]{64}$/), sealedAt: now }
			}
		]);
		expect(progress.at(-1)).toBe(17);
	});

	test.each([
		['act', `act = 'case.close'`],
		['moment, by a microsecond', `at = at + interval '1 microsecond'`],
		['moment, to never', `at = 'infinity'`],
		['person', `person_id = gen_random_uuid()`],
		['result', `result = 'refused'`],
		['reason', `reason = ''`],
		['span', `span_id = 'fedcba9876543210'`]
	])('an altered line: %s', async (_, change) => {
		const networkId = await sealedNetwork();
		await owner.query(`update log_line set ${change} where network_id = $1 and line_id = $2`, [networkId, await lineUnder(networkId, 3)]);
		expect(await findingsOf(networkId)).toEqual([{ kind: 'line_altered', networkId, sealNumber: 3, lineCount: 3 }]);
	});

	test('a removed line', async () => {
		const networkId = await sealedNetwork();
		await owner.query(`delete from log_line where network_id = $1 and line_id = $2`, [networkId, await lineUnder(networkId, 2)]);
		expect(await findingsOf(networkId)).toEqual([{ kind: 'line_removed', networkId, sealNumber: 2, expected: 3, found: 2 }]);
	});

	test('an added line', async () => {
		const networkId = await sealedNetwork();
		await owner.query(
			`insert into log_line select network_id, gen_random_uuid(), epoch, xid, at, act, result, reason, object_kind, object_id, case_id, person_id, membership_id, organisation_id, origin, span_id
			from log_line where network_id = $1 and line_id = $2`,
			[networkId, await lineUnder(networkId, 1)]
		);
		expect(await findingsOf(networkId)).toEqual([{ kind: 'line_inserted', networkId, sealNumber: 1, expected: 3, found: 4 }]);
	});

	test('a removed seal', async () => {
		const networkId = await sealedNetwork();
		await owner.query(`delete from log_seal where network_id = $1 and seal_number in (1, 3)`, [networkId]);
		expect(await findingsOf(networkId)).toEqual([
			{ kind: 'seal_missing', networkId, sealNumber: 1 },
			{ kind: 'seal_missing', networkId, sealNumber: 3 }
		]);
	});

	test.each([
		['hash', `hash = sha256('other')`],
		['moment', `sealed_at = sealed_at + interval '1 hour'`],
		['count', `line_count = 4`]
	])('an altered seal: its %s', async (field, change) => {
		const networkId = await sealedNetwork();
		await owner.query(`update log_seal set ${change} where network_id = $1 and seal_number = 2`, [networkId]);
		const findings = await findingsOf(networkId);
		expect(findings).toHaveLength(1);
		expect(findings[0]).toMatchObject({ kind: field === 'moment' ? 'line_altered' : 'seal_altered', sealNumber: 2 });
	});

	test('two faults are two findings', async () => {
		const networkId = await sealedNetwork();
		await owner.query(`delete from log_line where network_id = $1 and line_id = $2`, [networkId, await lineUnder(networkId, 2)]);
		await owner.query(`update log_line set act = 'case.close' where network_id = $1 and line_id = $2`, [
			networkId,
			await lineUnder(networkId, 5)
		]);
		expect((await findingsOf(networkId)).map((finding) => finding.kind)).toEqual(['line_removed', 'line_altered']);
	});

	test('a rewritten tail is whole in itself, and is found by a seal kept outside', async () => {
		const networkId = await sealedNetwork();
		const kept = (await verifyLog(owner, { networkId })).networks[0]?.lastSeal;
		if (!kept) throw new Error('sealed');
		const anchor = { networkId, sealNumber: kept.sealNumber, hash: kept.hash };
		expect(await verifyAnchor(owner, anchor)).toBeNull();
		await owner.query(`delete from log_line where network_id = $1 and line_id = $2`, [networkId, await lineUnder(networkId, 4)]);
		await owner.query(`delete from log_seal where network_id = $1 and seal_number >= 4`, [networkId]);
		expect(await verifyAnchor(owner, anchor)).toEqual({ kind: 'anchor_missing', networkId, sealNumber: 5 });
		expect(await sealAll(door, networkId, () => now)).toBe(5);
		await writeLines(networkId, 1);
		await sealAll(door, networkId, () => now);
		expect(await findingsOf(networkId)).toEqual([]);
		expect((await verifyLog(owner, { networkId, anchors: [anchor] })).findings).toEqual([
			{ kind: 'anchor_differs', networkId, sealNumber: 5 }
		]);
	});
});

describe('sealing', () => {
	test('a transaction that stays open while others are sealed: its line lands in a later seal', async () => {
		const networkId = await makeNetwork();
		const slow = await database.connections.single('jobs');
		await slow.query(`begin; set local app.network_id = '${networkId}'`);
		await slow.query(insertLines, [networkId, now, 1]);
		await writeLines(networkId, 4);
		// The four are finished, but the oldest open transaction is older than they are.
		expect(await sealNetwork(door, networkId, now)).toEqual({ state: 'idle' });
		await slow.query('commit');
		await slow.end();
		expect(await sealNetwork(door, networkId, now)).toMatchObject({ state: 'sealed', sealNumber: 1, lineCount: 5 });
		expect(await findingsOf(networkId)).toEqual([]);
	});

	test('an open transaction of another, with older lines before it, holds back only what is younger', async () => {
		const networkId = await makeNetwork();
		await writeLines(networkId, 2);
		const slow = await database.connections.single('jobs');
		await slow.query(`begin; set local app.network_id = '${networkId}'`);
		await slow.query(insertLines, [networkId, now, 1]);
		await writeLines(networkId, 3);
		expect(await sealNetwork(door, networkId, now)).toMatchObject({ lineCount: 2 });
		await slow.query('rollback');
		await slow.end();
		expect(await sealNetwork(door, networkId, now)).toMatchObject({ sealNumber: 2, lineCount: 3 });
		expect(await findingsOf(networkId)).toEqual([]);
	});

	test('writers and sealers at once: every line is under exactly one seal', async () => {
		const networkId = await makeNetwork();
		let writing = true;
		const seal = async (): Promise<number> => {
			let lines = 0;
			while (writing) lines += await sealAll(door, networkId, () => now);
			return lines;
		};
		const sealers = [seal(), seal(), seal()];
		const write = async (): Promise<void> => {
			for (let round = 0; round < 40; round++) await writeLines(networkId, 1 + (round % 3));
		};
		await Promise.all([write(), write(), write()]);
		writing = false;
		const sealed = (await Promise.all(sealers)).reduce((a, b) => a + b) + (await sealAll(door, networkId, () => now));
		const expected = 3 * (40 + 13 + 2 * 13);
		expect(sealed).toBe(expected);
		const report = await verifyLog(owner, { networkId });
		expect(report.findings).toEqual([]);
		expect(report.networks[0]).toMatchObject({ lines: expected, unsealed: 0 });
	});

	test('who finds the lock held goes on', async () => {
		const networkId = await makeNetwork();
		await writeLines(networkId, 1);
		const results = await Promise.all([1, 2, 3, 4].map(() => sealNetwork(door, networkId, now)));
		expect(results.filter((result) => result.state === 'sealed')).toHaveLength(1);
	});

	test('batches are cut between transactions, and a transaction larger than a batch is sealed whole', async () => {
		const networkId = await makeNetwork();
		for (const count of [2, 2, 9, 1]) await writeLines(networkId, count);
		const counts: number[] = [];
		for (;;) {
			const result = await sealNetwork(door, networkId, now, { maxLines: 3 });
			if (result.state !== 'sealed') break;
			counts.push(result.lineCount);
		}
		expect(counts).toEqual([2, 2, 9, 1]);
		expect(await findingsOf(networkId)).toEqual([]);
	});

	test('after a restore the epoch is the next one, and transaction numbers may start anew', async () => {
		const networkId = await makeNetwork();
		await writeLines(networkId, 2);
		await sealAll(door, networkId, () => now);
		await writeLines(networkId, 3);
		// As if the lines came from a server that was much further on than this one.
		await owner.query(
			`update log_line set xid = '900000000'::xid8 where network_id = $1 and line_id not in (
			select l.line_id from log_line l join log_seal s using (network_id) where l.xid <= s.upto_xid)`,
			[networkId]
		);
		const before = await owner.query<{ epoch: number }>('select epoch from app.installation');
		try {
			expect(await sealNetwork(door, networkId, now)).toEqual({ state: 'idle' });
			await owner.query('update app.installation set epoch = epoch + 1');
			await writeLines(networkId, 4);
			expect(await sealNetwork(door, networkId, now)).toMatchObject({ sealNumber: 2, lineCount: 3, more: true });
			expect(await sealNetwork(door, networkId, now)).toMatchObject({ sealNumber: 3, lineCount: 4, more: false });
			expect(await findingsOf(networkId)).toEqual([]);
		} finally {
			await owner.query('update app.installation set epoch = $1', [before.rows[0]?.epoch]);
		}
	});

	test('50,000 lines are sealed and verified in seconds', async () => {
		const networkId = await makeNetwork();
		for (let round = 0; round < 10; round++) await writeLines(networkId, 5000);
		expect(await sealAll(door, networkId, () => now)).toBe(50_000);
		const report = await verifyLog(owner, { networkId });
		expect(report.findings).toEqual([]);
		expect(report.networks[0]).toMatchObject({ lines: 50_000, seals: 3, unsealed: 0 });
	});

	test('a line with a moment without end does not stop the sealer', async () => {
		const networkId = await makeNetwork();
		const client = await database.connections.jobs.connect();
		try {
			await client.query(`begin; set local app.network_id = '${networkId}'`);
			await client.query(insertLines, [networkId, '-infinity', 1]);
			await client.query('commit');
		} finally {
			client.release();
		}
		expect(await sealNetwork(door, networkId, now)).toMatchObject({ lineCount: 1 });
		expect(await findingsOf(networkId)).toEqual([]);
	});
});

describe('what a hash covers', () => {
	test('every column of a line and of a seal', async () => {
		const columns = await owner.query<{ table_name: string; column_name: string }>(
			`select table_name::text, column_name::text from information_schema.columns where table_schema = 'public' and table_name in ('log_line', 'log_seal') order by ordinal_position`
		);
		const of = (table: string): string[] => columns.rows.filter((row) => row.table_name === table).map((row) => row.column_name);
		expect(of('log_line')).toEqual([...lineFields]);
		expect(of('log_seal').filter((column) => column !== 'hash')).toEqual([...sealFields]);
	});

	test('the same bytes in any time zone and date style', async () => {
		const networkId = await sealedNetwork();
		const other = await database.connections.owner();
		try {
			await other.query(
				`set timezone = 'Asia/Kathmandu'; set datestyle = 'German, DMY'; set intervalstyle = 'iso_8601'; set extra_float_digits = 0`
			);
			expect((await verifyLog(other, { networkId })).findings).toEqual([]);
		} finally {
			await other.end();
		}
	});

	test('neither role of the program can change a line or a seal', async () => {
		const networkId = await sealedNetwork();
		for (const pool of [database.connections.app, database.connections.jobs]) {
			for (const statement of [
				'update log_line set act = act',
				'delete from log_line',
				'update log_seal set line_count = 1',
				'delete from log_seal'
			]) {
				await expect(pool.query(`begin; set local app.network_id = '${networkId}'; ${statement}`)).rejects.toThrow('permission denied');
			}
		}
	});
});
