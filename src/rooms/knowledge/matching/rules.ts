import { isPart, markConcepts } from '../words/rules.ts';
import type { Lexicon, Token } from '../words/rules.ts';

/** What is asked for: the words of a question and the concepts they stand for, each with how rare it is among what may answer. */
export interface Query {
	readonly words: readonly { readonly stem: string; readonly word: string; readonly rarity: number }[];
	readonly concepts: readonly { readonly concept: string; readonly weight: number; readonly said: string; readonly rarity: number }[];
}

/** A piece of a profile or card, with where it stands. */
export interface Piece<Kind extends string> {
	readonly kind: Kind;
	readonly phrase: string;
	readonly tokens: readonly Token[];
	/** How much it counts: 1 for what someone knows or lived through. */
	readonly weight: number;
}

/** How a piece fits: what of the query it answers, and by which word of the query where that is another word than its own. */
export interface Fit<Kind extends string> {
	readonly kind: Kind;
	readonly phrase: string;
	readonly strength: number;
	/** The asker's word, where the thesaurus joined it to this phrase. */
	readonly said: string | null;
	/** What of the query it answers, and how well. */
	readonly parts: ReadonlyMap<string, number>;
}

/** What of the query is answered by a piece: the same word of the field or thing whole, another word or a compound with it less, what it is part of or what is part of it least. */
const strengths = { word: 1, otherWord: 0.7, compound: 0.6, concept: 1, broader: 0.4, narrower: 0.35 } as const;

const stemsIn = ({ tokens }: { tokens: readonly Token[] }): string[] =>
	tokens.filter(({ role }) => role === 'full').map(({ stem }) => stem);

/** How much of a query a piece answers. */
export function fitOf<Kind extends string>(query: Query, piece: Piece<Kind>, lexicon: Lexicon): Fit<Kind> | null {
	const stems = new Set(stemsIn(piece));
	const listed = [...stems];
	const parts = new Map<string, number>();
	let said: string | null = null;
	let byWord = 0;
	let byConcept = 0;
	for (const { stem, rarity } of query.words) {
		const own = stems.has(stem)
			? lexicon.fieldStems.has(stem)
				? strengths.word
				: strengths.otherWord
			: listed.some((other) => isPart(other, stem) || isPart(stem, other))
				? strengths.compound
				: 0;
		if (own === 0) continue;
		parts.set(`w:${stem}`, own * rarity);
		byWord += own * rarity;
	}
	const marked = new Map<string, number>();
	/** Of what is wider than what the piece says: how surely it says so. */
	const under = new Map<string, number>();
	if (query.concepts.length > 0)
		for (const { concept, weight } of markConcepts(piece.tokens, lexicon, { forgiving: false })) {
			marked.set(concept, weight);
			for (const wider of lexicon.concepts.get(concept)?.broader ?? []) under.set(wider, Math.max(under.get(wider) ?? 0, weight));
		}
	for (const { concept, weight, said: asked, rarity } of query.concepts) {
		const near = Math.max(
			strengths.concept * (marked.get(concept) ?? 0),
			...(lexicon.concepts.get(concept)?.broader ?? []).map((code) => strengths.broader * (marked.get(code) ?? 0)),
			strengths.narrower * (under.get(concept) ?? 0)
		);
		if (near === 0) continue;
		parts.set(`c:${concept}`, near * weight * rarity);
		if (near * weight * rarity > byConcept) [said, byConcept] = [asked, near * weight * rarity];
	}
	if (parts.size === 0) return null;
	// Of a long story one word says little.
	const length = Math.max(1, stems.size);
	const share = Math.min(1, 0.5 + 2 / length);
	for (const [part, strength] of parts) parts.set(part, strength * share * piece.weight);
	const strength = parts.values().reduce((sum, value) => sum + value, 0);
	return { kind: piece.kind, phrase: piece.phrase, strength, said: byConcept > byWord ? said : null, parts };
}

/** What of the query all pieces together answer: each part by the piece that answers it best. */
export function answered<Kind extends string>(fits: readonly Fit<Kind>[]): Map<string, number> {
	const best = new Map<string, number>();
	for (const { parts } of fits) for (const [part, strength] of parts) best.set(part, Math.max(best.get(part) ?? 0, strength));
	return best;
}

/** How rare something is that stands in so many of all documents: 1 for what stands in one, towards 0 for what stands in all. */
export function rarityOf(documents: number, all: number): number {
	// In a small network nothing is common yet.
	const total = Math.max(all, 50);
	const held = Math.min(documents, total);
	return Math.log(1 + (total - held + 0.5) / (held + 0.5)) / Math.log(1 + (total - 0.5) / 1.5);
}

/** Below this nobody is named: what the words share is chance. Fixed on the development half of the labelled set. */
export const leastFit = 0.52;
