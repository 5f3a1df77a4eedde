import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findDoubts } from '#foundation/text/doubts.ts';
import { fieldThesaurus, getOwnThesaurus, joinWords, listOwnConcepts, listOwnWords } from './read.server.ts';
import { keepsWords, mayRetireFieldWord, mayRetireWord, wordsIn } from './rules.ts';
import { inUse, isSameWord, nameOf } from './kept/rules.ts';
import { addConceptSchema, addWordSchema, conceptSchema, fieldWordSchema, wordSchema } from './schema.ts';

/** Words of one network are changed one after the other. */
const lock = (deed: Pick<Deed, 'tx' | 'actor'>) =>
	sql`select pg_advisory_xact_lock(hashtextextended(${`${deed.actor.networkId}/words`}, 0))`.execute(deed.tx);

/** The things that were not put aside, as the network keeps them. */
const listKept = async ({ tx, actor }: Pick<Deed, 'tx' | 'actor'>) => inUse(joinWords(fieldThesaurus, await getOwnThesaurus(tx, actor)));

/** Someone who works with cases adds a word that people here use: from then on who knows is found by it too. */
export const addWord = command({
	act: 'word.add',
	schema: addWordSchema,
	async run(deed, input): Promise<Outcome<{ wordId: string }>> {
		const wordId = deed.id();
		deed.about('word', wordId);
		if (!keepsWords(deed.actor)) return refuse('not_allowed', { lift: { kind: 'role', role: 'facilitator' } });
		await lock(deed);
		const concept = (await listKept(deed)).find((entry) => entry.concept === input.concept);
		if (!concept) return refuse('invalid', { fields: [{ path: ['concept'], code: 'not_a_choice' }] });
		const folded = wordsIn(input.label).join(' ');
		if (folded.length < 2) return refuse('invalid', { fields: [{ path: ['label'], code: 'too_short', values: { min: 2 } }] });
		// One of the field that was put aside is set back, not added.
		if ([...concept.labels, ...concept.aside].some(({ text }) => isSameWord(text, input.label)))
			return refuse('invalid', { fields: [{ path: ['label'], code: 'already_there' }] });
		const doubts = findDoubts({ label: input.label });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });
		const { networkId, personId, membershipId } = deed.actor;
		await deed.tx
			.insertInto('word')
			.values({
				networkId,
				wordId,
				concept: input.concept,
				label: input.label.trim(),
				register: input.register,
				personId,
				membershipId,
				at: deed.now
			})
			.execute();
		return ok({ wordId });
	}
});

/** Who added a word, or the facilitator, takes it out. The words of the field stay. */
export const retireWord = command({
	act: 'word.retire',
	schema: wordSchema,
	async run(deed, input): Promise<Outcome<null>> {
		deed.about('word', input.wordId);
		await lock(deed);
		const word = (await listOwnWords(deed.tx, deed.actor)).find(({ wordId }) => wordId === input.wordId);
		if (!word) return refuse('not_found');
		if (!mayRetireWord(word, deed.actor)) return refuse('not_allowed', { lift: { kind: 'person', personId: word.personId } });
		if (word.retired) return refuse('wrong_state');
		const { networkId, personId, membershipId } = deed.actor;
		await deed.tx.insertInto('wordEnd').values({ networkId, wordId: input.wordId, personId, membershipId, at: deed.now }).execute();
		return ok(null);
	}
});

/** Someone who works with cases adds a thing that the field has no word for: a fund of here, a rule of one's own. Its words are added to it after. */
export const addConcept = command({
	act: 'concept.add',
	schema: addConceptSchema,
	async run(deed, input): Promise<Outcome<{ conceptId: string }>> {
		const conceptId = deed.id();
		deed.about('concept', conceptId);
		if (!keepsWords(deed.actor)) return refuse('not_allowed', { lift: { kind: 'role', role: 'facilitator' } });
		await lock(deed);
		if (wordsIn(input.name).join(' ').length < 2)
			return refuse('invalid', { fields: [{ path: ['name'], code: 'too_short', values: { min: 2 } }] });
		const kept = joinWords(fieldThesaurus, await getOwnThesaurus(deed.tx, deed.actor));
		// One that was put aside is set back: two things of one name would each be found by half of what is said of them.
		if (kept.some((entry) => isSameWord(nameOf(entry), input.name)))
			return refuse('invalid', { fields: [{ path: ['name'], code: 'already_there' }] });
		if (input.broader !== undefined && !inUse(kept).some(({ concept }) => concept === input.broader))
			return refuse('invalid', { fields: [{ path: ['broader'], code: 'not_a_choice' }] });
		const doubts = findDoubts({ name: input.name, saysFor: input.saysFor });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });
		const { networkId, personId, membershipId } = deed.actor;
		await deed.tx
			.insertInto('concept')
			.values({
				...{ networkId, conceptId, kind: input.kind, name: input.name.trim(), saysFor: input.saysFor.trim() },
				...{ broader: input.broader ?? null, personId, membershipId, at: deed.now }
			})
			.execute();
		return ok({ conceptId });
	}
});

async function stepConcept(deed: Deed, conceptId: string, retired: boolean): Promise<Outcome<null>> {
	deed.about('concept', conceptId);
	await lock(deed);
	const concept = (await listOwnConcepts(deed.tx, deed.actor)).find((entry) => entry.conceptId === conceptId);
	if (!concept) return refuse('not_found');
	if (retired && !mayRetireWord(concept, deed.actor))
		return refuse('not_allowed', { lift: { kind: 'person', personId: concept.personId } });
	if (!retired && !keepsWords(deed.actor)) return refuse('not_allowed', { lift: { kind: 'role', role: 'facilitator' } });
	if (concept.retired === retired) return refuse('wrong_state');
	const { networkId, personId, membershipId } = deed.actor;
	await deed.tx
		.insertInto('conceptStep')
		.values({ networkId, stepId: deed.id(), conceptId, retired, personId, membershipId, at: deed.now })
		.execute();
	return ok(null);
}

/** Who added a thing of the network, or the facilitator, puts it aside: nothing is found by it, what was written with it stays. */
export const retireConcept = command({
	act: 'concept.retire',
	schema: conceptSchema,
	run: (deed, input) => stepConcept(deed, input.conceptId, true)
});

/** Who keeps the words sets a thing back with all its words. */
export const restoreConcept = command({
	act: 'concept.restore',
	schema: conceptSchema,
	run: (deed, input) => stepConcept(deed, input.conceptId, false)
});

async function stepFieldWord(deed: Deed, input: { concept: string; label: string }, retired: boolean): Promise<Outcome<null>> {
	const stepId = deed.id();
	deed.about('word', stepId);
	if (!(retired ? mayRetireFieldWord(deed.actor) : keepsWords(deed.actor)))
		return refuse('not_allowed', { lift: { kind: 'role', role: 'facilitator' } });
	await lock(deed);
	const label = fieldThesaurus.find(({ concept }) => concept === input.concept)?.labels.find(({ text }) => isSameWord(text, input.label));
	if (!label) return refuse('not_found');
	const { aside } = await getOwnThesaurus(deed.tx, deed.actor);
	if (aside.some((word) => word.concept === input.concept && isSameWord(word.label, label.text)) === retired) return refuse('wrong_state');
	const { networkId, personId, membershipId } = deed.actor;
	await deed.tx
		.insertInto('fieldWordStep')
		.values({ networkId, stepId, concept: input.concept, label: label.text, retired, personId, membershipId, at: deed.now })
		.execute();
	return ok(null);
}

/** The facilitator puts aside a word of the field that means something else in this network: here nothing is found by it any more. */
export const retireFieldWord = command({
	act: 'field_word.retire',
	schema: fieldWordSchema,
	run: (deed, input) => stepFieldWord(deed, input, true)
});

/** Who keeps the words sets it back. */
export const restoreFieldWord = command({
	act: 'field_word.restore',
	schema: fieldWordSchema,
	run: (deed, input) => stepFieldWord(deed, input, false)
});
