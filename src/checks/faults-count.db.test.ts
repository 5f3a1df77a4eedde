import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sealAll } from '#foundation/log/seal.server.ts';
import { settle } from '#foundation/log/testing.server.ts';
import { openCase } from '#rooms/cases/commands.server.ts';
import { pledgeContribution, receiveContribution } from '#rooms/fund/contributions/commands.server.ts';
import { Colleague } from '../../e2e/faults/colleague.ts';
import { countLosses } from '../../e2e/faults/count.ts';
import type { CountWish } from '../../e2e/faults/count.ts';
import { Ledger } from '../../e2e/faults/ledger.ts';
import { findLostMessages, readHandedOver, watchMessages } from '../../e2e/faults/messages.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** The faults harness proves nothing unless its count finds what is lost: here things are lost on purpose. */

let scene: Scene;
let owner: pg.Client;
let wish: CountWish;
let holder: Colleague;
const ledger = new Ledger();
const cases: string[] = [];
const count = (more: Partial<CountWish> = {}) => countLosses(owner, { ...wish, ...more });

const open = async (key: string): Promise<string> =>
	sure(await openCase(scene.installation, scene.actors.holder, caseWords, { key })).caseId;
const acknowledge = (key: string): void =>
	ledger.write({ act: 'case.open', by: holder, method: 'POST', path: '/cases', body: undefined, key, status: 201, text: '' });

beforeAll(async () => {
	scene = await openScene(4);
	owner = await scene.database.connections.owner();
	const { networkId } = scene.actors.holder;
	wish = { networkId, since: await watchMessages(owner), ledger, end: { keyring: scene.installation.keyring } };
	holder = new Colleague({ token: '', ...scene.actors.holder }, () => Promise.reject(new Error('Nobody is asked.')), ledger);
	for (const key of ['a', 'b', 'c']) {
		cases.push(await open(key));
		acknowledge(key);
	}
	await settle(owner);
	await sealAll(scene.installation.door, networkId, () => scene.installation.world.now());
});
afterAll(async () => {
	await owner.end();
	await scene.drop();
});

test('nothing is lost at first', async () => {
	expect(await count()).toEqual({ missing: [], half: [], twice: [], log: [], acts: 3, byProduct: new Map(), lines: 3, seals: 1 });
});

test('what was acknowledged and is not there is missing', async () => {
	acknowledge('nowhere');
	expect((await count()).missing).toEqual(['case.open /cases', 'case.open: acknowledged 4 times, 3 lines']);
	ledger.acknowledged.pop();
});

test('what is there and was never acknowledged was done twice, in the end', async () => {
	await open('again');
	expect((await count()).twice).toEqual(['case.open: acknowledged 3 times, 4 lines', `case.open by ${scene.actors.holder.personId} again`]);
	const { end: _, ...before } = wish;
	expect((await countLosses(owner, before)).twice).toEqual([]);
	acknowledge('again');
});

test('a term that ran out and was not seen to is missing in the end', async () => {
	const [id = ''] = cases;
	expect((await count({ overdue: { 'reservation.expire': [id] } })).missing).toEqual([`reservation.expire of ${id}: its term ran out`]);
});

/** What is gone or changed in one case, and what the count says of it. */
test.each([
	['words', 'delete from case_words where case_id = $1 and part = $$stuck$$', /^case\.open without words: stuck: /],
	['a seat', 'delete from case_seat where case_id = $1', /^a case without its one holder: /],
	['its first fact', 'delete from case_event where case_id = $1', /^case\.open without case_event: /],
	['an answer', 'update command_key set answer = null where $1::uuid is not null', /^a key that was taken and got no answer: /],
	['its log line', 'delete from log_line where case_id = $1', /^a key of case\.open without its one line in the log: /],
	['the line of its rows', 'delete from log_line where case_id = $1', /^rows of case_record without a line in the log: /]
])('%s that is gone is half done', async (_, query, wanted) => {
	await spoiled(query, cases[1] ?? '', wanted);
});

test('what was done by API without its key is half done', async () => {
	const caseId = sure(await openCase(scene.installation, { ...scene.actors.holder, origin: 'api' }, caseWords, { key: 'api' })).caseId;
	acknowledge('api');
	await spoiled(`delete from command_key where key = 'api' and $1::uuid is not null`, caseId, /^a line of case\.open without its key: /);
});

/** Spoils something, looks whether the count says so, and takes it back. */
async function spoiled(query: string, id: string, wanted: RegExp): Promise<void> {
	await owner.query('begin');
	try {
		await owner.query(query, [id]);
		const { half } = await countInside();
		expect(half.filter((one) => wanted.test(one))).not.toEqual([]);
	} finally {
		await owner.query('rollback');
	}
	expect((await count()).half).toEqual([]);
}

/** Counts inside our open transaction: those that the count begins itself are left out. */
async function countInside() {
	const inside = new Proxy(owner, {
		get(target, name) {
			if (name !== 'query') return Reflect.get(target, name, target) as unknown;
			return (text: string, values?: unknown[]) => {
				return /^(?:begin|commit|rollback)\b/.test(text) ? Promise.resolve({ rows: [] }) : target.query(text, values);
			};
		}
	});
	return await countLosses(inside, wish);
}

test('money is counted from its postings', async () => {
	const { installation, actors, officers } = scene;
	const { contributionId } = sure(
		await pledgeContribution(installation, actors.administrator, { amount: '100', year: '2026' }, { key: 'p' })
	);
	sure(await receiveContribution(installation, officers.treasurer, { contributionId, amount: '100' }, { key: 'r' }));
	expect((await count()).half).toEqual([]);
	const id = contributionId;
	await spoiled(
		'update fund_source set cash_cents = cash_cents + 1 where $1::uuid is not null',
		id,
		/^a balance that is not that of its postings: /
	);
	await spoiled(
		'update fund_source set reserved_cents = 1 where $1::uuid is not null',
		id,
		/^set aside is not what was granted and not yet paid: /
	);
	await spoiled('delete from posting where line = 1 and $1::uuid is not null', id, /^a journal that does not sum to zero: /);
	await spoiled('delete from contribution_step where contribution_id = $1', id, /^contribution\.receive without contribution_step: /);
});

test('a message that left the outbox and is in no queue is found', async () => {
	const { networkId } = wish;
	await owner.query('begin');
	await owner.query('delete from outbox');
	const handedOver = await readHandedOver(owner, networkId);
	await owner.query('rollback');
	// A case that is opened tells only who looks; a contribution tells nobody.
	expect([...handedOver]).toEqual([]);
	await owner.query(`insert into outbox (network_id, outbox_id, kind, payload, at) values ($1, $2, 'mail.success', '{}', now())`, [
		...[networkId, cases[0]]
	]);
	await owner.query('delete from outbox where outbox_id = $1', [cases[0]]);
	expect(await findLostMessages(undefined, await readHandedOver(owner, networkId))).toEqual([
		`a message that was told and is nowhere: mail.success ${cases[0] ?? ''}`
	]);
	await owner.query('delete from faults.told where outbox_id = $1', [cases[0]]);
});

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
