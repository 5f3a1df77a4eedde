import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from 'pg';
import type { Door } from '../database/door.server.ts';
import { sealAll, sealNetwork } from './seal.server.ts';
import { insertLines, openLogScene, settle } from './testing.server.ts';
import type { LogScene } from './testing.server.ts';
import { verifyLog } from './verify.server.ts';
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

describe('sealing', () => {
	test('a transaction that stays open while others are sealed: its line lands in a later seal', async () => {
		const networkId = await scene.makeNetwork();
		const slow = await scene.database.connections.single('jobs');
		await slow.query(`begin; set local app.network_id = '${networkId}'`);
		await slow.query(insertLines, [networkId, now, 1]);
		await scene.writeLines(networkId, 4);
		// The four are finished, but the oldest open transaction is older than they are.
		expect(await sealNetwork(door, networkId, now)).toEqual({ state: 'idle' });
		await slow.query('commit');
		await slow.end();
		await settle(owner);
		expect(await sealNetwork(door, networkId, now)).toMatchObject({ state: 'sealed', sealNumber: 1, lineCount: 5 });
		expect(await findingsOf(networkId)).toEqual([]);
	});

	test('an open transaction of another, with older lines before it, holds back only what is younger', async () => {
		const networkId = await scene.makeNetwork();
		await scene.writeLines(networkId, 2);
		await settle(owner);
		const slow = await scene.database.connections.single('jobs');
		await slow.query(`begin; set local app.network_id = '${networkId}'`);
		await slow.query(insertLines, [networkId, now, 1]);
		await scene.writeLines(networkId, 3);
		expect(await sealNetwork(door, networkId, now)).toMatchObject({ lineCount: 2 });
		await slow.query('rollback');
		await slow.end();
		await settle(owner);
		expect(await sealNetwork(door, networkId, now)).toMatchObject({ sealNumber: 2, lineCount: 3 });
		expect(await findingsOf(networkId)).toEqual([]);
	});

	test('writers and sealers at once: every line is under exactly one seal', async () => {
		const networkId = await scene.makeNetwork();
		let writing = true;
		const seal = async (): Promise<number> => {
			let lines = 0;
			while (writing) lines += await sealAll(door, networkId, () => now);
			return lines;
		};
		const sealers = [seal(), seal(), seal()];
		const write = async (): Promise<void> => {
			for (let round = 0; round < 40; round++) await scene.writeLines(networkId, 1 + (round % 3));
		};
		await Promise.all([write(), write(), write()]);
		writing = false;
		const sealedMeanwhile = (await Promise.all(sealers)).reduce((a, b) => a + b);
		await settle(owner);
		const sealed = sealedMeanwhile + (await sealAll(door, networkId, () => now));
		const expected = 3 * (40 + 13 + 2 * 13);
		expect(sealed).toBe(expected);
		const report = await verifyLog(owner, { networkId });
		expect(report.findings).toEqual([]);
		expect(report.networks[0]).toMatchObject({ lines: expected, unsealed: 0 });
	});

	test('who finds the lock held goes on', async () => {
		const networkId = await scene.makeNetwork();
		await scene.writeLines(networkId, 1);
		await settle(owner);
		const results = await Promise.all([1, 2, 3, 4].map(() => sealNetwork(door, networkId, now)));
		expect(results.filter((result) => result.state === 'sealed')).toHaveLength(1);
	});

	test('batches are cut between transactions, and a transaction larger than a batch is sealed whole', async () => {
		const networkId = await scene.makeNetwork();
		for (const count of [2, 2, 9, 1]) await scene.writeLines(networkId, count);
		const counts: number[] = [];
		for (;;) {
			await settle(owner);
			const result = await sealNetwork(door, networkId, now, { maxLines: 3 });
			if (result.state !== 'sealed') break;
			counts.push(result.lineCount);
		}
		expect(counts).toEqual([2, 2, 9, 1]);
		expect(await findingsOf(networkId)).toEqual([]);
	});

	test('after a restore the epoch is the next one, and transaction numbers may start anew', async () => {
		const networkId = await scene.makeNetwork();
		await scene.writeLines(networkId, 2);
		await settle(owner);
		await sealAll(door, networkId, () => now);
		await scene.writeLines(networkId, 3);
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
			await scene.writeLines(networkId, 4);
			await settle(owner);
			expect(await sealNetwork(door, networkId, now)).toMatchObject({ sealNumber: 2, lineCount: 3, more: true });
			await settle(owner);
			expect(await sealNetwork(door, networkId, now)).toMatchObject({ sealNumber: 3, lineCount: 4, more: false });
			expect(await findingsOf(networkId)).toEqual([]);
		} finally {
			await owner.query('update app.installation set epoch = $1', [before.rows[0]?.epoch]);
		}
	});

	test('50,000 lines are sealed and verified in seconds', async () => {
		const networkId = await scene.makeNetwork();
		for (let round = 0; round < 10; round++) await scene.writeLines(networkId, 5000);
		await settle(owner);
		expect(await sealAll(door, networkId, () => now)).toBe(50_000);
		const report = await verifyLog(owner, { networkId });
		expect(report.findings).toEqual([]);
		expect(report.networks[0]).toMatchObject({ lines: 50_000, seals: 3, unsealed: 0 });
	});

	test('a line with a moment without end does not stop the sealer', async () => {
		const networkId = await scene.makeNetwork();
		await scene.writeLines(networkId, 1, '-infinity');
		await settle(owner);
		expect(await sealNetwork(door, networkId, now)).toMatchObject({ lineCount: 1 });
		expect(await findingsOf(networkId)).toEqual([]);
	});
});
