import type { Actor } from '#foundation/actor.ts';
import { read, readLogged } from '#foundation/command/reading.server.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Installation } from '#foundation/installation.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { listNames, listPeople } from '#rooms/people/read.server.ts';
import { getFundRules } from '../../rules-in-force/read.server.ts';
import type { FundRules } from '../../rules-in-force/rules.ts';
import { findConflict } from '../judging/read.server.ts';
import { findCaseOfRequest, findFallback, findRequest, listJudgements } from '../read.server.ts';
import type { Request } from '../read.server.ts';
import { termOf } from '../rules.ts';
import type { Conflict, Judgement } from '../rules.ts';
import { departsFromPrecedents, listFilled, listPrecedents } from '../steps/read.server.ts';
import type { FilledIn } from '../steps/read.server.ts';
import { effectsToDo, missingSteps, proposedIsBetter, reasonsNeeded } from '../steps/rules.ts';
import type { EffectTask, Precedent, StepName } from '../steps/rules.ts';

/** Words by what they are about, then by part; null: the key was destroyed. */
export type RequestWords = ReadonlyMap<string, ReadonlyMap<string, string | null>>;

/** Everything of a request that the actor may read. */
export interface RequestPaper {
	readonly request: Request;
	readonly words: RequestWords;
	readonly filled: FilledIn;
	/** Steps that must be done before it is asked. */
	readonly missing: readonly StepName[];
	readonly judgements: readonly Judgement[];
	/** Who was asked along when the term ran out. */
	readonly fallback: { readonly at: Date; readonly membershipId: string | null } | null;
	/** When the secretariat must have decided. */
	readonly term: Date | null;
	readonly precedents: readonly (Precedent & { readonly cause: string })[];
	/** Whether the proposed path is better on the triangle; null: not scored. */
	readonly better: boolean | null;
	readonly reasons: readonly ('triangle' | 'precedents')[];
	/** What has to be done before payment. */
	readonly tasks: readonly EffectTask[];
	/** Why the actor does not judge; null: they do. */
	readonly conflict: Conflict | 'not_asked' | null;
	/** The case, for who sits at its table; else null. */
	readonly atCase: { readonly caseId: string; readonly pseudonym: string } | null;
	readonly rules: FundRules;
	/** By membership. */
	readonly names: ReadonlyMap<string, { displayName: string; organisationName: string }>;
	/** By person: who decided, withdrew, paid. */
	readonly people: ReadonlyMap<string, { displayName: string; organisationName: string }>;
}

/** Opens the words of a request that the actor may read, of each part the newest. What was written empty is not there. */
export async function listRequestWords(
	tx: Tx,
	keyring: Installation['keyring'],
	actor: Actor,
	caseId: string,
	aboutIds: readonly string[]
): Promise<RequestWords> {
	if (aboutIds.length === 0) return new Map();
	const rows = await tx
		.selectFrom('caseWords')
		.distinctOn(['aboutId', 'part'])
		.select(['wordsId', 'aboutId', 'part', 'ciphertext'])
		.where('networkId', '=', actor.networkId)
		.where('caseId', '=', caseId)
		.where('aboutId', 'in', [...aboutIds])
		.orderBy('aboutId')
		.orderBy('part')
		.orderBy('at', 'desc')
		.orderBy('wordsId', 'desc')
		.execute();
	const words = new Map<string, Map<string, string | null>>();
	for (const { wordsId, aboutId, part, ciphertext } of rows) {
		const text = await keyring.openWords({ networkId: actor.networkId, caseId }, { aboutId, part, wordsId }, ciphertext);
		if (text === '') continue;
		words.set(aboutId, (words.get(aboutId) ?? new Map<string, string | null>()).set(part, text));
	}
	return words;
}

async function findPaper(
	installation: Installation,
	tx: Tx,
	actor: Actor,
	requestId: string,
	caseId: string
): Promise<RequestPaper | null> {
	const request = await findRequest(tx, actor, requestId);
	if (!request) return null;
	const filled = await listFilled(tx, actor, requestId);
	const judgements = await listJudgements(tx, actor, request);
	const fallback = await findFallback(tx, actor, requestId);
	const rules = await getFundRules(tx);
	const precedents = request.lane === 'full' ? await listPrecedents(tx, requestId) : [];
	const record = await tx
		.selectFrom('caseRecord')
		.select('pseudonym')
		.where('networkId', '=', actor.networkId)
		.where('caseId', '=', caseId)
		.executeTakeFirst();
	const entries = [...filled.problems, ...filled.schemes, ...filled.replies].map((entry) => entry.entryId);
	return {
		...{ request, filled, judgements, fallback, rules, precedents },
		words: await listRequestWords(tx, installation.keyring, actor, caseId, [
			requestId,
			...entries,
			...judgements.map((one) => one.judgementId)
		]),
		missing: missingSteps(filled, request.acute),
		term: request.askedAt !== null && request.lane === 'full' ? termOf(request.askedAt, request.acute, rules) : null,
		better: filled.triangle === null ? null : proposedIsBetter(filled.triangle),
		reasons: reasonsNeeded(filled, request.lane === 'full' && (await departsFromPrecedents(tx, requestId))),
		tasks:
			filled.effects === null
				? []
				: effectsToDo(filled.effects, request.decision?.grantedCents ?? request.amountCents, rules.gift_exemption_cents),
		conflict: await findConflict(tx, actor, request),
		atCase: record ? { caseId, pseudonym: record.pseudonym } : null,
		names: await listNames(tx, actor, [
			request.membershipId,
			...(request.more ? [request.more.membershipId] : []),
			...(fallback?.membershipId ? [fallback.membershipId] : []),
			...[...request.votes, ...judgements].map((one) => one.membershipId)
		]),
		people: await listPeople(
			tx,
			actor,
			request.events.flatMap((event) => (event.personId === null ? [] : [event.personId]))
		)
	};
}

/** Reads a request whole, and leaves a line in the log of its case. Refused as `not_found` to whoever may not see it. */
export async function getRequestPaper(installation: Installation, actor: Actor, requestId: string): Promise<Outcome<RequestPaper>> {
	const caseId = await read(installation, actor, (tx) => findCaseOfRequest(tx, requestId));
	return readLogged(
		installation,
		actor,
		{ act: 'request.read', kind: 'request', id: requestId, ...(caseId === null ? {} : { caseId }) },
		async (tx) => (caseId === null ? null : findPaper(installation, tx, actor, requestId, caseId))
	);
}
