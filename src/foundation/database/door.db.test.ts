import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDoor } from './door.server.ts';
import type { Door, Tx } from './door.server.ts';
import { testDatabase } from './testing.server.ts';
import type { TestDatabase } from './testing.server.ts';

const networkId = randomUUID();
const now = new Date('2026-03-02T09:00:00Z');
let database: TestDatabase;
let owner: pg.Client;
let door: Door;
beforeAll(async () => {
	database = await testDatabase();
	owner = await database.connections.owner();
	door = openDoor(database.connections);
	await owner.query(`insert into network (network_id, name, pot_name, made_at) values ($1, 'Proef', 'de pot', $2)`, [networkId, now]);
});
afterAll(async () => {
	await owner.end();
	await database.drop();
});

const word = (tx: Tx, outboxId: string, kind = 'mail.test') =>
	tx.insertInto('outbox').values({ networkId, outboxId, kind, payload: '{}', at: now }).compile();
const outboxOf = async (): Promise<string[]> =>
	(
		await owner.query<{ id: string }>('select outbox_id as id from outbox where network_id = $1 order by at, outbox_id', [networkId])
	).rows.map(({ id }) => id);

describe('a writing that is sent', () => {
	test('is there when the door has closed, in order with what was asked', async () => {
		const id = randomUUID();
		const seen = await door.job(networkId, now, async (tx, send) => {
			send(word(tx, id));
			return await tx.selectFrom('outbox').select('outboxId').where('outboxId', '=', id).execute();
		});
		expect(seen).toEqual([{ outboxId: id }]);
		expect(await outboxOf()).toContain(id);
	});

	test('that fails leaves nothing, and the door says on what it failed: when nothing was asked after it', async () => {
		const before = await outboxOf();
		const [first, twice] = [randomUUID(), randomUUID()];
		const failing = door.job(networkId, now, async (tx, send) => {
			send(word(tx, first));
			send(word(tx, twice));
			send(word(tx, twice));
			return Promise.resolve('done');
		});
		await expect(failing).rejects.toMatchObject({ code: '23505' });
		expect(await outboxOf()).toEqual(before);
	});

	test('that fails is named, also when what was asked after it failed because of it', async () => {
		const before = await outboxOf();
		const twice = randomUUID();
		const failing = door.job(networkId, now, async (tx, send) => {
			send(word(tx, twice));
			send(word(tx, twice));
			return await tx.selectFrom('outbox').select('outboxId').execute();
		});
		await expect(failing).rejects.toMatchObject({ code: '23505' });
		expect(await outboxOf()).toEqual(before);
	});

	test('leaves nothing when the work stops after it', async () => {
		const before = await outboxOf();
		const failing = door.job(networkId, now, async (tx, send) => {
			send(word(tx, randomUUID()));
			await Promise.resolve();
			throw new Error('thought better of it');
		});
		await expect(failing).rejects.toThrow('thought better of it');
		expect(await outboxOf()).toEqual(before);
	});
});

test('an error that the work kept to itself is no commit', async () => {
	const before = await outboxOf();
	const failing = door.job(networkId, now, async (tx, send) => {
		send(word(tx, randomUUID()));
		await sql`select 1 / 0`.execute(tx).catch(() => undefined);
		return 'done';
	});
	await expect(failing).rejects.toThrow('had failed before');
	expect(await outboxOf()).toEqual(before);
});

test('many at once on few connections each keep to their own context', async () => {
	const actors = Array.from({ length: 40 }, () => ({
		...{ networkId: randomUUID(), personId: randomUUID(), membershipId: randomUUID(), organisationId: randomUUID() },
		...{ roles: [], origin: 'page' as const }
	}));
	const seen = await Promise.all(
		actors.map((actor) =>
			door.actor(actor, now, async (tx) => {
				const ask = async (): Promise<string | undefined> =>
					(await sql<{ id: string }>`select app.person_id()::text as id`.execute(tx)).rows[0]?.id;
				return await Promise.all([ask(), ask(), ask()]);
			})
		)
	);
	expect(seen).toEqual(actors.map(({ personId }) => [personId, personId, personId]));
});

test('a statement that was prepared before its table changed fails once on a connection, and then works', async () => {
	const ask = (): Promise<unknown> =>
		door.job(networkId, now, async (tx) => (await sql<object>`select * from table_that_changes`.execute(tx)).rows.length);
	await owner.query('create table table_that_changes (one integer); grant select on table_that_changes to loopplank_jobs');
	for (let turn = 0; turn < 8; turn++) expect(await ask()).toBe(0);
	await owner.query('alter table table_that_changes add two text');
	const answers: unknown[] = [];
	for (let turn = 0; turn < 8; turn++) answers.push(await ask().catch((error: unknown) => (error as { code?: string }).code));
	expect([answers[0], answers.at(-1)]).toEqual(['0A000', 0]);
	expect(answers.filter((answer) => answer !== 0 && answer !== '0A000')).toEqual([]);
	await owner.query('drop table table_that_changes');
});
