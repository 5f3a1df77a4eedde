import type { Actor } from '../actor.ts';
import { ok, refuse } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { parseInput } from '../text/free-text.schema.ts';
import { writeEvent } from './event.server.ts';
import { actorFor, membershipOf, membershipsSql } from './memberships.server.ts';
import type { MembershipRow } from './memberships.server.ts';
import { inTransaction } from './parts.server.ts';
import type { IdentityParts } from './parts.server.ts';
import { hashOf, isId, isSecret, newSecret } from './secret.server.ts';
import type { Who } from './sessions.server.ts';
import { newTokenSchema } from './sign-in.schema.ts';

/** Before every token, so that programs that look for leaked secrets know one of ours. */
export const tokenPrefix = 'loopplank_';

/** Minutes within which being used again is not written down. */
const usedMinutes = 5;

/** A token as its owner sees it; its text is not kept. */
export interface TokenLine {
	readonly tokenId: string;
	readonly name: string;
	readonly membershipId: string;
	readonly madeAt: Date;
	readonly expiresAt: Date;
	readonly lastUsedAt: Date | null;
}

const hashOfToken = (token: string): Buffer | null =>
	token.startsWith(tokenPrefix) && isSecret(token.slice(tokenPrefix.length)) ? hashOf(token) : null;

/** Personal tokens for the API, each acting as one membership for at most 90 days. */
export function openTokens({ pool, world }: IdentityParts) {
	return {
		/**
		 * Makes a token for the membership that someone acts with now. The text is given this once. The same form sent again gives a new text for the same
		 * token while it was never used, else refuses `key_reused`. Refuses `not_allowed` to someone who acts with nothing, `invalid` with field errors.
		 */
		async makeToken(
			who: Pick<Who, 'account' | 'acting'>,
			input: { readonly key: unknown; readonly name: unknown; readonly days: unknown }
		): Promise<Outcome<{ readonly token: string; readonly tokenId: string; readonly expiresAt: Date }>> {
			const parsed = parseInput(newTokenSchema, input);
			if (!parsed.ok) return parsed;
			const { acting, account } = who;
			if (!acting) return refuse('not_allowed');
			const now = world.now();
			const { key, name, days } = parsed.value;
			const token = tokenPrefix + newSecret(world);
			const expiresAt = new Date(now.getTime() + Number(days) * 24 * 60 * 60_000);
			return await inTransaction(pool, async (client) => {
				const { rowCount } = await client.query(
					`insert into identity.api_token as t (token_id, token_hash, account_id, network_id, person_id, membership_id, name, made_at, expires_at)
					values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
					on conflict (token_id) do update set token_hash = excluded.token_hash
					where t.account_id = excluded.account_id and t.membership_id = excluded.membership_id and t.name = excluded.name
						and t.last_used_at is null and t.ended_at is null and t.expires_at > $8`,
					[key, hashOf(token), account.accountId, acting.networkId, acting.personId, acting.membershipId, name, now, expiresAt]
				);
				if (rowCount !== 1) return refuse('key_reused');
				await writeEvent(client, world, 'token.made', { accountId: account.accountId });
				return ok({ token, tokenId: key, expiresAt });
			});
		},

		/** The tokens of an account that still work, newest first. */
		async listTokens(accountId: string): Promise<readonly TokenLine[]> {
			const { rows } = await pool.query<{
				token_id: string;
				name: string;
				membership_id: string;
				made_at: Date;
				expires_at: Date;
				last_used_at: Date | null;
			}>(
				`select token_id, name, membership_id, made_at, expires_at, last_used_at from identity.api_token
				where account_id = $1 and ended_at is null and expires_at > $2 order by made_at desc, token_id desc`,
				[accountId, world.now()]
			);
			return rows.map((row) => ({
				tokenId: row.token_id,
				name: row.name,
				membershipId: row.membership_id,
				madeAt: row.made_at,
				expiresAt: row.expires_at,
				lastUsedAt: row.last_used_at
			}));
		},

		/** Ends a token. Refuses `not_found` when it is not one of this account that works. */
		async endToken(accountId: string, tokenId: string): Promise<Outcome<void>> {
			if (!isId(tokenId)) return refuse('not_found');
			return await inTransaction(pool, async (client) => {
				const { rowCount } = await client.query(
					'update identity.api_token set ended_at = $3 where account_id = $1 and token_id = $2 and ended_at is null',
					[accountId, tokenId, world.now()]
				);
				if (rowCount !== 1) return refuse('not_found');
				await writeEvent(client, world, 'token.ended', { accountId });
				return ok(undefined);
			});
		},

		/** Who acts with a token at a moment. Refuses `token_invalid`: forged, ended, expired, or its membership or account is valid no longer. */
		async findTokenActor(token: string, now: Date): Promise<Outcome<Actor>> {
			const hash = hashOfToken(token);
			if (!hash) return refuse('token_invalid');
			const { rows } = await pool.query<{
				token_id: string;
				membership_id: string;
				last_used_at: Date | null;
				memberships: readonly MembershipRow[];
			}>(
				`select t.token_id, t.membership_id, t.last_used_at, ${membershipsSql('t.account_id', '$2')} as memberships
				from identity.api_token t join identity.account a on a.account_id = t.account_id
				where t.token_hash = $1 and t.ended_at is null and t.expires_at > $2 and a.ended_at is null`,
				[hash, now]
			);
			const row = rows[0];
			const membership = row?.memberships.find(({ membership_id }) => membership_id === row.membership_id);
			if (!row || !membership) return refuse('token_invalid');
			if (row.last_used_at === null || row.last_used_at.getTime() <= now.getTime() - usedMinutes * 60_000)
				await pool.query('update identity.api_token set last_used_at = $2 where token_id = $1', [row.token_id, now]);
			return ok(actorFor(membershipOf(membership), 'api'));
		}
	};
}
