import type { RequestEvent } from '@sveltejs/kit';

interface Seat {
	readonly personId: string;
	readonly membershipId: string;
}

/** For which other organisation someone has a seat among these, when they have none for the one they act for. */
export function sitsFor(
	{ locals }: Pick<RequestEvent, 'locals'>,
	seats: readonly Seat[]
): { readonly membershipId: string; readonly organisationName: string } | undefined {
	const { actor, who } = locals;
	const own = seats.filter((seat) => seat.personId === actor?.personId);
	if (own.some((seat) => seat.membershipId === actor?.membershipId)) return undefined;
	const other = who?.memberships.find((membership) => own.some((seat) => seat.membershipId === membership.membershipId));
	return other && { membershipId: other.membershipId, organisationName: other.organisationName };
}
