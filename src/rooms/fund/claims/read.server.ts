import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { foldClaim } from './rules.ts';
import type { ClaimEvent, ClaimState } from './rules.ts';

/** What an organisation is asked to pay back. */
export interface Claim {
	readonly claimId: string;
	readonly requestId: string;
	readonly organisationId: string;
	readonly organisationName: string;
	/** The way to share under which it stands, and what was shared; null: asked of this organisation alone. */
	readonly splitId: string | null;
	readonly sharedCents: number | null;
	readonly amountCents: number;
	readonly dueOn: string;
	readonly at: Date;
	readonly personId: string;
	readonly state: ClaimState;
	readonly openCents: number;
	/** Who wants to write it off; a second must agree. */
	readonly writeOffBy: string | null;
}

async function select(tx: Tx, actor: Actor, by: { readonly claimId?: string; readonly requestId?: string } = {}): Promise<Claim[]> {
	let query = tx
		.selectFrom('claim as c')
		.innerJoin('organisation as o', (join) =>
			join.onRef('o.networkId', '=', 'c.networkId').onRef('o.organisationId', '=', 'c.organisationId')
		)
		.select([
			'c.claimId',
			'c.requestId',
			'c.organisationId',
			'o.name as organisationName',
			'c.splitId',
			'c.sharedCents',
			'c.amountCents',
			'c.dueOn',
			'c.at',
			'c.personId'
		])
		.where('c.networkId', '=', actor.networkId)
		.orderBy('c.dueOn')
		.orderBy('c.claimId');
	if (by.claimId !== undefined) query = query.where('c.claimId', '=', by.claimId);
	if (by.requestId !== undefined) query = query.where('c.requestId', '=', by.requestId);
	const claims = await query.execute();
	if (claims.length === 0) return [];
	const ids = claims.map((claim) => claim.claimId);
	const events = await tx
		.selectFrom('claimEvent as e')
		.leftJoin('takenBack as b', (join) => join.onRef('b.networkId', '=', 'e.networkId').onRef('b.subjectId', '=', 'e.eventId'))
		.select(['e.claimId', 'e.kind', 'e.amountCents'])
		.where('e.networkId', '=', actor.networkId)
		.where('e.claimId', 'in', ids)
		.where('b.subjectId', 'is', null)
		.execute();
	const hands = await tx
		.selectFrom('potHand')
		.select(['subjectId', 'personId'])
		.where('networkId', '=', actor.networkId)
		.where('subjectId', 'in', ids)
		.where('hand', '=', 'first')
		.execute();
	return claims.map((claim) => {
		const own = events
			.filter((event) => event.claimId === claim.claimId)
			.map(({ kind, amountCents }) => ({ kind: kind as ClaimEvent['kind'], amountCents }));
		const writeOffBy = hands.find((hand) => hand.subjectId === claim.claimId)?.personId ?? null;
		return { ...claim, ...foldClaim(claim.amountCents, own), writeOffBy };
	});
}

/** The claims that the actor may see, first due first. */
export const listClaims = (tx: Tx, actor: Actor): Promise<Claim[]> => select(tx, actor);
export const listRequestClaims = (tx: Tx, actor: Actor, requestId: string): Promise<Claim[]> => select(tx, actor, { requestId });
export const findClaim = async (tx: Tx, actor: Actor, claimId: string): Promise<Claim | null> =>
	(await select(tx, actor, { claimId }))[0] ?? null;

/** Whether the actor may bind their organisation to a claim. */
export const bindsOrganisation = (actor: Actor, organisationId: string): boolean =>
	actor.organisationId === organisationId &&
	['administrator', 'governor', 'treasurer'].some((role) => (actor.roles as readonly string[]).includes(role));
