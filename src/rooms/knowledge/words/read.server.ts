import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { readShipped } from '#foundation/files/shipped.server.ts';
import { isHollow, lexiconOf, parseThesaurus, wordsIn } from './rules.ts';
import type { Concept, Lexicon, Register, Token } from './rules.ts';

/** The thesaurus that comes with the product. */
export const fieldThesaurus: readonly Concept[] = parseThesaurus(readShipped('thesaurus-nl.csv'));

/** A word that the network keeps beside the thesaurus. */
export interface OwnWord {
	readonly wordId: string;
	readonly concept: string;
	readonly label: string;
	readonly register: Register;
	readonly personId: string;
	readonly membershipId: string;
	readonly at: Date;
}

/** The words of the network that stand, oldest first. */
export async function listOwnWords(tx: Tx, actor: Pick<Actor, 'networkId'>): Promise<OwnWord[]> {
	const { rows } = await sql<OwnWord>`
		select w.word_id, w.concept, w.label, w.register, w.person_id, w.membership_id, w.at from word w
		where w.network_id = ${actor.networkId}
			and not exists (select from word_end e where e.network_id = w.network_id and e.word_id = w.word_id)
		order by w.at, w.word_id`.execute(tx);
	return rows;
}

/** One word of the network, with whether it was taken out; or null. */
export async function findOwnWord(
	tx: Tx,
	actor: Pick<Actor, 'networkId'>,
	wordId: string
): Promise<(OwnWord & { readonly retired: boolean }) | null> {
	const { rows } = await sql<OwnWord & { retired: boolean }>`
		select w.word_id, w.concept, w.label, w.register, w.person_id, w.membership_id, w.at,
			exists (select from word_end e where e.network_id = w.network_id and e.word_id = w.word_id) as retired
		from word w where w.network_id = ${actor.networkId} and w.word_id = ${wordId}`.execute(tx);
	return rows[0] ?? null;
}

/** The thesaurus of the field with the network's own words in it. */
export function joinWords(concepts: readonly Concept[], own: readonly OwnWord[]): Concept[] {
	return concepts.map((entry) => {
		const more = own.filter(({ concept }) => concept === entry.concept).map(({ label, register }) => ({ text: label, register }));
		return more.length === 0 ? entry : { ...entry, labels: [...entry.labels, ...more] };
	});
}

/**
 * Stems that were asked before. A stem follows from its word alone, so nothing of any network or person can be told from what is kept; at the bound
 * it begins anew.
 */
const stems = new Map<string, string | null>();
const mostStems = 50_000;

/** The Dutch stems of words, as PostgreSQL makes them for the index; null for a word without content. */
async function stemsOf(tx: Tx, words: Iterable<string>): Promise<ReadonlyMap<string, string | null>> {
	const known = new Map<string, string | null>();
	const unknown: string[] = [];
	for (const word of new Set(words)) {
		const stem = stems.get(word);
		if (stem === undefined) unknown.push(word);
		else known.set(word, stem);
	}
	if (unknown.length === 0) return known;
	const { rows } = await sql<{ word: string; stem: string | null }>`
		select u.word, case when cardinality(s.stem) is null then u.word else s.stem[1] end as stem
		from unnest(${unknown}::text[]) u(word) cross join lateral ts_lexize('dutch_stem', u.word) s(stem)`.execute(tx);
	if (stems.size + rows.length > mostStems) stems.clear();
	for (const { word, stem } of rows) {
		stems.set(word, stem);
		known.set(word, stem);
	}
	return known;
}

/** Makes the tokens of texts: folded words with their stems, in order. */
export async function tokenizer(tx: Tx, texts: readonly string[]): Promise<(text: string) => Token[]> {
	const known = await stemsOf(tx, texts.flatMap(wordsIn));
	return (text) =>
		wordsIn(text).map((word) => {
			const stem = known.get(word) ?? null;
			return { stem: stem ?? word, word, role: stem === null ? 'small' : isHollow(word) ? 'hollow' : 'full' };
		});
}

let field: Lexicon | null = null;

/** The thesaurus as this network keeps it, ready to be looked for in texts. That of the field alone is made ready once. */
export async function getLexicon(tx: Tx, actor: Pick<Actor, 'networkId'>): Promise<Lexicon> {
	const own = await listOwnWords(tx, actor);
	if (own.length === 0 && field) return field;
	const concepts = joinWords(fieldThesaurus, own);
	const tokensOf = await tokenizer(
		tx,
		concepts.flatMap(({ labels }) => labels.map(({ text }) => text))
	);
	const lexicon = lexiconOf(concepts, tokensOf);
	if (own.length === 0) field = lexicon;
	return lexicon;
}
