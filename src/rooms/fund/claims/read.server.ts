import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { listRequests } from '../requests/read.server.ts';
import { foldClaim } from './rules.ts';
import type { ClaimEvent, ClaimState, SplitKind, SplitParty } from './rules.ts';

/** What an organisation is asked to pay back. */
export interface Claim {
	readonly claimId: string;
	readonly requestId: string;
	readonly organisationId: string;
	readonly organisationName: string;
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

/** A way to share that was proposed, and who accepted it. */
export interface Split {
	readonly splitId: string;
	readonly kind: SplitKind;
	readonly at: Date;
	readonly acceptedBy: readonly (SplitParty & { readonly acceptedAt: Date })[];
}

/** The ways to share, newest first. */
export async function listSplits(tx: Tx, actor: Actor): Promise<Split[]> {
	const splits = await tx
		.selectFrom('costSplit')
		.select(['splitId', 'kind', 'at'])
		.where('networkId', '=', actor.networkId)
		.orderBy('at', 'desc')
		.orderBy('splitId')
		.execute();
	const answers = await tx
		.selectFrom('costSplitAnswer as a')
		.innerJoin('organisation as o', (join) =>
			join.onRef('o.networkId', '=', 'a.networkId').onRef('o.organisationId', '=', 'a.organisationId')
		)
		.leftJoin('costSplitPart as p', (join) =>
			join.onRef('p.networkId', '=', 'a.networkId').onRef('p.splitId', '=', 'a.splitId').onRef('p.organisationId', '=', 'a.organisationId')
		)
		.select(['a.splitId', 'a.organisationId', 'a.at as acceptedAt', 'p.weight'])
		.where('a.networkId', '=', actor.networkId)
		.orderBy('o.nameSort')
		.orderBy('a.organisationId')
		.execute();
	const deposits = await tx
		.selectFrom('contributionStep as s')
		.innerJoin('contribution as c', (join) =>
			join.onRef('c.networkId', '=', 's.networkId').onRef('c.contributionId', '=', 's.contributionId')
		)
		.leftJoin('takenBack as b', (join) => join.onRef('b.networkId', '=', 's.networkId').onRef('b.subjectId', '=', 's.stepId'))
		.select((e) => ['c.organisationId', e.fn.sum<string>('s.amountCents').as('cents')])
		.where('s.networkId', '=', actor.networkId)
		.where('s.kind', '=', 'received')
		.where('b.subjectId', 'is', null)
		.groupBy('c.organisationId')
		.execute();
	return splits.map((split) => ({
		...split,
		kind: split.kind as SplitKind,
		acceptedBy: answers
			.filter((answer) => answer.splitId === split.splitId)
			.map(({ organisationId, acceptedAt, weight }) => ({
				organisationId,
				acceptedAt,
				weight: weight ?? 0,
				depositCents: Number(deposits.find((deposit) => deposit.organisationId === organisationId)?.cents ?? 0)
			}))
	}));
}

/** Help that was paid and falls under a way to share that was accepted before it was asked. */
export interface PaidToShare {
	readonly requestId: string;
	readonly amountCents: number;
	/** Who asked for it. */
	readonly membershipId: string;
	readonly paidAt: Date;
}

/** What the treasurer may share now, last paid first: not what was shared before. For everyone else none. */
export async function listPaidToShare(tx: Tx, actor: Actor, splits: readonly Split[]): Promise<PaidToShare[]> {
	if (!actor.roles.includes('treasurer')) return [];
	const accepted = splits.flatMap((split) => split.acceptedBy.map(({ acceptedAt }) => acceptedAt.getTime()));
	if (accepted.length === 0) return [];
	const shared = await tx
		.selectFrom('claim')
		.select('requestId')
		.where('networkId', '=', actor.networkId)
		.where('splitId', 'is not', null)
		.execute();
	const done = new Set(shared.map(({ requestId }) => requestId));
	return (await listRequests(tx, actor))
		.filter((request) => request.state === 'paid' && !done.has(request.requestId) && request.at.getTime() >= Math.min(...accepted))
		.map((request) => ({
			...{ requestId: request.requestId, membershipId: request.membershipId },
			amountCents: request.decision?.grantedCents ?? request.amountCents,
			paidAt: request.events.findLast((event) => event.kind === 'paid')?.at ?? request.at
		}))
		.toReversed();
}
