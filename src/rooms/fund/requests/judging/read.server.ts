import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { dayAt } from '#foundation/time/days.ts';
import { getFundRules, getFundRulesOn } from '../../rules-in-force/read.server.ts';
import { findFallback, findHand, listAside, listJudgements, listRequests, listRequestsById } from '../read.server.ts';
import type { Request } from '../read.server.ts';
import { standsBy, termOf } from '../rules.ts';
import type { Conflict } from '../rules.ts';

/** Why the actor may not judge a request: not of those who decide, or an interest of their own; null: they may. */
export async function findConflict(tx: Tx, actor: Actor, request: Request): Promise<Conflict | 'not_asked' | null> {
	const fallback = await findFallback(tx, actor, request.requestId);
	const asked =
		actor.roles.includes('secretariat') || (fallback?.personId === actor.personId && fallback.membershipId === actor.membershipId);
	if (!asked) return 'not_asked';
	if (request.organisationId === actor.organisationId) return 'own_organisation';
	const hand = await findHand(tx, actor, request.requestId);
	if (hand !== null && hand !== 'decided') return 'own_hand';
	if ((await listAside(tx, actor, request.requestId)).includes(actor.personId)) return 'stood_aside';
	const { rows } = await sql<{ may: boolean }>`select app.may_judge(${request.requestId}) as may`.execute(tx);
	// What is left is a seat at the table of the case, now or before: which case, nobody here needs to know.
	return rows[0]?.may === true ? null : 'at_the_case';
}

/** A request before the secretariat, as it stands in the list of who decides. */
export interface WaitingRequest {
	readonly request: Request;
	readonly term: Date;
	readonly late: boolean;
	/** Whether the actor still has to say what they find. */
	readonly mine: boolean;
	readonly conflict: Conflict | null;
}

/** What waits for the secretariat, oldest first; never sorted by what it returns. */
export async function listBeforeSecretariat(tx: Tx, actor: Actor, now: Date): Promise<WaitingRequest[]> {
	const rules = await getFundRules(tx);
	const list: WaitingRequest[] = [];
	for (const request of await listRequests(tx, actor)) {
		if (request.lane !== 'full' || request.state !== 'asked' || request.askedAt === null) continue;
		const conflict = await findConflict(tx, actor, request);
		if (conflict === 'not_asked') continue;
		const term = termOf(request.askedAt, request.acute, rules);
		const judged = standsBy(await listJudgements(tx, actor, request), actor.personId) !== null;
		list.push({ request, term, late: term <= now, mine: conflict === null && !judged, conflict });
	}
	return list.toSorted((a, b) => (a.request.askedAt?.getTime() ?? 0) - (b.request.askedAt?.getTime() ?? 0));
}

/** A request on which was decided above a team, as it stands in the list of who decided. */
export interface DecidedRequest {
	readonly request: Request;
	readonly kind: 'granted' | 'partly' | 'refused';
	/** What was granted; null when it was refused. */
	readonly grantedCents: number | null;
	readonly at: Date;
	/** Until when there was time, by the rules of the day on which it was asked. */
	readonly term: Date;
	readonly late: boolean;
}

/**
 * What was decided above a team, newest first: all of it for the secretariat, else what the actor was asked to decide when a term ran out.
 * @param wish.before the last request of the page before
 */
export async function listDecided(
	tx: Tx,
	actor: Actor,
	wish: { readonly limit: number; readonly before?: string }
): Promise<DecidedRequest[]> {
	const decided = sql`('granted', 'partly', 'refused')`;
	const secretariat = actor.roles.includes('secretariat');
	const { rows } = await sql<{ requestId: string }>`
		select e.request_id from request_event e
		join request r on r.network_id = e.network_id and r.request_id = e.request_id
		where e.network_id = ${actor.networkId} and e.kind in ${decided}
			and (r.lane = 'full' or exists (select from request_more m where m.network_id = r.network_id and m.request_id = r.request_id))
			and (${secretariat} or exists (select from request_fallback f where f.network_id = r.network_id and f.request_id = r.request_id
				and f.person_id = ${actor.personId} and f.membership_id = ${actor.membershipId}))
			and (${wish.before ?? null}::uuid is null or (e.at, e.event_id) < (
				select b.at, b.event_id from request_event b where b.network_id = ${actor.networkId} and b.request_id = ${wish.before ?? null}::uuid and b.kind in ${decided}))
		order by e.at desc, e.event_id desc limit ${wish.limit}`.execute(tx);
	const ids = rows.map(({ requestId }) => requestId);
	const requests = new Map((await listRequestsById(tx, actor, ids)).map((request) => [request.requestId, request]));
	const rules = new Map<string, Awaited<ReturnType<typeof getFundRulesOn>>>();
	const list: DecidedRequest[] = [];
	for (const id of ids) {
		const request = requests.get(id);
		if (!request?.decision || request.askedAt === null) continue;
		const day = dayAt(request.askedAt);
		const then = rules.get(day) ?? (await getFundRulesOn(tx, day));
		rules.set(day, then);
		const { kind, at, grantedCents } = request.decision;
		const term = termOf(request.askedAt, request.acute, then);
		list.push({
			...{ request, at, term, late: at > term, kind: kind as DecidedRequest['kind'] },
			grantedCents: kind === 'refused' ? null : (grantedCents ?? request.amountCents)
		});
	}
	return list;
}
