import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linkMinutes } from './links.server.ts';
import { limits, windowMinutes } from './rate-limit.server.ts';
import { hashOf } from './secret.server.ts';
import { aBrowser, openIdentityScene, refusalOf, sure } from './testing.server.ts';
import type { IdentityScene, TestPerson } from './testing.server.ts';

let scene: IdentityScene;
let anouk: TestPerson;
beforeAll(async () => {
	scene = await openIdentityScene();
	anouk = await scene.addPerson('Anouk', 1);
});
afterAll(() => scene.database.drop());

const minute = 60_000;
const countSessions = async (): Promise<number> =>
	(await scene.owner<{ n: number }>('select count(*) as n from identity.session'))[0]?.n ?? -1;
/** Moves on so far that no earlier try counts any more. */
const newWindow = (): void => scene.world.tick(windowMinutes * minute);
/** Sources that no other test uses. */
let sources = 0;
const source = (): string => `203.0.113.${++sources}`;

describe('asking for a link', () => {
	test('an account gets a letter, which only an id stands for in the queue, and no secret anywhere', async () => {
		newWindow();
		const token = await scene.linkFor(anouk);
		expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
		const outbox = await scene.owner<{ kind: string; payload: Record<string, string> }>(
			'select kind, payload from identity.outbox order by outbox_id desc limit 1'
		);
		const links = await scene.owner<{ link_id: string; token_hash: Buffer; purpose: string; minutes: number }>(
			`select link_id, token_hash, purpose, extract(epoch from expires_at - made_at)::int / 60 as minutes from identity.one_time_link order by link_id desc limit 1`
		);
		expect(outbox).toEqual([{ kind: 'signin.link', payload: { link_id: links[0]?.link_id } }]);
		expect(links[0]).toMatchObject({ purpose: 'sign_in', minutes: linkMinutes, token_hash: hashOf(token) });
		const everything = await scene.owner<{ all: string }>(
			`select (select json_agg(l) from identity.one_time_link l)::text || (select json_agg(e) from identity.event e)::text || (select json_agg(o) from identity.outbox o)::text as all`
		);
		expect(everything[0]?.all).not.toContain(token);
		expect(everything[0]?.all).not.toContain('@');
	});

	test('an address without an account gets the same answer, no letter, and no account', async () => {
		newWindow();
		const count = () =>
			scene.owner<{ accounts: number; links: number; letters: number; events: number }>(
				`select (select count(*) from identity.account) as accounts, (select count(*) from identity.one_time_link) as links,
					(select count(*) from identity.outbox) as letters, (select count(*) from identity.event) as events`
			);
		const [before] = await count();
		const unknown = await scene.identity.requestLink({ email: 'niemand@echt.example' }, { source: source() });
		const [after] = await count();
		const known = await scene.identity.requestLink({ email: anouk.email }, { source: source() });
		expect(unknown).toEqual(known);
		expect(unknown).toEqual({ ok: true, value: undefined });
		expect(after).toEqual({ ...before, events: (before?.events ?? 0) + 1 });
		expect((await count())[0]).toMatchObject({ links: (after?.links ?? 0) + 1, letters: (after?.letters ?? 0) + 1 });
	});

	test('known or not, the database is asked the same statements', async () => {
		newWindow();
		const asked: Record<string, string[]> = {};
		for (const email of [anouk.email, 'iemand@echt.example']) {
			const statements: string[] = [];
			const pool = new Proxy(scene.database.connections.identity, {
				get: (target, name) =>
					name === 'query'
						? (sql: string, values: unknown[]) => {
								statements.push(sql);
								return target.query(sql, values);
							}
						: (Reflect.get(target, name) as unknown)
			});
			const { openIdentity } = await import('./identity.server.ts');
			const identity = openIdentity({
				pool,
				keyring: { secret: () => Promise.resolve(new Uint8Array(32)) },
				world: scene.world,
				origin: 'https://pot.example',
				demo: false
			});
			sure(await identity.requestLink({ email }, { source: source() }));
			asked[email] = statements;
		}
		expect(asked[anouk.email]?.length).toBe(3);
		expect(asked[anouk.email]).toEqual(asked['iemand@echt.example']);
	});

	test('the address is folded: blanks and capitals make no other account', async () => {
		newWindow();
		const before = await scene.owner('select 1 from identity.one_time_link');
		sure(await scene.identity.requestLink({ email: ` ${anouk.email.toUpperCase()} ` }, { source: source() }));
		expect(await scene.owner('select 1 from identity.one_time_link')).toHaveLength(before.length + 1);
		expect(await scene.identity.ensureAccount({ email: 'ANOUK@REAL.example', locale: 'en' })).toBe(anouk.accountId);
	});

	test.each([undefined, '', 'anouk', 'a@b', 'a@b.nl\0', `${'a'.repeat(250)}@b.nl`, 'a@b.nl, c@d.nl', 'x@y.nl\r\nBcc: z@y.nl'])(
		'%j is no address',
		async (email) => {
			const outcome = await scene.identity.requestLink({ email }, { source: source() });
			expect(outcome).toMatchObject({ ok: false, refusal: { code: 'invalid', fields: [{ path: ['email'] }] } });
		}
	);

	test('after so many for one address there are too many, also for an address that nobody has, until the window is over', async () => {
		newWindow();
		for (const email of [anouk.email, 'geen@echt.example']) {
			for (let i = 0; i < limits.link_address; i++) sure(await scene.identity.requestLink({ email }, { source: source() }));
			expect(refusalOf(await scene.identity.requestLink({ email }, { source: source() }))).toBe('too_many_tries');
		}
		scene.world.tick(windowMinutes * minute - 1);
		expect(refusalOf(await scene.identity.requestLink({ email: anouk.email }, { source: source() }))).toBe('too_many_tries');
		scene.world.tick(1);
		expect(refusalOf(await scene.identity.requestLink({ email: anouk.email }, { source: source() }))).toBeUndefined();
	});

	test('from one source there can be too many, whatever the addresses, and one alarm is raised', async () => {
		newWindow();
		const from = source();
		for (let i = 0; i < limits.link_source; i++) sure(await scene.identity.requestLink({ email: `n${i}@echt.example` }, { source: from }));
		for (const i of [1, 2])
			expect(refusalOf(await scene.identity.requestLink({ email: `m${i}@echt.example` }, { source: from }))).toBe('too_many_tries');
		expect(refusalOf(await scene.identity.requestLink({ email: 'm3@echt.example' }, { source: source() }))).toBeUndefined();
		expect(await scene.owner(`select 1 from identity.event where kind = 'alarm.raised' and result = 'too_many_link_source'`)).toHaveLength(
			1
		);
	});

	test('neither an address nor a source lies in the counts', async () => {
		const rows = await scene.owner<{ bucket: Buffer }>('select bucket from identity.rate_limit');
		expect(rows.length).toBeGreaterThan(10);
		expect(rows.map((row) => row.bucket.toString('latin1')).join()).not.toMatch(/example|203\.0/);
	});
});

describe('using a link', () => {
	test('looking at it uses nothing up, however often a scanner opens it', async () => {
		newWindow();
		const token = await scene.linkFor(anouk);
		const before = await countSessions();
		for (let i = 0; i < 5; i++) expect(await scene.identity.lookAtLink(token)).toEqual({ ok: true, value: undefined });
		expect(await countSessions()).toBe(before);
		expect(refusalOf(await scene.identity.consumeLink(token, aBrowser))).toBeUndefined();
	});

	test('it works once', async () => {
		newWindow();
		const token = await scene.linkFor(anouk);
		const signedIn = sure(await scene.identity.consumeLink(token, aBrowser));
		expect(signedIn).toMatchObject({ accountId: anouk.accountId, acting: { membershipId: anouk.membershipIds[0], slug: 'echt' } });
		const before = await countSessions();
		expect(refusalOf(await scene.identity.consumeLink(token, aBrowser))).toBe('link_used');
		expect(refusalOf(await scene.identity.lookAtLink(token))).toBe('link_used');
		expect(await countSessions()).toBe(before);
	});

	test('of eight at once exactly one gets a session', async () => {
		newWindow();
		const token = await scene.linkFor(anouk);
		const before = await countSessions();
		const outcomes = await Promise.all(Array.from({ length: 8 }, () => scene.identity.consumeLink(token, aBrowser)));
		expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
		expect(outcomes.map(refusalOf).filter((code) => code !== undefined)).toEqual(Array(7).fill('link_used'));
		expect(await countSessions()).toBe(before + 1);
	});

	test('it works until its last millisecond and not at the next', async () => {
		newWindow();
		const [token, late] = [await scene.linkFor(anouk), await scene.linkFor(anouk)];
		scene.world.tick(linkMinutes * minute - 1);
		expect(refusalOf(await scene.identity.consumeLink(token, aBrowser))).toBeUndefined();
		scene.world.tick(1);
		expect(refusalOf(await scene.identity.lookAtLink(late))).toBe('link_expired');
		expect(refusalOf(await scene.identity.consumeLink(late, aBrowser))).toBe('link_expired');
	});

	test.each(['', 'x', 'A'.repeat(43), 'A'.repeat(44), '../../etc', `${'A'.repeat(42)}\0`, "' or 1=1 --"])(
		'a forged one (%j) is not known',
		async (token) => {
			newWindow();
			expect(refusalOf(await scene.identity.lookAtLink(token))).toBe('link_invalid');
			expect(refusalOf(await scene.identity.consumeLink(token, { ...aBrowser, source: source() }))).toBe('link_invalid');
		}
	);

	test('one with a letter changed is not known, and the true one still works', async () => {
		newWindow();
		const token = await scene.linkFor(anouk);
		const changed = (token.startsWith('A') ? 'B' : 'A') + token.slice(1);
		expect(refusalOf(await scene.identity.consumeLink(changed, aBrowser))).toBe('link_invalid');
		expect(refusalOf(await scene.identity.consumeLink(token, aBrowser))).toBeUndefined();
	});

	test('the secret of another installation opens nothing', async () => {
		newWindow();
		const other = await openIdentityScene(2);
		try {
			const token = await other.linkFor(await other.addPerson('Anouk', 1));
			expect(refusalOf(await scene.identity.consumeLink(token, aBrowser))).toBe('link_invalid');
		} finally {
			await other.database.drop();
		}
	});

	test('an account that ended cannot use its link, and gets no letter', async () => {
		newWindow();
		const gone = await scene.addPerson('Gone', 1);
		const token = await scene.linkFor(gone);
		sure(await scene.identity.endAccount(gone.accountId));
		expect(refusalOf(await scene.identity.consumeLink(token, aBrowser))).toBe('link_invalid');
		const letters = await scene.owner('select 1 from identity.outbox');
		sure(await scene.identity.requestLink({ email: gone.email }, { source: source() }));
		expect(await scene.owner('select 1 from identity.outbox')).toHaveLength(letters.length);
	});

	test('if the line in the log cannot be written, nobody is signed in and the link still works', async () => {
		newWindow();
		const token = await scene.linkFor(anouk);
		const before = await countSessions();
		await scene.owner('alter table identity.event add constraint broken check (false) not valid');
		try {
			await expect(scene.identity.consumeLink(token, aBrowser)).rejects.toThrow('broken');
		} finally {
			await scene.owner('alter table identity.event drop constraint broken');
		}
		expect(await countSessions()).toBe(before);
		expect(refusalOf(await scene.identity.consumeLink(token, aBrowser))).toBeUndefined();
	});

	test('a source that fails too often is told so; a true link still works there; a peak raises an alarm', async () => {
		newWindow();
		const from = source();
		for (let i = 0; i < limits.failure_source; i++)
			expect(refusalOf(await scene.identity.consumeLink('A'.repeat(43), { ...aBrowser, source: from }))).toBe('link_invalid');
		const token = await scene.linkFor(anouk);
		expect(refusalOf(await scene.identity.consumeLink('A'.repeat(43), { ...aBrowser, source: from }))).toBe('too_many_tries');
		expect(refusalOf(await scene.identity.consumeLink(token, { ...aBrowser, source: from }))).toBeUndefined();
		for (let i = 0; i < 25; i++) await scene.identity.consumeLink('B'.repeat(43), { ...aBrowser, source: source() });
		const alarms = await scene.owner<{ result: string }>(
			`select result from identity.event where kind = 'alarm.raised' and at >= $1 order by result`,
			[new Date(scene.world.now().getTime() - minute)]
		);
		expect(alarms.map((alarm) => alarm.result)).toEqual(['peak_of_failures', 'too_many_failure_source']);
	});
});
