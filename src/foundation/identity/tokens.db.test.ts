import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { windowMinutes } from './rate-limit.server.ts';
import { hashOf } from './secret.server.ts';
import { openIdentityScene, refusalOf, sure } from './testing.server.ts';
import type { IdentityScene, TestPerson } from './testing.server.ts';
import { tokenPrefix } from './tokens.server.ts';
import type { Who } from './identity.server.ts';

let scene: IdentityScene;
let anouk: TestPerson;
let joost: TestPerson;
let who: Who;
beforeAll(async () => {
	scene = await openIdentityScene();
	anouk = await scene.addPerson('Anouk', 1);
	joost = await scene.addPerson('Joost', 2);
	who = await scene.who(await scene.signIn(anouk));
});
afterAll(() => scene.database.drop());

const day = 24 * 60 * 60_000;
const make = async (by: Pick<Who, 'account' | 'acting'> = who, input: object = {}) =>
	await scene.identity.makeToken(by, { key: scene.world.id(), name: 'koppeling', days: '30', ...input });
const find = async (token: string) => await scene.identity.findTokenActor(token, scene.world.now());

test('a token acts as the membership it was made with, by the API; only its hash is kept', async () => {
	const { token, tokenId, expiresAt } = sure(await make());
	expect(token).toMatch(/^loopplank_[A-Za-z0-9_-]{43}$/);
	expect(expiresAt).toEqual(new Date(scene.world.now().getTime() + 30 * day));
	expect(sure(await find(token))).toEqual({ ...who.actor, origin: 'api' });
	const [row] = await scene.owner<{ token_hash: Buffer; text: string }>(
		'select token_hash, to_jsonb(t)::text as text from identity.api_token t where token_id = $1',
		[tokenId]
	);
	expect(row?.token_hash).toEqual(hashOf(token));
	expect(row?.text).not.toContain(token.slice(tokenPrefix.length));
	expect(await scene.identity.listTokens(anouk.accountId)).toContainEqual({
		...{
			tokenId,
			name: 'koppeling',
			membershipId: anouk.membershipIds[0],
			madeAt: scene.world.now(),
			expiresAt,
			lastUsedAt: scene.world.now()
		}
	});
});

describe('a token is refused', () => {
	test.each([
		'',
		'x',
		tokenPrefix,
		tokenPrefix + 'A'.repeat(43),
		'A'.repeat(43),
		`other_${'A'.repeat(43)}`,
		`${tokenPrefix}${'A'.repeat(42)}\0`,
		"' or true --"
	])('when it is forged: %j', async (token) => {
		expect(refusalOf(await find(token))).toBe('token_invalid');
	});

	test('when it is the cookie of a session, and the other way round', async () => {
		scene.world.tick(windowMinutes * 60_000);
		const { cookie } = await scene.signIn(anouk);
		expect(refusalOf(await find(cookie))).toBe('token_invalid');
		expect(refusalOf(await find(tokenPrefix + cookie))).toBe('token_invalid');
		const { token } = sure(await make());
		expect(refusalOf(await scene.identity.actorOf(token))).toBe('session_ended');
		expect(refusalOf(await scene.identity.actorOf(token.slice(tokenPrefix.length)))).toBe('session_ended');
	});

	test('from the moment it expires', async () => {
		const { token, expiresAt } = sure(await make(who, { days: '7' }));
		expect((await scene.identity.findTokenActor(token, new Date(expiresAt.getTime() - 1))).ok).toBe(true);
		expect(refusalOf(await scene.identity.findTokenActor(token, expiresAt))).toBe('token_invalid');
	});

	test('when it was ended, by its own account only', async () => {
		const { token, tokenId } = sure(await make());
		expect(refusalOf(await scene.identity.endToken(joost.accountId, tokenId))).toBe('not_found');
		for (const none of ['', 'x', '\0']) expect(refusalOf(await scene.identity.endToken(anouk.accountId, none))).toBe('not_found');
		expect((await find(token)).ok).toBe(true);
		sure(await scene.identity.endToken(anouk.accountId, tokenId));
		expect(refusalOf(await find(token))).toBe('token_invalid');
		expect(refusalOf(await scene.identity.endToken(anouk.accountId, tokenId))).toBe('not_found');
		expect((await scene.identity.listTokens(anouk.accountId)).map((line) => line.tokenId)).not.toContain(tokenId);
	});

	test('when its membership ended, while another of the same person goes on', async () => {
		scene.world.tick(windowMinutes * 60_000);
		const signedIn = await scene.signIn(joost);
		const tokens: string[] = [];
		for (const membershipId of joost.membershipIds) {
			sure(await scene.identity.chooseMembership(await scene.who(signedIn), membershipId));
			tokens.push(sure(await make(await scene.who(signedIn))).token);
		}
		const [first = '', second = ''] = tokens;
		await scene.owner('update membership set valid_until = $2 where membership_id = $1', [joost.membershipIds[0], scene.world.now()]);
		expect(refusalOf(await find(first))).toBe('token_invalid');
		expect(sure(await find(second)).membershipId).toBe(joost.membershipIds[1]);
	});

	test('when its account ended', async () => {
		scene.world.tick(windowMinutes * 60_000);
		const gone = await scene.addPerson('Gone', 1);
		const { token } = sure(await make(await scene.who(await scene.signIn(gone))));
		sure(await scene.identity.endAccount(gone.accountId));
		expect(refusalOf(await find(token))).toBe('token_invalid');
	});
});

describe('making one', () => {
	test('is for who acts with a membership', async () => {
		expect(refusalOf(await make({ account: who.account, acting: null }))).toBe('not_allowed');
	});

	test('wants a name and a term, all mistakes at once', async () => {
		expect(await make(who, { key: 'x', name: ' ', days: '91' })).toMatchObject({
			ok: false,
			refusal: {
				code: 'invalid',
				fields: [
					{ path: ['key'], code: 'not_an_id' },
					{ path: ['name'], code: 'required' },
					{ path: ['days'], code: 'not_a_choice' }
				]
			}
		});
		expect(await make(who, { name: 'n'.repeat(61) })).toMatchObject({ refusal: { fields: [{ path: ['name'], code: 'too_long' }] } });
	});

	test('with the same form again makes no second token: the last text is the one that works, until it was used', async () => {
		const key = scene.world.id();
		const first = sure(await make(who, { key }));
		const second = sure(await make(who, { key }));
		expect(refusalOf(await find(first.token))).toBe('token_invalid');
		expect((await find(second.token)).ok).toBe(true);
		expect((await scene.identity.listTokens(anouk.accountId)).filter((line) => line.tokenId === key)).toHaveLength(1);
		expect(refusalOf(await make(who, { key }))).toBe('key_reused');
		expect((await find(second.token)).ok).toBe(true);
	});

	test("with the key of another's token changes nothing of theirs", async () => {
		scene.world.tick(windowMinutes * 60_000);
		const mine = sure(await make());
		const other = await scene.who(await scene.signIn(await scene.addPerson('Mallory', 1)));
		expect(refusalOf(await make(other, { key: mine.tokenId }))).toBe('key_reused');
		expect((await find(mine.token)).ok).toBe(true);
	});

	test('for more than 90 days is refused by the database itself', async () => {
		const { tokenId } = sure(await make());
		await expect(
			scene.owner(`update identity.api_token set expires_at = made_at + interval '90 days 1 second' where token_id = $1`, [tokenId])
		).rejects.toThrow('check');
	});
});
