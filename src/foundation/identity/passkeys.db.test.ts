import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { challengeMinutes, mostPasskeys } from './passkeys.server.ts';
import { windowMinutes } from './rate-limit.server.ts';
import { SoftwareAuthenticator } from './software-authenticator.ts';
import type { Tampering } from './software-authenticator.ts';
import { aBrowser, openIdentityScene, refusalOf, sure, testOrigin } from './testing.server.ts';
import type { IdentityScene, TestPerson } from './testing.server.ts';
import type { Who } from './identity.server.ts';

let scene: IdentityScene;
let anouk: TestPerson;
let who: Who;
beforeAll(async () => {
	scene = await openIdentityScene();
	anouk = await scene.addPerson('Anouk', 1);
	who = await scene.who(await scene.signIn(anouk));
});
afterAll(() => scene.database.drop());

const newWindow = (): void => scene.world.tick(windowMinutes * 60_000);
const add = async (by: Pick<Who, 'account'>, authenticator: SoftwareAuthenticator, tampering: Tampering = {}) => {
	const options = sure(await scene.identity.beginPasskey(by));
	return await scene.identity.addPasskey(by, authenticator.create(options, testOrigin, tampering), aBrowser);
};
const signIn = async (authenticator: SoftwareAuthenticator, tampering: Tampering = {}) => {
	const options = sure(await scene.identity.beginSignIn(aBrowser));
	return await scene.identity.signInWithPasskey(authenticator.get(options, testOrigin, tampering), aBrowser);
};
const lastEvent = async () =>
	(await scene.owner<{ kind: string; result: string }>('select kind, result from identity.event order by event_id desc limit 1'))[0];

test('a passkey is made by who is signed in, signs in without an address, and is seen and removed', async () => {
	newWindow();
	const phone = new SoftwareAuthenticator();
	expect(refusalOf(await signIn(phone))).toBe('passkey_failed');
	sure(await add(who, phone));
	expect(await scene.identity.listPasskeys(anouk.accountId)).toEqual([
		{
			credentialId: phone.credentialId.toString('base64url'),
			device: 'Firefox, Linux',
			backedUp: false,
			madeAt: scene.world.now(),
			lastUsedAt: null
		}
	]);
	const signedIn = sure(await signIn(phone));
	expect((await scene.who(signedIn)).actor?.membershipId).toBe(anouk.membershipIds[0]);
	expect(await scene.identity.listSessions(anouk.accountId)).toContainEqual(
		expect.objectContaining({ sessionId: signedIn.sessionId, by: 'passkey' })
	);
	expect(refusalOf(await signIn(phone))).toBeUndefined();
	sure(await scene.identity.removePasskey(anouk.accountId, phone.credentialId.toString('base64url')));
	expect(refusalOf(await signIn(phone))).toBe('passkey_failed');
});

test('what the browser is asked names the site, asks for a key that it can offer by itself, and no account before signing in', async () => {
	newWindow();
	const creation = sure(await scene.identity.beginPasskey(who));
	expect(creation).toMatchObject({
		rp: { id: 'pot.example', name: 'Loopplank' },
		attestation: 'none',
		authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
		user: { id: Buffer.from(anouk.accountId.replaceAll('-', ''), 'hex').toString('base64url') }
	});
	const request = sure(await scene.identity.beginSignIn(aBrowser));
	expect(request).toMatchObject({ rpId: 'pot.example', userVerification: 'preferred' });
	expect(request.allowCredentials ?? []).toEqual([]);
	expect(Buffer.from(request.challenge, 'base64url')).toHaveLength(32);
});

describe('a challenge', () => {
	test('is used up by the first answer, right or wrong', async () => {
		newWindow();
		const key = new SoftwareAuthenticator();
		const creation = sure(await scene.identity.beginPasskey(who));
		sure(await scene.identity.addPasskey(who, key.create(creation, testOrigin), aBrowser));
		expect(refusalOf(await scene.identity.addPasskey(who, new SoftwareAuthenticator().create(creation, testOrigin), aBrowser))).toBe(
			'passkey_failed'
		);
		const request = sure(await scene.identity.beginSignIn(aBrowser));
		expect(
			refusalOf(await scene.identity.signInWithPasskey(key.get(request, testOrigin, { origin: 'https://nep.example' }), aBrowser))
		).toBe('passkey_failed');
		expect(refusalOf(await scene.identity.signInWithPasskey(key.get(request, testOrigin), aBrowser))).toBe('passkey_failed');
		expect(await lastEvent()).toEqual({ kind: 'passkey.used', result: 'no_challenge' });
		const answer = key.get(sure(await scene.identity.beginSignIn(aBrowser)), testOrigin);
		const both = await Promise.all([
			scene.identity.signInWithPasskey(answer, aBrowser),
			scene.identity.signInWithPasskey(answer, aBrowser)
		]);
		expect(both.filter((outcome) => outcome.ok)).toHaveLength(1);
	});

	test(`lasts ${challengeMinutes} minutes`, async () => {
		newWindow();
		const key = new SoftwareAuthenticator();
		sure(await add(who, key));
		const late = sure(await scene.identity.beginSignIn(aBrowser));
		scene.world.tick(challengeMinutes * 60_000);
		expect(refusalOf(await scene.identity.signInWithPasskey(key.get(late, testOrigin), aBrowser))).toBe('passkey_failed');
	});

	test('of one account or purpose is of no use to another', async () => {
		newWindow();
		const ravi = await scene.addPerson('Ravi', 1);
		const other = await scene.who(await scene.signIn(ravi));
		const creation = sure(await scene.identity.beginPasskey(who));
		expect(refusalOf(await scene.identity.addPasskey(other, new SoftwareAuthenticator().create(creation, testOrigin), aBrowser))).toBe(
			'passkey_failed'
		);
		const key = new SoftwareAuthenticator();
		sure(await add(who, key));
		const forMaking = sure(await scene.identity.beginPasskey(who));
		expect(refusalOf(await scene.identity.signInWithPasskey(key.get(forMaking, testOrigin), aBrowser))).toBe('passkey_failed');
	});
});

describe('an answer is refused', () => {
	const key = new SoftwareAuthenticator();
	beforeAll(async () => {
		newWindow();
		sure(await add(who, key));
	});

	test.each<[string, Tampering]>([
		['for another site', { origin: 'https://pot.example.nep.example' }],
		['for another relying party', { rpId: 'nep.example' }],
		['of the wrong kind', { type: 'webauthn.create' }],
		['to a challenge nobody gave', { challenge: 'A'.repeat(43) }],
		['signed with another key', { signer: new SoftwareAuthenticator() }],
		["that names another's account", { userHandle: Buffer.alloc(16, 7).toString('base64url') }],
		['without anyone present', { userPresent: false }],
		['with a counter that stands still', { counter: 1 }],
		['with a counter that went back', { counter: 0 }]
	])('%s', async (_why, tampering) => {
		newWindow();
		expect(refusalOf(await signIn(key))).toBeUndefined();
		expect(refusalOf(await signIn(key, tampering))).toBe('passkey_failed');
		expect((await lastEvent())?.kind).toBe('passkey.used');
		expect(refusalOf(await signIn(key))).toBeUndefined();
	});

	test.each<[string, Tampering]>([
		['for another site', { origin: 'http://pot.example' }],
		['for another relying party', { rpId: 'nep.example' }],
		['of the wrong kind', { type: 'webauthn.get' }],
		['without anyone present', { userPresent: false }]
	])('when a passkey is made %s', async (_why, tampering) => {
		newWindow();
		const before = await scene.identity.listPasskeys(anouk.accountId);
		expect(refusalOf(await add(who, new SoftwareAuthenticator(), tampering))).toBe('passkey_failed');
		expect(await scene.identity.listPasskeys(anouk.accountId)).toEqual(before);
	});

	test.each(['', 'null', '{', '[]', '{}', '{"id":"x","rawId":"x","type":"public-key","response":{}}', 'x'.repeat(100_000), '{"id":1}'])(
		'when it is %j',
		async (answer) => {
			newWindow();
			expect(refusalOf(await scene.identity.signInWithPasskey(answer, aBrowser))).toBe('passkey_failed');
			expect(refusalOf(await scene.identity.addPasskey(who, answer, aBrowser))).toBe('passkey_failed');
		}
	);

	test('when its account has ended', async () => {
		newWindow();
		const gone = await scene.addPerson('Gone', 1);
		const theirs = new SoftwareAuthenticator();
		sure(await add(await scene.who(await scene.signIn(gone)), theirs));
		expect(refusalOf(await signIn(theirs))).toBeUndefined();
		sure(await scene.identity.endAccount(gone.accountId));
		expect(refusalOf(await signIn(theirs))).toBe('passkey_failed');
	});

	test('after too many from one source, save with a true passkey', async () => {
		newWindow();
		for (let i = 0; i < 30; i++) expect(refusalOf(await scene.identity.signInWithPasskey('{}', aBrowser))).toBe('passkey_failed');
		expect(refusalOf(await scene.identity.signInWithPasskey('{}', aBrowser))).toBe('too_many_tries');
		expect(refusalOf(await signIn(key))).toBeUndefined();
	});
});

test('the same passkey cannot be added twice, nor by another account', async () => {
	newWindow();
	const key = new SoftwareAuthenticator();
	sure(await add(who, key));
	const fatima = await scene.addPerson('Fatima', 1);
	const other = await scene.who(await scene.signIn(fatima));
	expect(refusalOf(await add(who, key))).toBe('passkey_failed');
	expect(refusalOf(await add(other, key))).toBe('passkey_failed');
	expect(refusalOf(await scene.identity.removePasskey(fatima.accountId, key.credentialId.toString('base64url')))).toBe('not_found');
	expect(await scene.identity.listPasskeys(fatima.accountId)).toEqual([]);
});

test(`an account has at most ${mostPasskeys} passkeys`, async () => {
	newWindow();
	const tom = await scene.who(await scene.signIn(await scene.addPerson('Tom', 1)));
	for (let i = 0; i < mostPasskeys; i++) sure(await add(tom, new SoftwareAuthenticator()));
	expect(refusalOf(await scene.identity.beginPasskey(tom))).toBe('not_allowed');
});
