import { ok, refuse } from '../outcome.ts';
import type { Outcome, RefusalCode } from '../outcome.ts';
import { parseInput } from '../text/free-text.schema.ts';
import type { Locale } from '../text/text.ts';
import { writeEvent } from './event.server.ts';
import { inTransaction } from './parts.server.ts';
import type { IdentityParts, Queryable } from './parts.server.ts';
import type { RateLimit } from './rate-limit.server.ts';
import { hashOf, isSecret, keyedHash } from './secret.server.ts';
import { makeSession } from './sessions.server.ts';
import type { Browser, SignedIn } from './sessions.server.ts';
import { linkRequestSchema } from './sign-in.schema.ts';
import { sourceOf } from './source.ts';

/** Minutes that a link for signing in works. */
export const linkMinutes = 15;

/** What the letter with a link needs. */
export interface LinkLetter {
	readonly email: string;
	readonly locale: Locale;
	/** The address to open. Shows a button; opening it signs nobody in. */
	readonly url: string;
	readonly expiresAt: Date;
}

interface LinkRow {
	readonly used_at: Date | null;
	readonly expires_at: Date;
	readonly ended_at: Date | null;
}

/** Links that sign in once: asked for, looked at, used. */
export function openLinks(parts: IdentityParts, rateLimit: RateLimit) {
	const { pool, keyring, world, origin } = parts;

	/** The secret in a link: whoever has the key of this installation can make it again from the id, and nobody else. */
	const secretOf = async (linkId: string): Promise<string> =>
		keyedHash(await keyring.secret('one-time-link'), linkId).toString('base64url');

	/** Why a link does not work; null when it does. */
	const against = async (from: Queryable, token: string): Promise<RefusalCode | null> => {
		if (!isSecret(token)) return 'link_invalid';
		const { rows } = await from.query<LinkRow>(
			`select l.used_at, l.expires_at, a.ended_at from identity.one_time_link l join identity.account a on a.account_id = l.account_id
			where l.token_hash = $1 and l.purpose = 'sign_in'`,
			[hashOf(token)]
		);
		const link = rows[0];
		if (!link || link.ended_at !== null) return 'link_invalid';
		if (link.used_at !== null) return 'link_used';
		return link.expires_at <= world.now() ? 'link_expired' : null;
	};

	return {
		/**
		 * Sends a link to an address, if it is that of an account. The answer is the same when it is not: the same statement runs over one account or
		 * none. Refuses `invalid` for what is no address, `too_many_tries` by address and by source.
		 */
		async requestLink(input: { readonly email: unknown }, { source }: Pick<Browser, 'source'>): Promise<Outcome<void>> {
			const parsed = parseInput(linkRequestSchema, input);
			if (!parsed.ok) return parsed;
			const { email } = parsed.value;
			const [ofSource, ofAddress] = [await rateLimit.allow('link_source', sourceOf(source)), await rateLimit.allow('link_address', email)];
			if (!ofSource || !ofAddress) return refuse('too_many_tries');
			const now = world.now();
			const linkId = world.id();
			await pool.query(
				`with account as (
					select account_id from identity.account where email = $1 and ended_at is null
				), link as (
					insert into identity.one_time_link (link_id, account_id, purpose, token_hash, made_at, expires_at)
					select $2, account_id, 'sign_in', $3, $4, $5 from account returning link_id
				), letter as (
					insert into identity.outbox (outbox_id, kind, payload, at) select $6, 'signin.link', jsonb_build_object('link_id', link_id), $4 from link
				)
				insert into identity.event (event_id, kind, account_id, result, at)
				select $7, 'link.asked', (select account_id from account), case when exists (select from account) then 'done' else 'unknown_address' end, $4`,
				[email, linkId, hashOf(await secretOf(linkId)), now, new Date(now.getTime() + linkMinutes * 60_000), world.id(), world.id()]
			);
			return ok(undefined);
		},

		/** What to write in the letter of a link; null when there is nothing to send any more: used, expired, or the account ended. */
		async findLinkLetter(linkId: string): Promise<LinkLetter | null> {
			const { rows } = await pool.query<{ email: string; locale: Locale; expires_at: Date }>(
				`select a.email, a.locale, l.expires_at from identity.one_time_link l join identity.account a on a.account_id = l.account_id
				where l.link_id = $1 and l.used_at is null and l.expires_at > $2 and a.ended_at is null`,
				[linkId, world.now()]
			);
			const row = rows[0];
			if (!row) return null;
			return { email: row.email, locale: row.locale, url: `${origin}/inloggen/link/${await secretOf(linkId)}`, expiresAt: row.expires_at };
		},

		/** Whether a link would work, for the page with its button. Uses nothing up: mail scanners open links too. */
		async lookAtLink(token: string): Promise<Outcome<void>> {
			const reason = await against(pool, token);
			return reason === null ? ok(undefined) : refuse(reason);
		},

		/**
		 * Signs in with a link, once: using it up, the session and the line in the log are one transaction.
		 * Refuses `link_invalid`, `link_used`, `link_expired`, `too_many_tries`.
		 */
		async consumeLink(token: string, browser: Browser): Promise<Outcome<SignedIn>> {
			const source = sourceOf(browser.source);
			const outcome = await inTransaction(pool, async (client): Promise<Outcome<SignedIn>> => {
				// Of two at once the second waits here for the first, and then finds it used.
				const { rows } = isSecret(token)
					? await client.query<{ account_id: string }>(
							`update identity.one_time_link l set used_at = $2 from identity.account a
							where l.token_hash = $1 and l.purpose = 'sign_in' and l.used_at is null and l.expires_at > $2
								and a.account_id = l.account_id and a.ended_at is null
							returning l.account_id`,
							[hashOf(token), world.now()]
						)
					: { rows: [] };
				const accountId = rows[0]?.account_id;
				if (accountId === undefined) {
					const reason = (await against(client, token)) ?? 'link_invalid';
					await writeEvent(client, world, 'link.used', { result: reason });
					return refuse(reason);
				}
				const signedIn = await makeSession(client, parts, accountId, 'link', browser);
				await writeEvent(client, world, 'link.used', { accountId });
				return ok(signedIn);
			});
			if (outcome.ok) return outcome;
			// Only failures are limited: a whole neighbourhood office may share one source, and 256 bits are not guessed.
			const spent = await rateLimit.isSpent('failure_source', source);
			await rateLimit.countFailure(source);
			return spent ? refuse('too_many_tries') : outcome;
		}
	};
}
