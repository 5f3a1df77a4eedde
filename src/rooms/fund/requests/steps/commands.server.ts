import { command } from '#foundation/command/command.server.ts';
import type { Deed, WordsPart } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findDoubts } from '#foundation/text/doubts.ts';
import { findStanding } from '#rooms/cases/read.server.ts';
import { isUnderWay } from '#rooms/cases/rules.ts';
import { findForAct } from '../commands.server.ts';
import { mayFillIn } from '../rules.ts';
import { listFilled } from './read.server.ts';
import type { FilledIn } from './read.server.ts';
import type { Durability, Effects, Goal, Problem, Scheme, Triangle } from './rules.ts';
import {
	dropSchema,
	durabilitySchema,
	effectsSchema,
	goalSchema,
	precedentsSchema,
	problemSchema,
	replySchema,
	schemeSchema,
	triangleSchema
} from './schema.ts';

interface Filling {
	readonly requestId: string;
	readonly acknowledged?: boolean;
}

/** Saves one step: facts in codes, and the words beside them, sealed with those of the case. What stood there stays; the newest counts. */
async function fillIn(
	deed: Deed,
	input: Filling,
	step: {
		readonly name: FactStep;
		/** Which of several; null: a new one. Left out: the step itself. */
		readonly entryId?: string | null;
		readonly facts: object;
		/** By part, with the field of the form each came from. */
		readonly words: readonly (readonly [part: WordsPart, field: string, text: string | undefined])[];
	}
): Promise<Outcome<{ entryId: string }>> {
	const found = await findForAct(deed, input.requestId);
	if (!found.ok) return found;
	const { request, caseId } = found.value;
	const standing = await findStanding(deed.tx, deed.actor, deed.now, caseId);
	if (!standing) return refuse('not_allowed', { lift: { kind: 'role', role: 'holder' } });
	if (!isUnderWay(standing.state)) return refuse('wrong_state', { lift: { kind: 'person', personId: standing.holder.personId } });
	if (request.lane !== 'full' || !mayFillIn(request.state, request.acute)) return refuse('wrong_state');
	const doubts = findDoubts(Object.fromEntries(step.words.map(([, field, text]) => [field, text])));
	if (doubts.length > 0 && input.acknowledged !== true) return refuse('needs_acknowledgement', { fields: doubts });
	if (typeof step.entryId === 'string' && !entriesOf(await listFilled(deed.tx, deed.actor, request.requestId)).includes(step.entryId))
		return refuse('not_found');
	const entryId = step.entryId === undefined ? request.requestId : (step.entryId ?? deed.id());
	const { networkId, personId, membershipId } = deed.actor;
	await deed.tx
		.insertInto('requestFact')
		.values({
			...{ networkId, requestId: request.requestId, factId: deed.id(), step: step.name, entryId },
			...{ facts: JSON.stringify(step.facts), personId, membershipId, at: deed.now }
		})
		.execute();
	// An answer that was taken out is written as nothing, so that the older one does not come back.
	for (const [part, , text] of step.words) if (text !== undefined) await deed.write({ caseId, aboutId: entryId, part, text });
	return ok({ entryId });
}

type FactStep = 'goal' | 'problem' | 'scheme' | 'triangle' | 'durability' | 'effects' | 'precedents' | 'reply';
const entriesOf = (filled: FilledIn): string[] => [...filled.problems, ...filled.schemes].map((entry) => entry.entryId);

/** The goal in the resident's own words, the horizon, and what the resident does (A5). */
export const recordGoal = command({
	act: 'request.record',
	schema: goalSchema,
	run: (deed, input) =>
		fillIn(deed, input, {
			name: 'goal',
			facts: { ownWords: (input.goal ?? '').trim() !== '', horizonMonths: Number(input.horizonMonths) } satisfies Goal,
			words: [
				['request_goal', 'goal', input.goal ?? ''],
				['request_no_words', 'noWordsBecause', input.noWordsBecause ?? ''],
				['request_resident_does', 'residentDoes', input.residentDoes]
			]
		})
});

/** A problem, whose it is, and its place for the resident (A6). */
export const recordProblem = command({
	act: 'request.record',
	schema: problemSchema,
	run: (deed, input) =>
		fillIn(deed, input, {
			...{ name: 'problem', entryId: input.entryId ?? null },
			facts: { kind: input.kind, place: Number(input.place) } satisfies Problem,
			words: [['request_problem', 'problem', input.problem]]
		})
});

/** A scheme that goes before the pot: asked when, what came of it, and why not or not in time (A7). */
export const recordScheme = command({
	act: 'request.record',
	schema: schemeSchema,
	run: (deed, input) =>
		fillIn(deed, input, {
			...{ name: 'scheme', entryId: input.entryId ?? null },
			facts: { answer: input.answer, askedOn: input.askedOn ?? null, answeredOn: input.answeredOn ?? null } satisfies Scheme,
			words: [
				['request_scheme', 'scheme', input.scheme],
				['request_scheme_why', 'why', input.why]
			]
		})
});

/** Takes a problem or a scheme off the list; what stood there stays in the facts. */
export const dropEntry = command({
	act: 'request.record',
	schema: dropSchema,
	async run(deed, input): Promise<Outcome<{ entryId: string }>> {
		const found = await findForAct(deed, input.requestId);
		if (!found.ok) return found;
		const filled = await listFilled(deed.tx, deed.actor, input.requestId);
		const problem = filled.problems.find((entry) => entry.entryId === input.entryId);
		const scheme = filled.schemes.find((entry) => entry.entryId === input.entryId);
		const entry = problem ?? scheme;
		if (!entry) return refuse('not_found');
		const { entryId, ...facts } = entry;
		return fillIn(deed, input, { name: problem ? 'problem' : 'scheme', entryId, facts: { ...facts, dropped: true }, words: [] });
	}
});

/** The three paths on the triangle (A8). */
export const recordTriangle = command({
	act: 'request.record',
	schema: triangleSchema,
	run: (deed, input) =>
		fillIn(deed, input, {
			name: 'triangle',
			facts: { present: input.present, looming: input.looming, proposed: input.proposed } satisfies Triangle,
			words: [
				['request_present', 'presentBecause', input.presentBecause],
				['request_looming', 'loomingBecause', input.loomingBecause],
				['request_proposed', 'proposedBecause', input.proposedBecause]
			]
		})
});

/** Whether it lasts (A9). 'No' blocks money, not other help. */
export const recordDurability = command({
	act: 'request.record',
	schema: durabilitySchema,
	run: (deed, input) =>
		fillIn(deed, input, {
			name: 'durability',
			facts: { outlook: input.outlook } satisfies Durability,
			words: [['request_durability', 'because', input.because]]
		})
});

/** What the money may set off (A10): looked at before it is paid. */
export const recordEffects = command({
	act: 'request.record',
	schema: effectsSchema,
	run: (deed, input) =>
		fillIn(deed, input, {
			name: 'effects',
			facts: {
				...{ socialAssistance: input.socialAssistance, giftsCents: input.gifts ?? 0, writtenWord: input.writtenWord },
				...{ residentTold: input.residentTold, administration: input.administration, administratorAgrees: input.administratorAgrees }
			} satisfies Effects,
			words: [['request_effects', 'toReport', input.toReport ?? '']]
		})
});

/** What worked before was looked at, with why this goes another way (A11). */
export const recordPrecedents = command({
	act: 'request.record',
	schema: precedentsSchema,
	run: (deed, input) =>
		fillIn(deed, input, { name: 'precedents', facts: { seen: true }, words: [['request_departs', 'because', input.because ?? '']] })
});

/** An answer to what the secretariat asked. */
export const recordReply = command({
	act: 'request.record',
	schema: replySchema,
	run: (deed, input) =>
		fillIn(deed, input, { ...{ name: 'reply', entryId: null, facts: {} }, words: [['request_reply', 'reply', input.reply]] })
});
