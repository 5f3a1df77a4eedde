import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openConnections } from './connections.server.ts';
import { primaryUrl, splitHosts } from './primary.server.ts';
import { testDatabase } from './testing.server.ts';
import type { TestDatabase } from './testing.server.ts';

let database: TestDatabase;
beforeAll(async () => {
	database = await testDatabase();
});
afterAll(() => database.drop());

describe('values', () => {
	const one = async (sql: string): Promise<unknown> => {
		const client = await database.connections.owner();
		try {
			return (await client.query<{ value: unknown }>(`select ${sql} as value`)).rows[0]?.value;
		} finally {
			await client.end();
		}
	};

	test('cents are exact numbers, up to what JavaScript counts exactly', async () => {
		expect(await one(`9007199254740991::bigint`)).toBe(9007199254740991);
		expect(await one(`-12::bigint`)).toBe(-12);
		expect(await one(`array[1,2]::bigint[]`)).toEqual([1, 2]);
		await expect(one(`9007199254740992::bigint`)).rejects.toThrow('too large');
		await expect(one(`array[9007199254740993]::bigint[]`)).rejects.toThrow('too large');
	});

	test('a day is a day and a moment is a moment', async () => {
		expect(await one(`date '2026-03-29'`)).toBe('2026-03-29');
		expect(await one(`array[date '2026-03-29', date '2026-10-25']`)).toEqual(['2026-03-29', '2026-10-25']);
		expect(await one(`timestamptz '2026-03-29 02:30:00.123+01'`)).toEqual(new Date('2026-03-29T01:30:00.123Z'));
		await expect(one(`'infinity'::timestamptz`)).rejects.toThrow('calendar');
	});
});

describe('pools', () => {
	test('each pool is its own role, and says who it is', async () => {
		for (const role of ['app', 'jobs', 'identity'] as const) {
			const found = await database.connections[role].query<{ who: string; name: string }>(
				`select current_user as who, current_setting('application_name') as name`
			);
			expect(found.rows[0]).toEqual({ who: `loopplank_${role}`, name: `loopplank ${role}` });
		}
	});

	test('a statement of a page that takes too long is broken off', async () => {
		const settings = await database.connections.app.query<{ limit: string }>(`select current_setting('statement_timeout') as limit`);
		expect(settings.rows[0]?.limit).toBe('15s');
	});

	test('end may be called twice', async () => {
		const own = openConnections(database.urls);
		await own.app.query('select 1');
		await Promise.all([own.end(), own.end()]);
		await expect(own.app.query('select 1')).rejects.toThrow();
	});
});

describe('several hosts', () => {
	test('a string with more hosts is split, libpq words are left out', () => {
		expect(splitHosts('postgresql://u:p@a:1,b:2/db?target_session_attrs=read-write&sslmode=require')).toEqual([
			'postgresql://u:p@a:1/db?sslmode=require',
			'postgresql://u:p@b:2/db?sslmode=require'
		]);
		expect(splitHosts('postgresql://u@/db?host=%2Ftmp%2Fx')).toEqual(['postgresql://u@/db?host=%2Ftmp%2Fx']);
	});

	test('none that leads is a problem with a code', async () => {
		await expect(primaryUrl('postgresql://u:secret@127.0.0.1:1,127.0.0.1:2/db')).rejects.toMatchObject({
			problem: { code: 'no_primary', values: { url: 'postgresql://u:•••@127.0.0.1:1,127.0.0.1:2/db' } }
		});
	});
});
