import { wordsIn } from '../rules.ts';
import type { Concept, Label } from '../rules.ts';

/** A thing as a network keeps it: of the field, or its own. */
export interface KeptConcept extends Concept {
	/** Of one of the network's own: its id; null for a thing of the field. */
	readonly conceptId: string | null;
	/** Put aside whole: nothing is found by it, and what was written with it stays readable. */
	readonly retired: boolean;
	/** The words of the field that this network put aside. */
	readonly aside: readonly Label[];
	/** Words of the network's own that were taken out and not added again. */
	readonly formerly: readonly Label[];
}

/** The code of a thing of the network. No code of the field begins so. */
export const ownCode = (conceptId: string): string => `own_${conceptId.replaceAll('-', '')}`;

/** How a thing is called: by its first word, also where that was put aside. */
export const nameOf = ({ labels, aside }: Pick<KeptConcept, 'labels' | 'aside'>): string => (labels[0] ?? aside[0])?.text ?? '';

/** Words are the same however they are written. */
export const isSameWord = (a: string, b: string): boolean => wordsIn(a).join(' ') === wordsIn(b).join(' ');

/** What is found by: the things that were not put aside. What is part of one that was, stands alone. */
export function inUse(kept: readonly KeptConcept[]): KeptConcept[] {
	const standing = kept.filter(({ retired }) => !retired);
	const codes = new Set(standing.map(({ concept }) => concept));
	return standing.map((entry) =>
		entry.broader.every((code) => codes.has(code)) ? entry : { ...entry, broader: entry.broader.filter((code) => codes.has(code)) }
	);
}

/** The things in which a query stands, in any of their words, also those that were put aside; by how they are called; all of them without a query. */
export function findConcepts<Entry extends KeptConcept>(concepts: readonly Entry[], query: string): Entry[] {
	const asked = wordsIn(query).join(' ');
	return concepts
		.filter(
			({ labels, aside, formerly, saysFor }) =>
				asked === '' ||
				[...[...labels, ...aside, ...formerly].map(({ text }) => text), saysFor].some((text) => wordsIn(text).join(' ').includes(asked))
		)
		.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b), 'nl'));
}
