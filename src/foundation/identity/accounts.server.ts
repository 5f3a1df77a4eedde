import { parseInput } from '../text/free-text.schema.ts';
import type { Locale } from '../text/text.ts';
import { ok, refuse } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { writeEvent } from './event.server.ts';
import { inTransaction } from './parts.server.ts';
import type { IdentityParts } from './parts.server.ts';
import { linkRequestSchema } from './sign-in.schema.ts';

/** Accounts: made by whoever sets a network up, never by asking for a link. */
export function openAccounts({ pool, world }: IdentityParts) {
	return {
		/**
		 * The account with this address, made when there is none. For setting a network up, where an administrator gives the addresses.
		 * Throws when the address is none.
		 */
		async ensureAccount({ email, locale }: { readonly email: string; readonly locale: Locale }): Promise<string> {
			const parsed = parseInput(linkRequestSchema, { email });
			if (!parsed.ok) throw new RangeError('An account needs an e-mail address.');
			const folded = parsed.value.email;
			return await inTransaction(pool, async (client) => {
				const made = await client.query<{ account_id: string }>(
					`insert into identity.account (account_id, email, locale, made_at) values ($1, $2, $3, $4)
					on conflict (email) where ended_at is null do nothing returning account_id`,
					[world.id(), folded, locale, world.now()]
				);
				const accountId = made.rows[0]?.account_id;
				if (accountId !== undefined) {
					await writeEvent(client, world, 'account.made', { accountId });
					return accountId;
				}
				const found = await client.query<{ account_id: string }>(
					'select account_id from identity.account where email = $1 and ended_at is null',
					[folded]
				);
				const there = found.rows[0]?.account_id;
				if (there === undefined) throw new Error('The account ended while it was looked up.');
				return there;
			});
		},

		/** Where letters to an account go, and in which language; null when it has ended. */
		async findAddress(accountId: string): Promise<{ email: string; locale: Locale } | null> {
			const { rows } = await pool.query<{ email: string; locale: Locale }>(
				'select email, locale from identity.account where account_id = $1 and ended_at is null',
				[accountId]
			);
			return rows[0] ?? null;
		},

		/** Ends an account, and with it its sessions and tokens. Refuses `not_found` when there is none that has not ended. */
		async endAccount(accountId: string): Promise<Outcome<void>> {
			return await inTransaction(pool, async (client) => {
				const now = world.now();
				const { rowCount } = await client.query('update identity.account set ended_at = $2 where account_id = $1 and ended_at is null', [
					accountId,
					now
				]);
				if (rowCount !== 1) return refuse('not_found');
				await client.query('update identity.session set ended_at = $2 where account_id = $1 and ended_at is null', [accountId, now]);
				await client.query('update identity.api_token set ended_at = $2 where account_id = $1 and ended_at is null', [accountId, now]);
				await client.query('delete from identity.passkey where account_id = $1', [accountId]);
				await writeEvent(client, world, 'account.ended', { accountId });
				return ok(undefined);
			});
		}
	};
}
