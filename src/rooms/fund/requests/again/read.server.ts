import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { addDays, dayAt, startOfDay } from '#foundation/time/days.ts';
import { getFundRules } from '../../rules-in-force/read.server.ts';
import { findCaseOfRequest, listRequests } from '../read.server.ts';
import type { Request } from '../read.server.ts';
import { completeUntil, lapsedCents } from '../rules.ts';
import { listFilled } from '../steps/read.server.ts';
import { missingSteps } from '../steps/rules.ts';

/** The request by which one that lapsed was asked again; null: it was not. */
export async function findAgain(tx: Tx, actor: Actor, requestId: string): Promise<string | null> {
	const row = await tx
		.selectFrom('requestAgain')
		.select('requestId')
		.where('networkId', '=', actor.networkId)
		.where('insteadOf', '=', requestId)
		.executeTakeFirst();
	return row?.requestId ?? null;
}

/** Money of the actor that went back because it was not used in time, and an acute request that is not complete yet. */
export interface MyRequests {
	readonly lapsed: readonly { readonly requestId: string; readonly caseId: string; readonly cents: number }[];
	readonly unfinished: readonly Unfinished[];
}
export interface Unfinished {
	readonly requestId: string;
	/** Where it is filled in; null for the secretariat, which sees the request and not the case. */
	readonly caseId: string | null;
	readonly steps: number;
	readonly until: Date;
	readonly late: boolean;
}

/** Days for which a grant that lapsed is shown to who asked. */
const shownDays = 30;

const isHelped = (request: Request): boolean => ['asked', 'granted', 'partly', 'paid'].includes(request.state);

/** What waits for who asked: what lapsed and was not asked again, and what is to be completed; for the secretariat what others should have completed by now. */
export async function listMyRequests(tx: Tx, actor: Actor, now: Date): Promise<MyRequests> {
	const requests = await listRequests(tx, actor);
	const isMine = (request: Request): boolean => request.askedBy === actor.personId && request.membershipId === actor.membershipId;
	const since = startOfDay(addDays(dayAt(now), -shownDays));
	const lapsed: { requestId: string; caseId: string; cents: number }[] = [];
	const unfinished: Unfinished[] = [];
	const secretariat = actor.roles.includes('secretariat');
	const rules = requests.some((request) => request.acute) ? await getFundRules(tx) : null;
	for (const request of requests) {
		const mine = isMine(request);
		const { requestId } = request;
		const cents = lapsedCents(request.events);
		if (mine && cents !== null && (request.events.findLast((event) => event.kind === 'lapsed')?.at ?? since) > since) {
			const caseId = await findCaseOfRequest(tx, requestId);
			if (caseId !== null && (await findAgain(tx, actor, requestId)) === null) lapsed.push({ requestId, caseId, cents });
		}
		if (!request.acute || request.lane !== 'full' || request.askedAt === null || rules === null || !isHelped(request)) continue;
		const until = completeUntil(request.askedAt, rules);
		const late = until <= now;
		if (!mine && !(secretariat && late)) continue;
		const steps = missingSteps(await listFilled(tx, actor, requestId), false).length;
		if (steps === 0) continue;
		unfinished.push({ requestId, caseId: mine ? await findCaseOfRequest(tx, requestId) : null, steps, until, late });
	}
	return { lapsed, unfinished };
}
