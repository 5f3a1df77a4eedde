import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { getLexicon, tokenizer } from '../words/read.server.ts';
import { markConcepts, nearest } from '../words/rules.ts';
import type { Concept, Lexicon, Marked, Token } from '../words/rules.ts';
import { rarityOf } from './rules.ts';
import type { Query } from './rules.ts';

export type DocumentKind = 'profile' | 'card';

/** A question in words, made ready: what it is about by the thesaurus, and what it is asked by in the index. */
export interface Asked {
	readonly lexicon: Lexicon;
	readonly tokens: readonly Token[];
	readonly concepts: readonly Marked[];
}

/** Most concepts and words of a question that count: a case of two thousand words asks no more of the index than a short one. */
const mostConcepts = 12;
const mostWords = 40;
/** What is looked up in the index for one question, at most, and how many documents per word are looked at. */
const mostLexemes = 40;
const mostPerLexeme = 120;
const mostFound = 200;
/** How many documents are compared whole. */
export const mostCompared = 60;

/** Makes a question ready. */
export async function ask(tx: Tx, actor: Actor, texts: readonly string[]): Promise<Asked> {
	const lexicon = await getLexicon(tx, actor);
	const tokensOf = await tokenizer(tx, texts);
	const tokens = texts.flatMap(tokensOf);
	const concepts = markConcepts(tokens, lexicon, { forgiving: true })
		.toSorted((a, b) => b.weight - a.weight || (a.concept < b.concept ? -1 : 1))
		.slice(0, mostConcepts);
	return { lexicon, tokens, concepts };
}

interface Lexeme {
	readonly lexeme: string;
	readonly weight: number;
}

/** The words by which a question is looked up: its own, and every word of what it is about. */
function lexemesOf({ lexicon, tokens, concepts }: Asked): Lexeme[] {
	const lexemes = new Map<string, number>();
	const take = (lexeme: string, weight: number): void => {
		lexemes.set(lexeme, Math.max(lexemes.get(lexeme) ?? 0, weight));
	};
	for (const { stem, role } of tokens.filter((token) => token.role === 'full').slice(0, 400)) if (role === 'full') take(stem, 1);
	for (const { concept, weight } of concepts) {
		const around = [concept, ...(lexicon.concepts.get(concept)?.broader ?? [])];
		const under = [...lexicon.concepts.values()].filter(({ broader }) => broader.includes(concept)).map((entry) => entry.concept);
		for (const [code, share] of [
			...around.map((code) => [code, code === concept ? 0.9 : 0.4] as const),
			...under.map((code) => [code, 0.3] as const)
		])
			for (const { stems } of lexicon.labelsOf.get(code) ?? []) for (const stem of stems) take(stem, (share * weight) / stems.length);
	}
	return [...lexemes].map(([lexeme, weight]) => ({ lexeme, weight }));
}

/** Of some documents: their ids, best first, with what of the question is how rare. */
export interface Candidates {
	readonly docIds: readonly string[];
	readonly query: Query;
}

/**
 * The documents that share most with a question, by the index: of each word the heaviest few, together the best. How much is read hangs on the
 * question alone, not on how many documents there are.
 */
export async function findCandidates(tx: Tx, actor: Actor, kind: DocumentKind, asked: Asked): Promise<Candidates> {
	const own = lexemesOf(asked);
	const full = [...new Set(asked.tokens.filter(({ role }) => role === 'full').map(({ stem }) => stem))];
	// A word that nobody's profile has and the thesaurus does not know: part of a longer word, or mistyped.
	const { rows: counts } = await sql<{ lexeme: string; documents: number }>`
		select l.lexeme, l.documents from knowledge_lexeme l
		where l.network_id = ${actor.networkId} and l.kind = ${kind} and l.lexeme = any(${['', ...own.map(({ lexeme }) => lexeme)]}::text[]) and l.documents > 0`.execute(
		tx
	);
	const documents = new Map(counts.map((row) => [row.lexeme, row.documents]));
	const all = documents.get('') ?? 0;
	if (all === 0) return { docIds: [], query: { words: [], concepts: [] } };
	const unknown = full.filter((stem) => stem.length >= 5 && /^\p{L}+$/u.test(stem) && !documents.has(stem)).slice(0, 12);
	const { rows: near } =
		unknown.length === 0
			? { rows: [] }
			: await sql<{ stem: string; lexeme: string; documents: number }>`
				select n.stem, n.lexeme, n.documents from app.near_lexemes(${kind}, ${unknown}::text[]) n`.execute(tx);
	const spelled = new Map<string, string>();
	for (const stem of unknown.filter((entry) => entry.length >= 6)) {
		const like = nearest(
			stem,
			near.filter((row) => row.stem === stem).map(({ lexeme }) => lexeme)
		);
		if (like !== null) spelled.set(stem, like);
	}
	for (const { lexeme, documents: held } of near) documents.set(lexeme, held);
	const lexemes = new Map(own.map(({ lexeme, weight }) => [lexeme, weight]));
	for (const { stem, lexeme } of near) {
		const weight =
			spelled.get(stem) === lexeme
				? 0.7
				: lexeme.endsWith(stem) || lexeme.startsWith(stem)
					? 0.6
					: stem.endsWith(lexeme) || stem.startsWith(lexeme)
						? 0.5
						: 0;
		if (weight > 0) lexemes.set(lexeme, Math.max(lexemes.get(lexeme) ?? 0, weight));
	}
	const lookedUp = [...lexemes]
		.flatMap(([lexeme, weight]) => {
			const held = documents.get(lexeme);
			return held === undefined ? [] : [{ lexeme, weight: weight * rarityOf(held, all) }];
		})
		.toSorted((a, b) => b.weight - a.weight || (a.lexeme < b.lexeme ? -1 : 1))
		.slice(0, mostLexemes);
	const { rows } = await sql<{ docId: string }>`
		select p.doc_id from unnest(${lookedUp.map(({ lexeme }) => lexeme)}::text[], ${lookedUp.map(({ weight }) => weight)}::float8[]) a(lexeme, weight)
		cross join lateral (
			select k.doc_id, k.weight from knowledge_posting k
			where k.network_id = ${actor.networkId} and k.kind = ${kind} and k.lexeme = a.lexeme
			order by k.weight desc, k.doc_id limit ${mostPerLexeme}
		) p
		group by p.doc_id order by sum(a.weight * p.weight) desc, p.doc_id limit ${mostFound}`.execute(tx);
	return { docIds: rows.map(({ docId }) => docId), query: queryOf(asked, spelled, documents, all) };
}

function queryOf(asked: Asked, spelled: ReadonlyMap<string, string>, documents: ReadonlyMap<string, number>, all: number): Query {
	const words = new Map<string, { stem: string; word: string; rarity: number }>();
	for (const { stem, word, role } of asked.tokens) {
		if (role !== 'full' || words.has(stem) || words.size >= 400) continue;
		const like = spelled.get(stem);
		if (like !== undefined) words.set(like, { stem: like, word, rarity: 0.7 * rarityOf(documents.get(like) ?? 1, all) });
		else words.set(stem, { stem, word, rarity: rarityOf(documents.get(stem) ?? 1, all) });
	}
	return {
		words: [...words.values()].toSorted((a, b) => b.rarity - a.rarity || (a.stem < b.stem ? -1 : 1)).slice(0, mostWords),
		concepts: asked.concepts.map(({ concept, weight, said }) => ({
			concept,
			weight,
			said,
			rarity: rarityOf(heldBy(asked.lexicon, concept, documents), all)
		}))
	};
}

/** In how many documents a thing stands, by any of its words; of a word of more stems by the rarest of them. */
const heldBy = (lexicon: Lexicon, concept: string, documents: ReadonlyMap<string, number>): number =>
	Math.max(
		1,
		new Map(
			(lexicon.labelsOf.get(concept) ?? []).map(({ stems }) => [
				stems.join(' '),
				Math.min(...stems.map((stem) => documents.get(stem) ?? 0))
			])
		)
			.values()
			.reduce((sum, held) => sum + held, 0)
	);

/** Where one turns to outside the network, for what a question is about: the surest first. */
export function turnTo({ lexicon, concepts }: Asked, most = 2): Concept[] {
	const found = concepts.flatMap(({ concept, weight }) => {
		const entry = lexicon.concepts.get(concept);
		return entry?.turnTo && weight >= 0.5 ? [entry] : [];
	});
	return found.filter((entry, index) => found.findIndex((other) => other.turnTo?.who === entry.turnTo?.who) === index).slice(0, most);
}
