import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { readShipped } from '#foundation/files/shipped.server.ts';
import { isHollow, lexiconOf, parseThesaurus, wordsIn } from './rules.ts';
import { inUse, isSameWord, ownCode } from './kept/rules.ts';
import type { Concept, ConceptKind, Lexicon, Register, Token } from './rules.ts';
import type { KeptConcept } from './kept/rules.ts';

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
	readonly retired: boolean;
}

/** The words of the network, oldest first, also those that were taken out. */
export async function listOwnWords(tx: Tx, actor: Pick<Actor, 'networkId'>): Promise<OwnWord[]> {
	const { rows } = await sql<OwnWord>`
		select w.word_id, w.concept, w.label, w.register, w.person_id, w.membership_id, w.at, e.word_id is not null as retired
		from word w left join word_end e on e.network_id = w.network_id and e.word_id = w.word_id
		where w.network_id = ${actor.networkId} order by w.at, w.word_id`.execute(tx);
	return rows;
}

/** A thing of the network, with whether it was put aside and by whom it was added. */
export interface OwnConcept {
	readonly conceptId: string;
	readonly kind: ConceptKind;
	readonly name: string;
	readonly saysFor: string;
	readonly broader: string | null;
	readonly retired: boolean;
	readonly personId: string;
	readonly membershipId: string;
	readonly at: Date;
}

/** The things of the network, oldest first, also those that were put aside. */
export async function listOwnConcepts(tx: Tx, actor: Pick<Actor, 'networkId'>): Promise<OwnConcept[]> {
	const { rows } = await sql<OwnConcept>`
		select c.concept_id, c.kind, c.name, c.says_for, c.broader, c.person_id, c.membership_id, c.at, coalesce((
			select s.retired from concept_step s where s.network_id = c.network_id and s.concept_id = c.concept_id order by s.at desc, s.step_id desc limit 1
		), false) as retired
		from concept c where c.network_id = ${actor.networkId} order by c.at, c.concept_id`.execute(tx);
	return rows;
}

/** A word of the field that the network put aside. */
export interface FieldWordAside {
	readonly concept: string;
	readonly label: string;
	readonly membershipId: string;
	readonly at: Date;
}

/** The words of the field that are aside in the network now, by whom and since when. */
export async function listFieldWordsAside(tx: Tx, actor: Pick<Actor, 'networkId'>): Promise<FieldWordAside[]> {
	const { rows } = await sql<FieldWordAside>`
		select n.concept, n.label, n.membership_id, n.at from (
			select distinct on (s.concept, s.label) s.concept, s.label, s.retired, s.membership_id, s.at from field_word_step s
			where s.network_id = ${actor.networkId} order by s.concept, s.label, s.at desc, s.step_id desc
		) n where n.retired order by n.at, n.label`.execute(tx);
	return rows;
}

/** What a network keeps beside the thesaurus of the field. */
export interface OwnThesaurus {
	readonly words: readonly OwnWord[];
	readonly concepts: readonly OwnConcept[];
	readonly aside: readonly FieldWordAside[];
}

export async function getOwnThesaurus(tx: Tx, actor: Pick<Actor, 'networkId'>): Promise<OwnThesaurus> {
	const [words, concepts, aside] = await Promise.all([listOwnWords(tx, actor), listOwnConcepts(tx, actor), listFieldWordsAside(tx, actor)]);
	return { words, concepts, aside };
}

const labelOf = ({ label, register }: OwnWord) => ({ text: label, register });

/** The thesaurus of the field as a network keeps it: with its own things and words, and without the words that it put aside. */
export function joinWords(concepts: readonly Concept[], own: OwnThesaurus): KeptConcept[] {
	const added = own.concepts.map(({ conceptId, kind, name, saysFor, broader, retired }) => ({
		...{ concept: ownCode(conceptId), conceptId, kind, saysFor, retired, broader: broader === null ? [] : [broader], turnTo: null },
		labels: [{ text: name, register: 'formal' as const }]
	}));
	return [...concepts.map((entry) => ({ ...entry, conceptId: null, retired: false })), ...added].map((entry): KeptConcept => {
		const gone = own.aside.filter(({ concept }) => concept === entry.concept);
		const isGone = ({ text }: { text: string }): boolean => gone.some(({ label }) => isSameWord(label, text));
		const more = own.words.filter(({ concept }) => concept === entry.concept);
		const labels = [...entry.labels.filter((label) => !isGone(label)), ...more.filter(({ retired }) => !retired).map(labelOf)];
		const formerly = more.filter(({ retired, label }) => retired && !labels.some(({ text }) => isSameWord(text, label)));
		return { ...entry, labels, aside: entry.labels.filter(isGone), formerly: formerly.map(labelOf) };
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
	const own = await getOwnThesaurus(tx, actor);
	const alone = own.words.length + own.concepts.length + own.aside.length === 0;
	if (alone && field) return field;
	const concepts = inUse(joinWords(fieldThesaurus, own));
	const tokensOf = await tokenizer(
		tx,
		concepts.flatMap(({ labels }) => labels.map(({ text }) => text))
	);
	const lexicon = lexiconOf(concepts, tokensOf);
	if (alone) field = lexicon;
	return lexicon;
}
