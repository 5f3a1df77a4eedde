import { roles } from '../actor.ts';
import type { Actor, Origin, Role } from '../actor.ts';

/** Something an account may act as at this moment: one person in one network, for one organisation. */
export interface Membership {
	readonly networkId: string;
	/** The network's word in addresses. */
	readonly slug: string;
	readonly networkName: string;
	readonly personId: string;
	readonly personName: string;
	readonly membershipId: string;
	readonly organisationId: string;
	readonly organisationName: string;
	readonly functionTitle: string;
	readonly roles: readonly Role[];
}

/** A row of `app.list_account_memberships`. */
export interface MembershipRow {
	readonly network_id: string;
	readonly slug: string;
	readonly network_name: string;
	readonly person_id: string;
	readonly display_name: string;
	readonly membership_id: string;
	readonly organisation_id: string;
	readonly organisation_name: string;
	readonly function_title: string;
	readonly roles: readonly string[];
}

const isRole = (code: string): code is Role => (roles as readonly string[]).includes(code);

export const membershipOf = (row: MembershipRow): Membership => ({
	networkId: row.network_id,
	slug: row.slug,
	networkName: row.network_name,
	personId: row.person_id,
	personName: row.display_name,
	membershipId: row.membership_id,
	organisationId: row.organisation_id,
	organisationName: row.organisation_name,
	functionTitle: row.function_title,
	roles: row.roles.filter(isRole)
});

/** SQL for all memberships of an account at a moment as one JSON array, in the order in which the function lists them. Both arguments are SQL we wrote ourselves. */
export const membershipsSql = (account: 'a.account_id' | 't.account_id', at: `$${number}`): string =>
	`(select coalesce(jsonb_agg(to_jsonb(m) - 'n' order by m.n), '[]') from app.list_account_memberships(${account}, ${at}) with ordinality
		as m (network_id, slug, network_name, person_id, display_name, membership_id, organisation_id, organisation_name, function_title, roles, n))`;

/** The actor that acts with a membership. */
export const actorFor = (membership: Membership, origin: Origin): Actor => ({
	networkId: membership.networkId,
	personId: membership.personId,
	membershipId: membership.membershipId,
	organisationId: membership.organisationId,
	roles: membership.roles,
	origin
});
