import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Installation } from '#foundation/installation.ts';
import { writeLogLine } from '#foundation/log/line.server.ts';
import type { LogDoor } from '#foundation/log/line.server.ts';
import { listRequestsById } from '../requests/read.server.ts';
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

/** A claim as it is told: with what for, and without a request that is not theirs to see. */
export interface ToldClaim extends Omit<Claim, 'requestId'> {
	readonly requestId: string | null;
	/** It is asked of the actor's own organisation, and they may answer for it. */
	readonly mine: boolean;
	/** What was paid and why it is asked of them; null: the key of the case was destroyed. Left out: it is over, or nothing was written. */
	readonly why?: string | null;
}

/**
 * The claims that the actor may see, each that is open with the sentence that was written for who is asked. Of the request they read nothing else.
 * Each sentence leaves a line in the log of its case (`claim.read`), in the transaction of the reading itself.
 */
export async function readClaims(
	installation: Pick<Installation, 'keyring' | 'world'>,
	{ tx, send }: LogDoor,
	actor: Actor,
	now: Date
): Promise<ToldClaim[]> {
	const claims = await listClaims(tx, actor);
	const requests = await listRequestsById(tx, actor, [...new Set(claims.map((claim) => claim.requestId))]);
	const seen = new Set(requests.map(({ requestId }) => requestId));
	const { networkId } = actor;
	const told: ToldClaim[] = [];
	for (const claim of claims) {
		const { claimId, organisationId } = claim;
		const requestId = seen.has(claim.requestId) ? claim.requestId : null;
		const shown = { ...claim, requestId, mine: bindsOrganisation(actor, organisationId) };
		const open = claim.state === 'proposed' || claim.state === 'accepted';
		const words = open
			? await tx
					.selectFrom('caseWords')
					.select(['caseId', 'wordsId', 'ciphertext'])
					.where('networkId', '=', networkId)
					.where('aboutId', '=', claimId)
					.where('part', '=', 'claim_why')
					.executeTakeFirst()
			: undefined;
		if (!words) {
			told.push(shown);
			continue;
		}
		const { caseId, wordsId, ciphertext } = words;
		const place = { aboutId: claimId, part: 'claim_why', wordsId };
		const why = await installation.keyring.openWords({ networkId, caseId }, place, ciphertext);
		writeLogLine(installation, { tx, send }, actor, now, {
			...{ act: 'claim.read', result: 'seen', objectKind: 'claim', objectId: claimId, caseId }
		});
		told.push({ ...shown, why });
	}
	return told;
}

/** Whether the actor may bind their organisation to a claim. */
export const bindsOrganisation = (actor: Actor, organisationId: string): boolean =>
	actor.organisationId === organisationId &&
	['administrator', 'governor', 'treasurer'].some((role) => (actor.roles as readonly string[]).includes(role));
