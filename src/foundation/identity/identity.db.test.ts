import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aBrowser, openIdentityScene, refusalOf, sure } from './testing.server.ts';
import type { IdentityScene } from './testing.server.ts';

let scene: IdentityScene;
beforeAll(async () => {
	scene = await openIdentityScene();
});
afterAll(() => scene.database.drop());

interface TableRow {
	readonly schema: string;
	readonly name: string;
}
const listTables = (where: string): Promise<TableRow[]> =>
	scene.owner<TableRow>(
		`select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and ${where} order by 1, 2`
	);
const mayNot = async (role: 'app' | 'jobs' | 'identity', sql: string): Promise<void> => {
	await expect(scene.database.connections[role].query(sql), `${role}: ${sql}`).rejects.toMatchObject({ code: '42501' });
};
const fourActs = ({ schema, name }: TableRow): string[] => [
	`select 1 from ${schema}.${name}`,
	`insert into ${schema}.${name} default values`,
	`delete from ${schema}.${name}`,
	`truncate ${schema}.${name}`
];

describe('in the database', () => {
	test('the identity role touches no table of a network', async () => {
		const tables = await listTables(`n.nspname = 'public'`);
		expect(tables.length).toBeGreaterThan(15);
		for (const table of tables) for (const sql of fourActs(table)) await mayNot('identity', sql);
	});

	test('the application touches no table of signing in', async () => {
		const tables = await listTables(`n.nspname = 'identity'`);
		expect(tables.map((table) => table.name)).toEqual([
			...['account', 'api_token', 'event', 'one_time_link', 'outbox', 'pace', 'passkey', 'passkey_challenge', 'rate_limit', 'session']
		]);
		for (const table of tables) for (const sql of fourActs(table)) await mayNot('app', sql);
		await mayNot('app', `select * from app.list_account_memberships('00000000-0000-0000-0000-000000000000', now())`);
		await mayNot('app', 'select * from app.list_invented_accounts()');
	});

	test('jobs take letters out of the outbox and touch nothing else', async () => {
		for (const table of await listTables(`n.nspname = 'identity' and c.relname <> 'outbox'`))
			for (const sql of fourActs(table)) await mayNot('jobs', sql);
		const { accountId, email } = await scene.addPerson('Anouk', 1);
		sure(await scene.identity.requestLink({ email }, aBrowser));
		await mayNot(
			'jobs',
			`insert into identity.outbox (outbox_id, kind, payload, at) values (gen_random_uuid(), 'signin.link', '{}', now())`
		);
		await mayNot('jobs', `update identity.outbox set at = now()`);
		const { rows } = await scene.database.connections.jobs.query<{ payload: object }>('delete from identity.outbox returning payload');
		expect(rows).toHaveLength(1);
		expect(JSON.stringify(rows)).not.toContain(accountId);
		await mayNot('identity', 'select 1 from identity.outbox');
	});

	test('the log of signing in only grows for a year', async () => {
		await mayNot('identity', `update identity.event set result = 'done'`);
		const { identity } = scene.database.connections;
		await scene.owner(
			`insert into identity.event (event_id, kind, result, at) values (gen_random_uuid(), 'link.used', 'old', now() - interval '367 days'), (gen_random_uuid(), 'link.used', 'young', now() - interval '364 days')`
		);
		const before = (await identity.query<{ result: string }>('select result from identity.event')).rows.length;
		expect((await identity.query('delete from identity.event')).rowCount).toBe(1);
		expect((await identity.query('select 1 from identity.event')).rows).toHaveLength(before - 1);
	});

	test('every table says how long its rows stay', async () => {
		const silent = await scene.owner<{ name: string }>(
			`select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
			where c.relkind = 'r' and n.nspname = 'identity' and coalesce(obj_description(c.oid), '') !~ 'retention: .+'`
		);
		expect(silent).toEqual([]);
	});
});

test('what was kept long enough goes, and nothing sooner', async () => {
	const day = 24 * 60 * 60_000;
	const person = await scene.addPerson('Oud', 1);
	const signedIn = await scene.signIn(person);
	sure(await scene.identity.beginSignIn(aBrowser));
	sure(await scene.identity.makeToken(await scene.who(signedIn), { key: scene.world.id(), name: 'x', days: '7' }));
	const left = async () =>
		(
			await scene.owner<Record<string, number>>(
				`select (select count(*) from identity.session) as sessions, (select count(*) from identity.one_time_link) as links, (select count(*) from identity.rate_limit) as counts,
					(select count(*) from identity.passkey_challenge) as challenges, (select count(*) from identity.api_token) as tokens`
			)
		)[0];
	await scene.identity.forgetOld();
	expect(await left()).toMatchObject({ sessions: 1, challenges: 1, tokens: 1 });
	expect((await left())?.['links']).toBeGreaterThan(0);
	scene.world.tick(1.5 * day);
	await scene.identity.forgetOld();
	expect(await left()).toEqual({ sessions: 1, links: 0, counts: 0, challenges: 0, tokens: 1 });
	scene.world.tick(96 * day);
	await scene.identity.forgetOld();
	expect(await left()).toEqual({ sessions: 0, links: 0, counts: 0, challenges: 0, tokens: 1 });
	scene.world.tick(275 * day);
	await scene.identity.forgetOld();
	expect(await left()).toEqual({ sessions: 0, links: 0, counts: 0, challenges: 0, tokens: 0 });
});

describe('"sign in as"', () => {
	test('does not exist outside the demo', async () => {
		const person = await scene.addPerson('Bedacht', 1, 'invented');
		await expect(scene.identity.signInAs(person.accountId, aBrowser)).rejects.toThrow('in the demo only');
		await expect(scene.identity.listDemoPeople()).rejects.toThrow('in the demo only');
	});

	test('in the demo lists invented people by name and opens their accounts', async () => {
		const zoe = await scene.addPerson('Zara', 2, 'invented');
		await scene.addPerson('Echt', 1);
		const people = await scene.demo.listDemoPeople();
		expect(people.map((person) => person.memberships[0]?.personName)).toEqual(['Bedacht', 'Zara']);
		const signedIn = sure(await scene.demo.signInAs(zoe.accountId, aBrowser));
		expect(await scene.who(signedIn)).toMatchObject({ account: { accountId: zoe.accountId }, actor: null, memberships: [{}, {}] });
		expect(await scene.identity.listSessions(zoe.accountId)).toMatchObject([{ by: 'demo' }]);
	});

	test('never opens an account of someone who exists in a real network, or nowhere, or has ended', async () => {
		const real = await scene.addPerson('Werkelijk', 1);
		const both = await scene.addPerson('Beide', 1, 'invented');
		await scene.owner(
			'insert into person (network_id, person_id, account_id, display_name, name_sort, made_at) values ($1, $2, $3, $4, $4, $5)',
			[...[scene.networks.real.networkId, scene.world.id(), both.accountId, 'Beide', scene.world.now()]]
		);
		const nowhere = await scene.identity.ensureAccount({ email: 'nergens@bedacht.example', locale: 'nl' });
		const ended = await scene.addPerson('Weg', 1, 'invented');
		sure(await scene.identity.endAccount(ended.accountId));
		for (const accountId of [real.accountId, both.accountId, nowhere, ended.accountId, scene.world.id(), 'x', '\0'])
			expect(refusalOf(await scene.demo.signInAs(accountId, aBrowser))).toBe('not_found');
	});
});

test('the cookie is bound to the host over https, and has a plain name without it', async () => {
	expect(scene.identity.cookie).toEqual({
		name: '__Host-loopplank',
		attributes: { path: '/', httpOnly: true, sameSite: 'lax', secure: true }
	});
	const { sessionCookie } = await import('./cookie.ts');
	expect(sessionCookie('http://localhost:4173')).toEqual({
		name: 'loopplank',
		attributes: { path: '/', httpOnly: true, sameSite: 'lax', secure: false }
	});
});

test('ensuring an account twice, also at once, makes one', async () => {
	const made = await Promise.all(
		Array.from({ length: 6 }, () => scene.identity.ensureAccount({ email: 'Samen@Echt.example', locale: 'en' }))
	);
	expect(new Set(made).size).toBe(1);
	expect(await scene.identity.findAddress(made[0] ?? '')).toEqual({ email: 'samen@echt.example', locale: 'en' });
	await expect(scene.identity.ensureAccount({ email: 'geen adres', locale: 'nl' })).rejects.toThrow('address');
});
