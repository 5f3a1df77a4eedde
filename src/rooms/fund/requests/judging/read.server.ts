import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { findFallback, findHand, listAside, listJudgements, listRequests } from '../read.server.ts';
import type { Request } from '../read.server.ts';
import { standsBy, termOf } from '../rules.ts';
import type { Conflict } from '../rules.ts';
import { getFundRules } from '../../rules-in-force/read.server.ts';

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
