import { ok, refuse } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { writeEvent } from './event.server.ts';
import { membershipOf, membershipsSql } from './memberships.server.ts';
import type { Membership, MembershipRow } from './memberships.server.ts';
import { inTransaction } from './parts.server.ts';
import type { IdentityParts } from './parts.server.ts';
import { isId } from './secret.server.ts';
import { makeSession } from './sessions.server.ts';
import type { Browser, SignedIn } from './sessions.server.ts';

/** Someone of the demo to sign in as. */
export interface DemoPerson {
	readonly accountId: string;
	readonly memberships: readonly Membership[];
}

/** "Sign in as", for the demo alone: outside it everything here throws. It opens only accounts of people who exist in invented networks and nowhere else. */
export function openDemoSignIn(parts: IdentityParts) {
	const { pool, world, demo } = parts;
	const onlyInDemo = (): void => {
		if (!demo) throw new Error('Signing in as someone exists in the demo only.');
	};

	return {
		/** The people of the demo, by name. */
		async listDemoPeople(): Promise<readonly DemoPerson[]> {
			onlyInDemo();
			const { rows } = await pool.query<{ account_id: string; memberships: readonly MembershipRow[] }>(
				`select a.account_id, ${membershipsSql('a.account_id', '$1')} as memberships
				from identity.account a join app.list_invented_accounts() i on i.account_id = a.account_id where a.ended_at is null`,
				[world.now()]
			);
			return rows
				.map((row) => ({ accountId: row.account_id, memberships: row.memberships.map(membershipOf) }))
				.filter(({ memberships }) => memberships.length > 0)
				.sort((a, b) => (a.memberships[0]?.personName ?? '').localeCompare(b.memberships[0]?.personName ?? '', 'nl'));
		},

		/** Signs in as someone of the demo. Refuses `not_found` for an account that is not one of theirs. */
		async signInAs(accountId: string, browser: Browser): Promise<Outcome<SignedIn>> {
			onlyInDemo();
			if (!isId(accountId)) return refuse('not_found');
			return await inTransaction(pool, async (client): Promise<Outcome<SignedIn>> => {
				const { rowCount } = await client.query(
					`select from identity.account a join app.list_invented_accounts() i on i.account_id = a.account_id
					where a.account_id = $1 and a.ended_at is null`,
					[accountId]
				);
				if (rowCount !== 1) return refuse('not_found');
				const signedIn = await makeSession(client, parts, accountId, 'demo', browser);
				await writeEvent(client, world, 'demo.used', { accountId });
				return ok(signedIn);
			});
		}
	};
}
