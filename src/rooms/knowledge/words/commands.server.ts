import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findDoubts } from '#foundation/text/doubts.ts';
import { fieldThesaurus, findOwnWord, joinWords, listOwnWords } from './read.server.ts';
import { keepsWords, mayRetireWord, wordsIn } from './rules.ts';
import { addWordSchema, wordSchema } from './schema.ts';

/** Words of one network are changed one after the other. */
const lock = (deed: { tx: Parameters<typeof listOwnWords>[0]; actor: { networkId: string } }) =>
	sql`select pg_advisory_xact_lock(hashtextextended(${`${deed.actor.networkId}/words`}, 0))`.execute(deed.tx);

/** Someone who works with cases adds a word that people here use: from then on who knows is found by it too. */
export const addWord = command({
	act: 'word.add',
	schema: addWordSchema,
	async run(deed, input): Promise<Outcome<{ wordId: string }>> {
		const wordId = deed.id();
		deed.about('word', wordId);
		if (!keepsWords(deed.actor)) return refuse('not_allowed', { lift: { kind: 'role', role: 'facilitator' } });
		await lock(deed);
		const concept = joinWords(fieldThesaurus, await listOwnWords(deed.tx, deed.actor)).find((entry) => entry.concept === input.concept);
		if (!concept) return refuse('invalid', { fields: [{ path: ['concept'], code: 'not_a_choice' }] });
		const folded = wordsIn(input.label).join(' ');
		if (folded.length < 2) return refuse('invalid', { fields: [{ path: ['label'], code: 'too_short', values: { min: 2 } }] });
		if (concept.labels.some(({ text }) => wordsIn(text).join(' ') === folded))
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
		const word = await findOwnWord(deed.tx, deed.actor, input.wordId);
		if (!word) return refuse('not_found');
		if (!mayRetireWord(word, deed.actor)) return refuse('not_allowed', { lift: { kind: 'person', personId: word.personId } });
		if (word.retired) return refuse('wrong_state');
		const { networkId, personId, membershipId } = deed.actor;
		await deed.tx.insertInto('wordEnd').values({ networkId, wordId: input.wordId, personId, membershipId, at: deed.now }).execute();
		return ok(null);
	}
});
