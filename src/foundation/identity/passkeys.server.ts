import type {
	AuthenticationResponseJSON,
	PublicKeyCredentialCreationOptionsJSON,
	PublicKeyCredentialRequestOptionsJSON,
	RegistrationResponseJSON
} from '@simplewebauthn/server';
import { parse as parseUuid } from 'uuid';
import { ok, refuse } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { writeEvent } from './event.server.ts';
import { inTransaction } from './parts.server.ts';
import type { IdentityParts } from './parts.server.ts';
import { challengeIn, readAssertion, readAttestation } from './passkey-answer.ts';
import type { RateLimit } from './rate-limit.server.ts';
import { hashOf } from './secret.server.ts';
import { makeSession } from './sessions.server.ts';
import type { Browser, SignedIn, Who } from './sessions.server.ts';
import { sourceOf } from './source.ts';

/** Minutes in which a browser can answer a challenge. */
export const challengeMinutes = 5;

/** Most passkeys of one account. */
export const mostPasskeys = 20;

/** EdDSA, ES256 and RS256 (IANA COSE algorithms): what every authenticator in use has at least one of. */
const algorithms = [-8, -7, -257];

/** A passkey as its owner sees it. */
export interface PasskeyLine {
	/** base64url */
	readonly credentialId: string;
	/** Of the browser it was made with. */
	readonly device: string;
	/** Whether it is copied to the owner's other devices. */
	readonly backedUp: boolean;
	readonly madeAt: Date;
	readonly lastUsedAt: Date | null;
}

interface PasskeyRow {
	readonly credential_id: Buffer;
	readonly account_id: string;
	readonly public_key: Buffer;
	readonly counter: number;
	readonly transports: string[];
}

/** The library is large, so it is loaded when the first passkey comes. */
const library = () => import('@simplewebauthn/server');

/** Passkeys (WebAuthn level 3): made by who is signed in, and signing in without an address, because the device offers them itself. */
export function openPasskeys(parts: IdentityParts, rateLimit: RateLimit) {
	const { pool, world, origin } = parts;
	const rpID = new URL(origin).hostname;

	const keepChallenge = async (challenge: string, purpose: 'register' | 'sign_in', accountId: string | null): Promise<void> => {
		const expiresAt = new Date(world.now().getTime() + challengeMinutes * 60_000);
		await pool.query('insert into identity.passkey_challenge (challenge_hash, purpose, account_id, expires_at) values ($1, $2, $3, $4)', [
			...[hashOf(challenge), purpose, accountId, expiresAt]
		]);
	};
	/** Uses a challenge up, whatever comes of the answer: false when it was never given, was given to another, is used or too old. */
	const takeChallenge = async (challenge: string | null, purpose: 'register' | 'sign_in', accountId: string | null): Promise<boolean> => {
		if (challenge === null) return false;
		const { rowCount } = await pool.query(
			'delete from identity.passkey_challenge where challenge_hash = $1 and purpose = $2 and account_id is not distinct from $3 and expires_at > $4',
			[hashOf(challenge), purpose, accountId, world.now()]
		);
		return rowCount === 1;
	};

	/** Writes the failed try down and refuses. `why` is a code: what the library says may quote the answer. */
	const fail = async (
		kind: 'passkey.added' | 'passkey.used',
		why: string,
		source: string,
		accountId: string | null
	): Promise<Outcome<never>> => {
		await writeEvent(pool, world, kind, { result: why, accountId });
		const spent = await rateLimit.isSpent('failure_source', source);
		await rateLimit.countFailure(source);
		return refuse(spent ? 'too_many_tries' : 'passkey_failed');
	};

	return {
		/** What to give `navigator.credentials.create` for a new passkey of someone who is signed in. Refuses `not_allowed` after `mostPasskeys`. */
		async beginPasskey({ account }: Pick<Who, 'account'>): Promise<Outcome<PublicKeyCredentialCreationOptionsJSON>> {
			const { rows } = await pool.query<Pick<PasskeyRow, 'credential_id' | 'transports'>>(
				'select credential_id, transports from identity.passkey where account_id = $1',
				[account.accountId]
			);
			if (rows.length >= mostPasskeys) return refuse('not_allowed');
			const { generateRegistrationOptions } = await library();
			const options = await generateRegistrationOptions({
				rpName: 'Loopplank',
				rpID,
				userName: account.email,
				userDisplayName: account.email,
				userID: new Uint8Array(parseUuid(account.accountId)),
				challenge: new Uint8Array(world.random(32)),
				attestationType: 'none',
				timeout: challengeMinutes * 60_000,
				excludeCredentials: rows.map((row) => ({ id: row.credential_id.toString('base64url'), transports: row.transports })),
				authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'preferred' },
				supportedAlgorithmIDs: algorithms
			});
			await keepChallenge(options.challenge, 'register', account.accountId);
			return ok(options);
		},

		/** Keeps a new passkey. `answer` is what the browser sent, as JSON text. Refuses `passkey_failed`. */
		async addPasskey(
			{ account: { accountId } }: Pick<Who, 'account'>,
			answer: string,
			browser: Pick<Browser, 'source' | 'device'>
		): Promise<Outcome<void>> {
			const source = sourceOf(browser.source);
			const response = readAttestation(answer);
			if (!response) return await fail('passkey.added', 'unreadable', source, accountId);
			const challenge = challengeIn(response.response.clientDataJSON);
			if (challenge === null || !(await takeChallenge(challenge, 'register', accountId)))
				return await fail('passkey.added', 'no_challenge', source, accountId);
			const { verifyRegistrationResponse } = await library();
			const verified = await verdict(() =>
				verifyRegistrationResponse({
					response: response satisfies RegistrationResponseJSON,
					expectedChallenge: challenge,
					expectedOrigin: origin,
					expectedRPID: rpID,
					requireUserVerification: false,
					supportedAlgorithmIDs: algorithms
				})
			);
			const info = verified?.registrationInfo;
			if (!info) return await fail('passkey.added', 'not_verified', source, accountId);
			const kept = await inTransaction(pool, async (client) => {
				const { rowCount } = await client.query(
					`insert into identity.passkey (credential_id, account_id, public_key, counter, transports, backed_up, device, made_at)
					values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (credential_id) do nothing`,
					[
						...[Buffer.from(info.credential.id, 'base64url'), accountId, Buffer.from(info.credential.publicKey), info.credential.counter],
						...[info.credential.transports ?? [], info.credentialBackedUp, browser.device, world.now()]
					]
				);
				if (rowCount === 1) await writeEvent(client, world, 'passkey.added', { accountId });
				return rowCount === 1;
			});
			return kept ? ok(undefined) : await fail('passkey.added', 'known_already', source, accountId);
		},

		/** What to give `navigator.credentials.get` for signing in. Names no account and no key. Refuses `too_many_tries` by source. */
		async beginSignIn({ source }: Pick<Browser, 'source'>): Promise<Outcome<PublicKeyCredentialRequestOptionsJSON>> {
			if (!(await rateLimit.allow('challenge_source', sourceOf(source)))) return refuse('too_many_tries');
			const { generateAuthenticationOptions } = await library();
			const options = await generateAuthenticationOptions({
				rpID,
				challenge: new Uint8Array(world.random(32)),
				timeout: challengeMinutes * 60_000,
				userVerification: 'preferred'
			});
			await keepChallenge(options.challenge, 'sign_in', null);
			return ok(options);
		},

		/** Signs in with a passkey. `answer` is what the browser sent, as JSON text. Refuses `passkey_failed`, `too_many_tries`. */
		async signInWithPasskey(answer: string, browser: Browser): Promise<Outcome<SignedIn>> {
			const source = sourceOf(browser.source);
			const response = readAssertion(answer);
			if (!response) return await fail('passkey.used', 'unreadable', source, null);
			const challenge = challengeIn(response.response.clientDataJSON);
			if (challenge === null || !(await takeChallenge(challenge, 'sign_in', null)))
				return await fail('passkey.used', 'no_challenge', source, null);
			const found = await pool.query<PasskeyRow>(
				`select p.credential_id, p.account_id, p.public_key, p.counter, p.transports from identity.passkey p
				join identity.account a on a.account_id = p.account_id where p.credential_id = $1 and a.ended_at is null`,
				[Buffer.from(response.id, 'base64url')]
			);
			const passkey = found.rows[0];
			if (!passkey) return await fail('passkey.used', 'unknown', source, null);
			const { account_id: accountId } = passkey;
			const { userHandle } = response.response;
			if (userHandle !== undefined && !Buffer.from(userHandle, 'base64url').equals(Buffer.from(parseUuid(accountId))))
				return await fail('passkey.used', 'other_account', source, accountId);
			const { verifyAuthenticationResponse } = await library();
			const verified = await verdict(() =>
				verifyAuthenticationResponse({
					response: response satisfies AuthenticationResponseJSON,
					expectedChallenge: challenge,
					expectedOrigin: origin,
					expectedRPID: rpID,
					requireUserVerification: false,
					credential: {
						id: response.id,
						publicKey: new Uint8Array(passkey.public_key),
						counter: passkey.counter,
						transports: passkey.transports
					}
				})
			);
			if (verified?.verified !== true) return await fail('passkey.used', 'not_verified', source, accountId);
			const { newCounter, credentialBackedUp } = verified.authenticationInfo;
			const signedIn = await inTransaction(pool, async (client) => {
				// A counter that stands still while it should count means a copied key (WebAuthn 6.1.1); of two answers at once one loses here.
				const { rowCount } = await client.query(
					`update identity.passkey set counter = $2, backed_up = $3, last_used_at = $4
					where credential_id = $1 and (counter < $2 or (counter = 0 and $2 = 0))`,
					[passkey.credential_id, newCounter, credentialBackedUp, world.now()]
				);
				if (rowCount !== 1) return null;
				const made = await makeSession(client, parts, accountId, 'passkey', browser);
				await writeEvent(client, world, 'passkey.used', { accountId });
				return made;
			});
			return signedIn ? ok(signedIn) : await fail('passkey.used', 'counter', source, accountId);
		},

		/** The passkeys of an account, newest first. */
		async listPasskeys(accountId: string): Promise<readonly PasskeyLine[]> {
			const { rows } = await pool.query<{
				credential_id: Buffer;
				device: string;
				backed_up: boolean;
				made_at: Date;
				last_used_at: Date | null;
			}>(
				'select credential_id, device, backed_up, made_at, last_used_at from identity.passkey where account_id = $1 order by made_at desc, credential_id',
				[accountId]
			);
			return rows.map((row) => ({
				credentialId: row.credential_id.toString('base64url'),
				device: row.device,
				backedUp: row.backed_up,
				madeAt: row.made_at,
				lastUsedAt: row.last_used_at
			}));
		},

		/** Removes a passkey. Refuses `not_found` when it is not one of this account. */
		async removePasskey(accountId: string, credentialId: string): Promise<Outcome<void>> {
			return await inTransaction(pool, async (client) => {
				const { rowCount } = await client.query('delete from identity.passkey where account_id = $1 and credential_id = $2', [
					accountId,
					Buffer.from(credentialId, 'base64url')
				]);
				if (rowCount !== 1) return refuse('not_found');
				await writeEvent(client, world, 'passkey.removed', { accountId });
				return ok(undefined);
			});
		}
	};
}

/** The library throws for every answer that does not hold. What it says may quote the answer, so only that it failed is kept. */
async function verdict<T>(verify: () => Promise<T>): Promise<T | null> {
	try {
		return await verify();
	} catch {
		return null;
	}
}
