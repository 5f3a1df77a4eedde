import type { Actor } from '../actor.ts';
import { ok, refuse } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import type { Locale } from '../text/text.ts';
import { writeEvent } from './event.server.ts';
import { actorFor, membershipOf, membershipsSql } from './memberships.server.ts';
import type { Membership, MembershipRow } from './memberships.server.ts';
import { inTransaction } from './parts.server.ts';
import type { IdentityParts, Queryable } from './parts.server.ts';
import { hashOf, isId, isSecret, newSecret } from './secret.server.ts';

/** Hours without a request after which a session ends: a working day. */
export const idleHours = 8;
/** Days after which a session ends whatever happens. */
export const longestDays = 7;
/** Minutes within which being seen again is not written down, so that reading a page is not a write. */
export const seenMinutes = 5;

const hour = 60 * 60_000;

/** Who a request comes from. */
export interface Who {
	readonly account: { readonly accountId: string; readonly email: string; readonly locale: Locale };
	readonly sessionId: string;
	/** Everything this account may act as now. */
	readonly memberships: readonly Membership[];
	/** The membership that was chosen for this session; null when none was, or when it is valid no longer. */
	readonly acting: Membership | null;
	/** The actor of that membership. */
	readonly actor: Actor | null;
}

/** A session that was just made. */
export interface SignedIn {
	/** The value of its cookie. Nowhere else, and never shown. */
	readonly cookie: string;
	readonly expiresAt: Date;
	readonly sessionId: string;
	readonly accountId: string;
	readonly memberships: readonly Membership[];
	/** Chosen by itself when there is one. */
	readonly acting: Membership | null;
}

/** The browser that signs in. */
export interface Browser {
	/** Address the request came from. */
	readonly source: string;
	/** Of `describeDevice`. */
	readonly device: string;
	/** The cookie it sent, whatever it is. Its session ends; its value is never taken over. */
	readonly cookie: string | undefined;
}

export type SignInWay = 'link' | 'passkey' | 'demo';

/** A session as its account sees it. */
export interface SessionLine {
	readonly sessionId: string;
	readonly device: string;
	readonly by: SignInWay;
	readonly madeAt: Date;
	/** To within `seenMinutes`. */
	readonly seenAt: Date;
}

/** Makes a session with a new secret, in the transaction of what signs in, and ends the one this browser had. */
export async function makeSession(
	to: Queryable,
	{ world }: IdentityParts,
	accountId: string,
	by: SignInWay,
	browser: Browser
): Promise<SignedIn> {
	const now = world.now();
	if (browser.cookie !== undefined && isSecret(browser.cookie))
		await to.query('update identity.session set ended_at = $2 where token_hash = $1 and ended_at is null', [hashOf(browser.cookie), now]);
	const memberships = await listMemberships(to, accountId, now);
	const acting = memberships.length === 1 ? (memberships[0] ?? null) : null;
	const cookie = newSecret(world);
	const sessionId = world.id();
	const expiresAt = new Date(now.getTime() + longestDays * 24 * hour);
	await to.query(
		`insert into identity.session (session_id, token_hash, account_id, network_id, membership_id, signed_in_by, device, made_at, seen_at, expires_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)`,
		[sessionId, hashOf(cookie), accountId, acting?.networkId ?? null, acting?.membershipId ?? null, by, browser.device, now, expiresAt]
	);
	return { cookie, expiresAt, sessionId, accountId, memberships, acting };
}

/** What an account may act as at a moment. */
export async function listMemberships(from: Queryable, accountId: string, at: Date): Promise<readonly Membership[]> {
	const { rows } = await from.query<MembershipRow>('select * from app.list_account_memberships($1, $2)', [accountId, at]);
	return rows.map(membershipOf);
}

/** An organisation that left a network, as those who worked there are told. */
export interface LeftOrganisation {
	readonly networkName: string;
	readonly organisationName: string;
	readonly leftAt: Date;
}

interface SessionRow {
	readonly session_id: string;
	readonly account_id: string;
	readonly membership_id: string | null;
	readonly seen_at: Date;
	readonly email: string;
	readonly locale: Locale;
	readonly memberships: readonly MembershipRow[];
}

/** Sessions: found by their cookie, seen, chosen for, ended. */
export function openSessions(parts: IdentityParts) {
	const { pool, world } = parts;
	const idleSince = (now: Date): Date => new Date(now.getTime() - idleHours * hour);

	return {
		/** The organisations of an account that left their network, the last first: why someone can act as them no longer. */
		async listLeft(accountId: string): Promise<readonly LeftOrganisation[]> {
			const { rows } = await pool.query<{ network_name: string; organisation_name: string; left_at: Date }>(
				'select * from app.list_left_memberships($1, $2)',
				[accountId, world.now()]
			);
			return rows.map((row) => ({ networkName: row.network_name, organisationName: row.organisation_name, leftAt: row.left_at }));
		},

		/** Who sent this cookie. Refuses `not_signed_in` without one, `session_ended` with one that is forged, ended or expired. */
		async actorOf(cookie: string | undefined): Promise<Outcome<Who>> {
			if (cookie === undefined || cookie === '') return refuse('not_signed_in');
			if (!isSecret(cookie)) return refuse('session_ended');
			const now = world.now();
			const { rows } = await pool.query<SessionRow>(
				`select s.session_id, s.account_id, s.membership_id, s.seen_at, a.email, a.locale, ${membershipsSql('a.account_id', '$2')} as memberships
				from identity.session s join identity.account a on a.account_id = s.account_id
				where s.token_hash = $1 and s.ended_at is null and s.expires_at > $2 and s.seen_at > $3 and a.ended_at is null`,
				[hashOf(cookie), now, idleSince(now)]
			);
			const row = rows[0];
			if (!row) return refuse('session_ended');
			if (row.seen_at.getTime() <= now.getTime() - seenMinutes * 60_000)
				await pool.query('update identity.session set seen_at = $2 where session_id = $1 and seen_at < $2', [row.session_id, now]);
			const memberships = row.memberships.map(membershipOf);
			const acting = memberships.find(({ membershipId }) => membershipId === row.membership_id) ?? null;
			return ok({
				account: { accountId: row.account_id, email: row.email, locale: row.locale },
				sessionId: row.session_id,
				memberships,
				acting,
				actor: acting && actorFor(acting, 'page')
			});
		},

		/** Whether a session is still open and acts with this membership. Not a sign of life: it does not keep the session open. */
		async sessionStands(sessionId: string, membershipId: string): Promise<boolean> {
			const now = world.now();
			const { rowCount } = await pool.query(
				`select from identity.session s join identity.account a on a.account_id = s.account_id
				where s.session_id = $1 and s.membership_id = $2 and s.ended_at is null and s.expires_at > $3 and s.seen_at > $4 and a.ended_at is null
					and exists (select from app.list_account_memberships(a.account_id, $3) m where m.membership_id = s.membership_id)`,
				[sessionId, membershipId, now, idleSince(now)]
			);
			return rowCount === 1;
		},

		/** Everything an account may act as now. */
		listMemberships: (accountId: string): Promise<readonly Membership[]> => listMemberships(pool, accountId, world.now()),

		/** Makes a session act with one of its account's memberships. Refuses `not_found` for one that is not theirs, or not now. */
		async chooseMembership({ account, sessionId }: Pick<Who, 'account' | 'sessionId'>, membershipId: string): Promise<Outcome<Membership>> {
			const { accountId } = account;
			const memberships = await listMemberships(pool, accountId, world.now());
			const chosen = memberships.find((membership) => membership.membershipId === membershipId);
			if (!chosen) return refuse('not_found');
			return await inTransaction(pool, async (client) => {
				const { rowCount } = await client.query(
					'update identity.session set network_id = $3, membership_id = $4 where session_id = $1 and account_id = $2 and ended_at is null',
					[sessionId, accountId, chosen.networkId, chosen.membershipId]
				);
				if (rowCount !== 1) return refuse('session_ended');
				await writeEvent(client, world, 'membership.chosen', { accountId });
				return ok(chosen);
			});
		},

		/** The open sessions of an account, last seen first. */
		async listSessions(accountId: string): Promise<readonly SessionLine[]> {
			const now = world.now();
			const { rows } = await pool.query<{ session_id: string; device: string; signed_in_by: SignInWay; made_at: Date; seen_at: Date }>(
				`select session_id, device, signed_in_by, made_at, seen_at from identity.session
				where account_id = $1 and ended_at is null and expires_at > $2 and seen_at > $3 order by seen_at desc, session_id desc`,
				[accountId, now, idleSince(now)]
			);
			return rows.map((row) => ({
				sessionId: row.session_id,
				device: row.device,
				by: row.signed_in_by,
				madeAt: row.made_at,
				seenAt: row.seen_at
			}));
		},

		/** Ends one session. Refuses `not_found` when it is not an open one of this account. */
		async endSession(accountId: string, sessionId: string): Promise<Outcome<void>> {
			if (!isId(sessionId)) return refuse('not_found');
			return await inTransaction(pool, async (client) => {
				const { rowCount } = await client.query(
					'update identity.session set ended_at = $3 where account_id = $1 and session_id = $2 and ended_at is null',
					[accountId, sessionId, world.now()]
				);
				if (rowCount !== 1) return refuse('not_found');
				await writeEvent(client, world, 'session.ended', { accountId });
				return ok(undefined);
			});
		},

		/** Ends every other session of the account, and its links that were not used yet. Answers how many sessions. */
		async endOtherSessions({ account: { accountId }, sessionId }: Pick<Who, 'account' | 'sessionId'>): Promise<number> {
			return await inTransaction(pool, async (client) => {
				const now = world.now();
				const { rowCount } = await client.query(
					'update identity.session set ended_at = $3 where account_id = $1 and session_id <> $2 and ended_at is null',
					[accountId, sessionId, now]
				);
				await client.query('delete from identity.one_time_link where account_id = $1 and used_at is null', [accountId]);
				await writeEvent(client, world, 'session.others_ended', { accountId });
				return rowCount ?? 0;
			});
		}
	};
}
