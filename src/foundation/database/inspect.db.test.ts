import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { makeDatabase } from './bootstrap.server.ts';
import { inspectServer } from './inspect.server.ts';
import { listMigrations } from './migrate.server.ts';
import { checkServer, readDatabaseUrls } from './settings.server.ts';
import { emptyTestDatabase, testDatabase } from './testing.server.ts';
import type { TestDatabase } from './testing.server.ts';
import { urlForDatabase } from './urls.ts';

let database: TestDatabase;
beforeAll(async () => {
	database = await testDatabase();
});
afterAll(() => database.drop());

/** The address of `url` with another login. */
const as = (url: string, name: string): string => url.replace(/\/\/[^@]*@/, `//${name}@`);

const databaseOf = (url: string): string => /\/([^/?]*)(\?|$)/.exec(url.slice('postgresql://'.length))?.[1] ?? '';

const asAdmin = async (...sentences: readonly string[]): Promise<void> => {
	const client = new pg.Client({ connectionString: database.urls.admin });
	await client.connect();
	try {
		for (const sentence of sentences) await client.query(sentence);
	} finally {
		await client.end();
	}
};

const codes = async (urls: Partial<TestDatabase['urls']>): Promise<readonly string[]> =>
	(await inspectServer({ ...database.urls, ...urls })).map((finding) => finding.code);

test('nothing against a server that is as it should be', async () => {
	expect(await inspectServer(database.urls)).toEqual([]);
	await expect(checkServer(database.urls)).resolves.toBeUndefined();
});

describe('a login that row-level security does not hold is refused, with the reason', () => {
	// A login of our own for each: the four roles are shared with tests that run at the same moment.
	const login = async (words: string): Promise<string> => {
		const name = 'test_login';
		await asAdmin(`create role ${name} login ${words}`, `grant connect on database ${databaseOf(database.urls.app)} to ${name}`);
		return as(database.urls.app, name);
	};
	afterEach(() =>
		asAdmin(`do $$ begin if to_regrole('test_login') is not null then drop owned by test_login; drop role test_login; end if; end $$`)
	);

	test('superuser', async () => {
		const app = database.urls.admin;
		expect(await codes({ app })).toEqual(['role_superuser']);
		await expect(checkServer({ ...database.urls, app })).rejects.toMatchObject({
			problem: { code: 'role_superuser', values: { role: 'app', name: 'loopplank_admin' } }
		});
		expect(await codes({ owner: database.urls.admin })).toEqual(['role_superuser']);
	});

	test('owner', async () => {
		await expect(checkServer({ ...database.urls, app: database.urls.owner })).rejects.toMatchObject({
			problem: { code: 'role_owner', values: { role: 'app', name: 'loopplank_owner' } }
		});
	});

	test('someone who can become the owner', async () => {
		// noinherit: not the owner's rights at once, but one SET ROLE away
		const app = await login('noinherit in role loopplank_app, loopplank_owner');
		expect(await codes({ app })).toEqual(['role_owner']);
	});

	test('one that passes row-level security by', async () => {
		expect(await codes({ app: await login('bypassrls in role loopplank_app') })).toEqual(['role_bypasses']);
	});

	test('one that is not the role that the grants name; a member of it is', async () => {
		expect(await codes({ app: database.urls.jobs })).toEqual(['role_other']);
		const app = await login('');
		expect(await codes({ app })).toEqual(['role_other']);
		await asAdmin('grant loopplank_app to test_login');
		expect(await codes({ app })).toEqual([]);
	});
});

test('a server that does not answer is said without its password', async () => {
	const app = 'postgresql://loopplank_app:geheim@127.0.0.1:1/loopplank';
	const [finding, ...more] = await inspectServer({ ...database.urls, app });
	expect(more).toEqual([]);
	expect(finding).toMatchObject({ code: 'server_not_reachable', level: 'refuses', values: { role: 'app' } });
	expect(JSON.stringify(finding)).not.toContain('geheim');
});

test('a database that was not migrated passes the check before migrating, and the doctor says it', async () => {
	const empty = await emptyTestDatabase();
	try {
		const newest = (await listMigrations()).length;
		expect(await inspectServer(empty.urls)).toEqual([{ code: 'migrations_missing', level: 'refuses', values: { applied: 0, newest } }]);
		await expect(checkServer(empty.urls)).resolves.toBeUndefined();
	} finally {
		await empty.drop();
	}
});

test('a table whose guard was taken away by hand', async () => {
	const copy = await testDatabase();
	try {
		const owner = await copy.connections.owner();
		await owner.query('alter table app.migration no force row level security');
		await owner.end();
		expect(await inspectServer(copy.urls)).toEqual([{ code: 'rows_unguarded', level: 'refuses', values: { tables: 'app.migration' } }]);
	} finally {
		await copy.drop();
	}
});

test('another encoding', async () => {
	const name = 'test_other_encoding';
	await asAdmin(`create database ${name} owner loopplank_owner template template0 encoding 'LATIN1' locale 'C'${await builtinAway()}`);
	await asAdmin(`grant connect on database ${name} to loopplank_app, loopplank_jobs, loopplank_identity`);
	try {
		const urls = Object.fromEntries(Object.entries(database.urls).map(([role, url]) => [role, urlForDatabase(url, name)]));
		expect(await codes(urls)).toEqual(['encoding_other', 'migrations_missing']);
	} finally {
		await asAdmin(`drop database ${name}`);
	}
});

/** From 17 on our clusters collate by a provider that knows UTF-8 alone. */
const builtinAway = async (): Promise<string> => {
	const answer = await database.connections.app.query<{ version: number }>(
		`select current_setting('server_version_num')::int / 10000 as version`
	);
	return (answer.rows[0]?.version ?? 0) >= 17 ? ` locale_provider libc` : '';
};

test('roles.sql, as an administrator of a server runs it, makes what we accept', async () => {
	const name = 'test_by_roles_sql';
	const known = ['owner', 'app', 'jobs', 'identity'].map((role) => `loopplank_${role}`);
	const sentences = readFileSync(join(import.meta.dirname, '../../../database/roles.sql'), 'utf8')
		.replaceAll(/^--.*$/gm, '')
		.replaceAll('database loopplank ', `database ${name} `)
		.split(';')
		.map((sentence) => sentence.trim())
		.filter((sentence) => sentence !== '');
	expect(sentences).toHaveLength(7);
	expect(sentences.filter((sentence) => sentence.startsWith('create role')).map((sentence) => sentence.split(' ')[2])).toEqual(known);
	try {
		// The roles are there already on this server: set to the same words, passwords left out.
		await asAdmin(...sentences.map((sentence) => sentence.replace('create role', 'alter role').replace(/ password '.*'/, '')));
		const urls = Object.fromEntries(Object.entries(database.urls).map(([role, url]) => [role, urlForDatabase(url, name)]));
		expect(await codes(urls)).toEqual(['migrations_missing']);
		await asAdmin('create role test_stranger login');
		await expect(
			(async () => {
				const stranger = new pg.Client({ connectionString: as(urlForDatabase(database.urls.app, name), 'test_stranger') });
				await stranger.connect();
				await stranger.end();
			})()
		).rejects.toThrow('permission denied for database');
	} finally {
		await asAdmin(`drop database if exists ${name}`, 'drop role if exists test_stranger');
	}
});

describe('settings', () => {
	const all = {
		DATABASE_URL: 'postgresql://loopplank_app:a@h/loopplank',
		DATABASE_JOBS_URL: 'postgres://loopplank_jobs:b@h/loopplank',
		DATABASE_IDENTITY_URL: 'postgresql://loopplank_identity:c@h/loopplank',
		DATABASE_OWNER_URL: 'postgresql://loopplank_owner:d@h1,h2/loopplank'
	};

	test('none set: our own server; all set: that one', () => {
		expect(readDatabaseUrls({})).toBeUndefined();
		expect(readDatabaseUrls({ DATABASE_URL: '' })).toBeUndefined();
		expect(readDatabaseUrls(all)).toEqual({
			app: all.DATABASE_URL,
			jobs: all.DATABASE_JOBS_URL,
			identity: all.DATABASE_IDENTITY_URL,
			owner: all.DATABASE_OWNER_URL
		});
	});

	test('one missing, or one that is no address, is said by name and never by value', () => {
		const problem = (env: NodeJS.ProcessEnv): unknown => {
			try {
				return readDatabaseUrls(env);
			} catch (error) {
				expect(String(error)).not.toContain('geheim');
				return (error as { readonly problem?: unknown }).problem;
			}
		};
		expect(problem({ DATABASE_URL: all.DATABASE_URL })).toEqual({ code: 'url_missing', values: { name: 'DATABASE_JOBS_URL' } });
		expect(problem({ DATABASE_OWNER_URL: all.DATABASE_OWNER_URL })).toEqual({ code: 'url_missing', values: { name: 'DATABASE_URL' } });
		expect(problem({ ...all, DATABASE_JOBS_URL: 'mysql://u:geheim@h/x' })).toEqual({
			code: 'url_unreadable',
			values: { name: 'DATABASE_JOBS_URL' }
		});
	});
});

test('makeDatabase lets nobody else in', async () => {
	const client = new pg.Client({ connectionString: database.urls.admin });
	await client.connect();
	try {
		await makeDatabase(client, 'test_for_us', 'template0');
		const rights = await client.query(
			`select has_database_privilege('loopplank_app', 'test_for_us', 'connect') as app, has_database_privilege('loopplank_app', 'test_for_us', 'temporary') as temporary`
		);
		expect(rights.rows).toEqual([{ app: true, temporary: false }]);
	} finally {
		await client.query('drop database if exists test_for_us');
		await client.end();
	}
});
