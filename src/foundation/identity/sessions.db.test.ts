import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { windowMinutes } from './rate-limit.server.ts';
import { hashOf } from './secret.server.ts';
import { idleHours, longestDays, seenMinutes } from './sessions.server.ts';
import { aBrowser, openIdentityScene, refusalOf, sure } from './testing.server.ts';
import type { IdentityScene, TestPerson } from './testing.server.ts';

let scene: IdentityScene;
let anouk: TestPerson;
let joost: TestPerson;
beforeAll(async () => {
	scene = await openIdentityScene();
	anouk = await scene.addPerson('Anouk', 1);
	joost = await scene.addPerson('Joost', 2);
});
afterAll(() => scene.database.drop());

const minute = 60_000;
const hour = 60 * minute;
const signIn = async (person: TestPerson, cookie?: string) => {
	scene.world.tick(windowMinutes * minute);
	return await scene.signIn(person, { cookie });
};
const refused = async (cookie: string | undefined) => refusalOf(await scene.identity.actorOf(cookie));

describe('the cookie', () => {
	test('says who it is and as what they act', async () => {
		const signedIn = await signIn(anouk);
		const who = await scene.who(signedIn);
		expect(who).toMatchObject({
			account: { accountId: anouk.accountId, email: 'anouk@real.example', locale: 'nl' },
			sessionId: signedIn.sessionId,
			acting: { personName: 'Anouk', organisationName: 'organisatie 0', networkName: 'Netwerk echt' },
			actor: {
				networkId: scene.networks.real.networkId,
				personId: anouk.personId,
				membershipId: anouk.membershipIds[0],
				organisationId: scene.networks.real.organisations[0],
				roles: ['professional'],
				origin: 'page'
			}
		});
	});

	test('only its hash is kept', async () => {
		const { cookie, sessionId } = await signIn(anouk);
		const [row] = await scene.owner<{ token_hash: Buffer; text: string }>(
			'select token_hash, to_jsonb(s)::text as text from identity.session s where session_id = $1',
			[sessionId]
		);
		expect(row?.token_hash).toEqual(hashOf(cookie));
		expect(row?.text).not.toContain(cookie);
	});

	test('without one nobody is signed in; a forged one is an ended session', async () => {
		expect(await refused(undefined)).toBe('not_signed_in');
		expect(await refused('')).toBe('not_signed_in');
		for (const forged of ['x', 'A'.repeat(43), 'A'.repeat(10_000), `${'A'.repeat(42)}\0`, "' or true --"])
			expect(await refused(forged)).toBe('session_ended');
		const { cookie, sessionId } = await signIn(anouk);
		expect(await refused(sessionId)).toBe('session_ended');
		expect(await refused(hashOf(cookie).toString('base64url'))).toBe('session_ended');
	});

	test('one that was planted before signing in is never taken over, and the session it was of ends', async () => {
		const planted = 'P'.repeat(43);
		const signedIn = await signIn(anouk, planted);
		expect(signedIn.cookie).not.toBe(planted);
		expect(await refused(planted)).toBe('session_ended');
		const again = await signIn(joost, signedIn.cookie);
		expect(again.cookie).not.toBe(signedIn.cookie);
		expect(await refused(signedIn.cookie)).toBe('session_ended');
		expect((await scene.who(again)).account.accountId).toBe(joost.accountId);
	});
});

describe('the end of a session', () => {
	test(`comes after ${idleHours} hours without a request, and is put off by one`, async () => {
		const { cookie } = await signIn(anouk);
		for (let i = 0; i < 3; i++) {
			scene.world.tick(idleHours * hour - 1);
			expect(await refused(cookie)).toBeUndefined();
		}
		scene.world.tick(idleHours * hour);
		expect(await refused(cookie)).toBe('session_ended');
	});

	test(`comes after ${longestDays} days whatever happens`, async () => {
		const { cookie, expiresAt } = await signIn(anouk);
		const end = scene.world.now().getTime() + longestDays * 24 * hour;
		expect(expiresAt).toEqual(new Date(end));
		while (scene.world.now().getTime() + 7 * hour < end) {
			scene.world.tick(7 * hour);
			expect(await refused(cookie)).toBeUndefined();
		}
		scene.world.set(new Date(end));
		expect(await refused(cookie)).toBe('session_ended');
	});

	test('being seen is written at most once in five minutes', async () => {
		const { cookie, sessionId } = await signIn(anouk);
		const seen = async () =>
			(
				await scene.owner<{ seen_at: Date }>('select seen_at from identity.session where session_id = $1', [sessionId])
			)[0]?.seen_at.getTime();
		const first = await seen();
		scene.world.tick(seenMinutes * minute - 1);
		await scene.identity.actorOf(cookie);
		expect(await seen()).toBe(first);
		scene.world.tick(1);
		await scene.identity.actorOf(cookie);
		expect(await seen()).toBe((first ?? 0) + seenMinutes * minute);
	});

	test('one can be ended, by its own account only', async () => {
		const mine = await signIn(anouk);
		const other = await signIn(joost);
		expect(refusalOf(await scene.identity.endSession(joost.accountId, mine.sessionId))).toBe('not_found');
		for (const none of ['', 'x', '\0']) expect(refusalOf(await scene.identity.endSession(anouk.accountId, none))).toBe('not_found');
		expect(await refused(mine.cookie)).toBeUndefined();
		sure(await scene.identity.endSession(anouk.accountId, mine.sessionId));
		expect(await refused(mine.cookie)).toBe('session_ended');
		expect(await refused(other.cookie)).toBeUndefined();
		expect(refusalOf(await scene.identity.endSession(anouk.accountId, mine.sessionId))).toBe('not_found');
	});

	test('all others end at once, and links that were under way', async () => {
		const stranger = await signIn(joost);
		const [first, second] = [await signIn(anouk), await signIn(anouk)];
		const token = await scene.linkFor(anouk);
		const here = await scene.signIn(anouk);
		expect(await scene.identity.endOtherSessions(await scene.who(here))).toBeGreaterThanOrEqual(2);
		expect(await refused(first.cookie)).toBe('session_ended');
		expect(await refused(second.cookie)).toBe('session_ended');
		expect(refusalOf(await scene.identity.consumeLink(token, aBrowser))).toBe('link_invalid');
		expect(await refused(here.cookie)).toBeUndefined();
		expect(await refused(stranger.cookie)).toBeUndefined();
		expect(await scene.identity.listSessions(anouk.accountId)).toEqual([
			{ sessionId: here.sessionId, device: 'Firefox, Linux', by: 'link', madeAt: scene.world.now(), seenAt: scene.world.now() }
		]);
	});

	test('of the account ends every session', async () => {
		const gone = await scene.addPerson('Gone', 1);
		const { cookie } = await signIn(gone);
		sure(await scene.identity.endAccount(gone.accountId));
		expect(await refused(cookie)).toBe('session_ended');
		expect(refusalOf(await scene.identity.endAccount(gone.accountId))).toBe('not_found');
		expect(await scene.identity.findAddress(gone.accountId)).toBeNull();
		expect(await scene.identity.ensureAccount({ email: gone.email, locale: 'nl' })).not.toBe(gone.accountId);
	});
});

describe('choosing', () => {
	test('with several memberships nobody acts until one is chosen', async () => {
		const signedIn = await signIn(joost);
		expect(signedIn).toMatchObject({ acting: null, memberships: [{}, {}] });
		expect(await scene.who(signedIn)).toMatchObject({ actor: null, acting: null, memberships: [{}, {}] });
		const [first, second] = joost.membershipIds;
		for (const membershipId of [first, second, first]) {
			sure(await scene.identity.chooseMembership(await scene.who(signedIn), membershipId ?? ''));
			expect((await scene.who(signedIn)).actor?.membershipId).toBe(membershipId);
		}
	});

	test("another's membership cannot be chosen, nor what is no id", async () => {
		const who = await scene.who(await signIn(joost));
		for (const foreign of [anouk.membershipIds[0] ?? '', '', 'x', joost.personId])
			expect(refusalOf(await scene.identity.chooseMembership(who, foreign))).toBe('not_found');
	});

	test('a session that ended cannot choose', async () => {
		const signedIn = await signIn(joost);
		const who = await scene.who(signedIn);
		sure(await scene.identity.endSession(joost.accountId, signedIn.sessionId));
		expect(refusalOf(await scene.identity.chooseMembership(who, joost.membershipIds[0] ?? ''))).toBe('session_ended');
	});

	test('someone without a membership is signed in and cannot act', async () => {
		const nobody = await scene.addPerson('Nobody', 0);
		expect(await scene.who(await signIn(nobody))).toMatchObject({ actor: null, memberships: [] });
	});

	test('a membership that ended cannot act, and no other steps in for it', async () => {
		const petra = await scene.addPerson('Petra', 2);
		const signedIn = await signIn(petra);
		sure(await scene.identity.chooseMembership(await scene.who(signedIn), petra.membershipIds[0] ?? ''));
		const until = new Date(scene.world.now().getTime() + hour);
		await scene.owner('update membership set valid_until = $2 where membership_id = $1', [petra.membershipIds[0], until]);
		scene.world.set(new Date(until.getTime() - 1));
		expect((await scene.who(signedIn)).actor?.membershipId).toBe(petra.membershipIds[0]);
		scene.world.set(until);
		const who = await scene.who(signedIn);
		expect(who).toMatchObject({ actor: null, acting: null });
		expect(who.memberships.map(({ membershipId }) => membershipId)).toEqual([petra.membershipIds[1]]);
		expect(refusalOf(await scene.identity.chooseMembership(who, petra.membershipIds[0] ?? ''))).toBe('not_found');
	});

	test('an organisation that left the network takes its people along', async () => {
		const ravi = await scene.addPerson('Ravi', 1);
		const signedIn = await signIn(ravi);
		await scene.owner('update organisation set left_at = $2 where organisation_id = $1', [
			scene.networks.real.organisations[0],
			scene.world.now()
		]);
		try {
			expect((await scene.who(signedIn)).actor).toBeNull();
		} finally {
			await scene.owner('update organisation set left_at = null where organisation_id = $1', [scene.networks.real.organisations[0]]);
		}
		expect((await scene.who(signedIn)).actor?.membershipId).toBe(ravi.membershipIds[0]);
	});
});
