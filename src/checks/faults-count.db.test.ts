import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sealAll } from '#foundation/log/seal.server.ts';
import { settle } from '#foundation/log/testing.server.ts';
import { openCase } from '#rooms/cases/commands.server.ts';
import { countLosses } from '../../e2e/faults/count.ts';
import { Ledger } from '../../e2e/faults/ledger.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** The faults harness proves nothing unless its count finds what is lost: here things are lost on purpose. */

let scene: Scene;
let owner: pg.Client;
const ledger = new Ledger();
const cases: string[] = [];
const count = () => countLosses(owner, scene.installation.keyring, scene.actors.holder.networkId, ledger);

const open = async (key: string): Promise<string> =>
	sure(await openCase(scene.installation, scene.actors.holder, caseWords, { key })).caseId;

beforeAll(async () => {
	scene = await openScene(4);
	owner = await scene.database.connections.owner();
	for (const key of ['a', 'b', 'c']) {
		const caseId = await open(key);
		cases.push(caseId);
		ledger.write({ act: 'case.open', caseId, objectId: caseId });
	}
	await settle(owner);
	await sealAll(scene.installation.door, scene.actors.holder.networkId, () => scene.installation.world.now());
});
afterAll(async () => {
	await owner.end();
	await scene.drop();
});

test('nothing is lost at first', async () => {
	expect(await count()).toEqual({ missing: [], half: [], twice: [], log: [], facts: 3, lines: 3, seals: 1 });
});

test('what was acknowledged and is not there is missing', async () => {
	const nowhere = '00000000-0000-7000-8000-000000000000';
	ledger.write({ act: 'value_map.record', caseId: cases[0] ?? '', objectId: nowhere });
	expect((await count()).missing).toEqual([`value_map.record ${nowhere}`]);
	ledger.acknowledged.pop();
});

test('what is there and was never acknowledged was done twice', async () => {
	const caseId = await open('again');
	expect((await count()).twice).toEqual([`case.open ${caseId}`]);
	ledger.write({ act: 'case.open', caseId, objectId: caseId });
});

test.each([
	['words', 'delete from case_words where case_id = $1 and part = $$stuck$$', /^a case without its words: /],
	['a seat', 'delete from case_seat where case_id = $1', /^a case without its one holder: /],
	['its first fact', 'delete from case_event where case_id = $1', /^a case that was not opened once: /],
	['an answer', 'update command_key set answer = null where $1::uuid is not null', /^a key that was taken and got no answer: /],
	['its log line', 'delete from log_line where case_id = $1', /^case\.open without its one line in the log: /]
])('%s that is gone is half done', async (_, query, wanted) => {
	await owner.query('begin');
	try {
		await owner.query(query, [cases[1]]);
		const { half } = await countInside();
		expect(half.some((one) => wanted.test(one))).toBe(true);
	} finally {
		await owner.query('rollback');
	}
	expect((await count()).half).toEqual([]);
});

/** Counts inside our open transaction: the one that the count begins itself, to verify the log, is left out. */
async function countInside() {
	const inside = new Proxy(owner, {
		get(target, name) {
			if (name !== 'query') return Reflect.get(target, name, target) as unknown;
			return (text: string, values?: unknown[]) => {
				return /^(?:begin|commit|rollback)\b/.test(text) ? Promise.resolve({ rows: [] }) : target.query(text, values);
			};
		}
	});
	return await countLosses(inside, scene.installation.keyring, scene.actors.holder.networkId, ledger);
}

test('a line that was taken out of the sealed log is found', async () => {
	await owner.query('begin');
	await owner.query('delete from log_line where case_id = $1', [cases[2]]);
	expect((await countInside()).log).toHaveLength(1);
	await owner.query('rollback');
});

test('words whose key is gone are found', async () => {
	await scene.installation.keyring.destroyKey(scene.actors.holder.networkId, cases[0] ?? '');
	expect((await count()).half).toEqual(expect.arrayContaining([expect.stringMatching(/^words without a key: /)]));
});
