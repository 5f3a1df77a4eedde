import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { foldRequest } from './rules.ts';
import type { EventKind, Folded, Judgement, Lane, RequestEvent, RequestKind, Verdict, Vote } from './rules.ts';

/** Lets the acts on one request wait for each other until the transaction ends, also those of the product itself. */
export async function lockRequest(tx: Tx, networkId: string, requestId: string): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${`request/${networkId}/${requestId}`}, 0))`.execute(tx);
}

/** Money that was asked, as far as the actor may see it. It says nothing of its case. */
export interface Request extends Folded {
	readonly requestId: string;
	readonly kind: RequestKind;
	/** The lane in which it began; `lane` is the one it is in. */
	readonly began: Lane;
	readonly amountCents: number;
	readonly teamId: string | null;
	/** The organisation that pays an advance back, once it accepts. */
	readonly repaidBy: string | null;
	readonly askedBy: string;
	readonly membershipId: string;
	readonly organisationId: string;
	readonly acute: boolean;
	readonly at: Date;
	readonly events: readonly (RequestEvent & { readonly eventId: string })[];
	readonly votes: readonly (Vote & { readonly at: Date })[];
	/** Who found that it deserves more, and when. */
	readonly more: { readonly personId: string; readonly membershipId: string; readonly at: Date } | null;
	/** Since when it was agreed to and waits for money. */
	readonly waitsForMoneySince: Date | null;
}

async function select(tx: Tx, actor: Pick<Actor, 'networkId'>, ids: readonly string[] | null): Promise<Request[]> {
	let query = tx
		.selectFrom('request as r')
		.leftJoin('requestMore as m', (join) => join.onRef('m.networkId', '=', 'r.networkId').onRef('m.requestId', '=', 'r.requestId'))
		.leftJoin('requestShort as s', (join) => join.onRef('s.networkId', '=', 'r.networkId').onRef('s.requestId', '=', 'r.requestId'))
		.select([
			...(['r.requestId', 'r.kind', 'r.lane as began', 'r.amountCents', 'r.teamId', 'r.repaidBy', 'r.askedBy'] as const),
			...(['r.membershipId', 'r.organisationId', 'r.acute', 'r.at', 'm.personId as moreBy', 'm.membershipId as moreMembership'] as const),
			...(['m.at as moreAt', 's.at as shortAt'] as const)
		])
		.where('r.networkId', '=', actor.networkId)
		.orderBy('r.at')
		.orderBy('r.requestId');
	if (ids !== null) {
		if (ids.length === 0) return [];
		query = query.where('r.requestId', 'in', [...ids]);
	}
	const rows = await query.execute();
	if (rows.length === 0) return [];
	const found = rows.map((row) => row.requestId);
	const events = await tx
		.selectFrom('requestEvent')
		.select(['requestId', 'eventId', 'kind', 'at', 'grantedCents', 'personId'])
		.where('networkId', '=', actor.networkId)
		.where('requestId', 'in', found)
		.orderBy('at')
		.orderBy('eventId')
		.execute();
	const votes = await tx
		.selectFrom('requestVote')
		.select(['requestId', 'personId', 'membershipId', 'organisationId', 'at'])
		.where('networkId', '=', actor.networkId)
		.where('requestId', 'in', found)
		.orderBy('at')
		.orderBy('personId')
		.execute();
	return rows.map(({ moreBy, moreMembership, moreAt, shortAt, ...row }) => {
		const own = events
			.filter((event) => event.requestId === row.requestId)
			.map(({ eventId, kind, at, grantedCents, personId }) => ({ eventId, kind: kind as EventKind, at, grantedCents, personId }));
		const folded = foldRequest(row.began as Lane, own, moreAt);
		return {
			...row,
			...folded,
			kind: row.kind as RequestKind,
			began: row.began as Lane,
			events: own,
			votes: votes.filter((vote) => vote.requestId === row.requestId),
			more:
				moreBy !== null && moreMembership !== null && moreAt !== null
					? { personId: moreBy, membershipId: moreMembership, at: moreAt }
					: null,
			waitsForMoneySince: folded.state === 'asked' ? shortAt : null
		};
	});
}

/** One request, or null when it is not for this actor to see. */
export const findRequest = async (tx: Tx, actor: Pick<Actor, 'networkId'>, requestId: string): Promise<Request | null> =>
	(await select(tx, actor, [requestId]))[0] ?? null;

/** Whether the actor sits at the table of a request of which who asked works there no more: then it is theirs to take back. */
export async function isOfGone(tx: Tx, requestId: string): Promise<boolean> {
	const { rows } = await sql<{ gone: boolean }>`
		select ${requestId}::uuid = any(array(select app.requests_of_gone())) as gone`.execute(tx);
	return rows[0]?.gone === true;
}

/** The requests of a case at whose table the actor sits, in order of time; else none. */
export async function listCaseRequests(tx: Tx, actor: Actor, caseId: string): Promise<Request[]> {
	const rows = await tx
		.selectFrom('caseRequest')
		.select('requestId')
		.where('networkId', '=', actor.networkId)
		.where('caseId', '=', caseId)
		.execute();
	return select(
		tx,
		actor,
		rows.map((row) => row.requestId)
	);
}

/** All requests that the actor may see, oldest first: never by what they return. */
export const listRequests = (tx: Tx, actor: Actor): Promise<Request[]> => select(tx, actor, null);

/** These requests, as far as the actor may see them, oldest first. */
export const listRequestsById = (tx: Tx, actor: Actor, requestIds: readonly string[]): Promise<Request[]> => select(tx, actor, requestIds);

/** The question by which a team was asked, and the request behind an ask in it; null when there is none for this actor. */
export async function findRequestOfAsk(
	tx: Tx,
	actor: Actor,
	askId: string
): Promise<{ readonly requestId: string; readonly questionId: string; readonly personId: string; readonly membershipId: string } | null> {
	const row = await tx
		.selectFrom('questionAsk as k')
		.innerJoin('requestQuestion as q', (join) => join.onRef('q.networkId', '=', 'k.networkId').onRef('q.questionId', '=', 'k.questionId'))
		.select(['q.requestId', 'q.questionId', 'k.personId', 'k.membershipId'])
		.where('k.networkId', '=', actor.networkId)
		.where('k.askId', '=', askId)
		.executeTakeFirst();
	return row ?? null;
}

/** The request about which a question is, or null: for the pages on which a question is answered. */
export async function findRequestOfQuestion(tx: Tx, actor: Actor, questionId: string): Promise<Request | null> {
	const row = await tx
		.selectFrom('requestQuestion')
		.select('requestId')
		.where('networkId', '=', actor.networkId)
		.where('questionId', '=', questionId)
		.executeTakeFirst();
	return row ? findRequest(tx, actor, row.requestId) : null;
}

/** Under which case the words of a request lie: to seal, open and log. Never shown. Null when the request is not for this actor. */
export async function findCaseOfRequest(tx: Tx, requestId: string): Promise<string | null> {
	const { rows } = await sql<{ caseId: string | null }>`select app.case_of_request(${requestId}) as case_id`.execute(tx);
	return rows[0]?.caseId ?? null;
}

/** The question of a small request. */
export async function findQuestionOfRequest(tx: Tx, actor: Actor, requestId: string): Promise<string | null> {
	const row = await tx
		.selectFrom('requestQuestion')
		.select('questionId')
		.where('networkId', '=', actor.networkId)
		.where('requestId', '=', requestId)
		.executeTakeFirst();
	return row?.questionId ?? null;
}

/** Who is in the team now. */
export async function listTeam(tx: Tx, teamId: string): Promise<Vote[]> {
	const { rows } = await sql<Vote>`select person_id, membership_id, organisation_id from app.team_members(${teamId})`.execute(tx);
	return rows;
}

/** What the secretariat found of a request since it was asked, in order of time; who stood aside is left out. */
export async function listJudgements(tx: Tx, actor: Actor, request: Pick<Request, 'requestId' | 'askedAt'>): Promise<Judgement[]> {
	if (request.askedAt === null) return [];
	const rows = await tx
		.selectFrom('requestJudgement as j')
		.select(['j.judgementId', 'j.personId', 'j.membershipId', 'j.organisationId', 'j.verdict', 'j.grantedCents', 'j.at'])
		.where('j.networkId', '=', actor.networkId)
		.where('j.requestId', '=', request.requestId)
		.where('j.at', '>=', request.askedAt)
		.orderBy('j.at')
		.orderBy('j.judgementId')
		.execute();
	const aside = await listAside(tx, actor, request.requestId);
	return rows.filter((row) => !aside.includes(row.personId)).map((row) => ({ ...row, verdict: row.verdict as Verdict }));
}

/** Who stands aside in a request. */
export async function listAside(tx: Tx, actor: Actor, requestId: string): Promise<string[]> {
	const rows = await tx
		.selectFrom('requestAside')
		.select('personId')
		.where('networkId', '=', actor.networkId)
		.where('requestId', '=', requestId)
		.execute();
	return rows.map((row) => row.personId);
}

/** Who was asked to decide along when the term ran out. */
export async function findFallback(
	tx: Tx,
	actor: Actor,
	requestId: string
): Promise<{ readonly at: Date; readonly personId: string | null; readonly membershipId: string | null } | null> {
	const row = await tx
		.selectFrom('requestFallback')
		.select(['at', 'personId', 'membershipId'])
		.where('networkId', '=', actor.networkId)
		.where('requestId', '=', requestId)
		.executeTakeFirst();
	return row ?? null;
}

/** What this actor did in a request before, by their hand; null: nothing. */
export async function findHand(tx: Tx, actor: Actor, requestId: string): Promise<string | null> {
	const row = await tx
		.selectFrom('requestHand')
		.select('hand')
		.where('networkId', '=', actor.networkId)
		.where('requestId', '=', requestId)
		.where('personId', '=', actor.personId)
		.executeTakeFirst();
	return row?.hand ?? null;
}

/** Everyone who holds a role now, once each. */
export async function listRole(tx: Tx, networkId: string, now: Date, role: string): Promise<string[]> {
	const rows = await tx
		.selectFrom('membership')
		.select('personId')
		.distinct()
		.where('networkId', '=', networkId)
		.where('validFrom', '<=', now)
		.where((e) => e.or([e('validUntil', 'is', null), e('validUntil', '>', now)]))
		.where(sql<boolean>`${role} = any(roles)`)
		.orderBy('personId')
		.execute();
	return rows.map((row) => row.personId);
}
