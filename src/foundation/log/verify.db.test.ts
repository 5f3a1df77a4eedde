import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from 'pg';
import type { Door } from '../database/door.server.ts';
import { lineFields, sealFields } from './canonical.ts';
import { sealAll } from './seal.server.ts';
import { openLogScene, settle } from './testing.server.ts';
import type { LogScene } from './testing.server.ts';
import { verifyAnchor, verifyLog } from './verify.server.ts';
import type { Finding } from './verify.server.ts';

let scene: LogScene;
let owner: Client;
let door: Door;
let now: Date;
beforeAll(async () => {
	scene = await openLogScene();
	({ owner, door, now } = scene);
});
afterAll(() => scene.close());

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
	test('nothing in a log that is as it was written', async () => {
		expect(await findingsOf(await scene.sealedNetwork())).toEqual([]);
	});

	test('a whole log has no findings, and says how far it reaches', async () => {
		const networkId = await scene.sealedNetwork();
		await scene.writeLines(networkId, 2);
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
		const networkId = await scene.sealedNetwork();
		await owner.query(`update log_line set ${change} where network_id = $1 and line_id = $2`, [networkId, await lineUnder(networkId, 3)]);
		expect(await findingsOf(networkId)).toEqual([{ kind: 'line_altered', networkId, sealNumber: 3, lineCount: 3 }]);
	});

	test('a removed line', async () => {
		const networkId = await scene.sealedNetwork();
		await owner.query(`delete from log_line where network_id = $1 and line_id = $2`, [networkId, await lineUnder(networkId, 2)]);
		expect(await findingsOf(networkId)).toEqual([{ kind: 'line_removed', networkId, sealNumber: 2, expected: 3, found: 2 }]);
	});

	test('an added line', async () => {
		const networkId = await scene.sealedNetwork();
		await owner.query(
			`insert into log_line select network_id, gen_random_uuid(), epoch, xid, at, act, result, reason, object_kind, object_id, case_id, person_id, membership_id, organisation_id, origin, span_id
			from log_line where network_id = $1 and line_id = $2`,
			[networkId, await lineUnder(networkId, 1)]
		);
		expect(await findingsOf(networkId)).toEqual([{ kind: 'line_inserted', networkId, sealNumber: 1, expected: 3, found: 4 }]);
	});

	test('a removed seal', async () => {
		const networkId = await scene.sealedNetwork();
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
		const networkId = await scene.sealedNetwork();
		await owner.query(`update log_seal set ${change} where network_id = $1 and seal_number = 2`, [networkId]);
		const findings = await findingsOf(networkId);
		expect(findings).toHaveLength(1);
		expect(findings[0]).toMatchObject({ kind: field === 'moment' ? 'line_altered' : 'seal_altered', sealNumber: 2 });
	});

	test('two faults are two findings', async () => {
		const networkId = await scene.sealedNetwork();
		await owner.query(`delete from log_line where network_id = $1 and line_id = $2`, [networkId, await lineUnder(networkId, 2)]);
		await owner.query(`update log_line set act = 'case.close' where network_id = $1 and line_id = $2`, [
			networkId,
			await lineUnder(networkId, 5)
		]);
		expect((await findingsOf(networkId)).map((finding) => finding.kind)).toEqual(['line_removed', 'line_altered']);
	});

	test('a rewritten tail is whole in itself, and is found by a seal kept outside', async () => {
		const networkId = await scene.sealedNetwork();
		const kept = (await verifyLog(owner, { networkId })).networks[0]?.lastSeal;
		if (!kept) throw new Error('sealed');
		const anchor = { networkId, sealNumber: kept.sealNumber, hash: kept.hash };
		expect(await verifyAnchor(owner, anchor)).toBeNull();
		await owner.query(`delete from log_line where network_id = $1 and line_id = $2`, [networkId, await lineUnder(networkId, 4)]);
		await owner.query(`delete from log_seal where network_id = $1 and seal_number >= 4`, [networkId]);
		expect(await verifyAnchor(owner, anchor)).toEqual({ kind: 'anchor_missing', networkId, sealNumber: 5 });
		await settle(owner);
		expect(await sealAll(door, networkId, () => now)).toBe(5);
		await scene.writeLines(networkId, 1);
		await settle(owner);
		await sealAll(door, networkId, () => now);
		expect(await findingsOf(networkId)).toEqual([]);
		expect((await verifyLog(owner, { networkId, anchors: [anchor] })).findings).toEqual([
			{ kind: 'anchor_differs', networkId, sealNumber: 5 }
		]);
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
		const networkId = await scene.sealedNetwork();
		const other = await scene.database.connections.owner();
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
		const networkId = await scene.sealedNetwork();
		for (const pool of [scene.database.connections.app, scene.database.connections.jobs]) {
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
