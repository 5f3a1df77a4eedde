import type { Locale } from '#foundation/text/text.ts';

/** What a paper is made of, from top to bottom. All of it is text: no character in it is a sign to the typesetter. */
export type PaperBlock =
	| { readonly kind: 'heading'; readonly level: 1 | 2; readonly text: string }
	| { readonly kind: 'text'; readonly text: string }
	/** Smaller, under what it explains. */
	| { readonly kind: 'small'; readonly text: string }
	/** What someone wrote, as it was written. */
	| { readonly kind: 'quote'; readonly text: string; readonly by: string | null }
	| { readonly kind: 'list'; readonly items: readonly string[] }
	/** Names with their values, one under the other. */
	| { readonly kind: 'facts'; readonly facts: readonly (readonly [name: string, value: string])[] }
	| {
			readonly kind: 'table';
			readonly caption: string;
			readonly columns: readonly PaperColumn[];
			readonly rows: readonly (readonly string[])[];
	  }
	| { readonly kind: 'drawing'; readonly svg: string; readonly alt: string; readonly caption: string | null }
	/** Room to write by hand. */
	| { readonly kind: 'lines'; readonly count: number }
	| { readonly kind: 'note'; readonly text: string }
	| { readonly kind: 'new_page' };

export interface PaperColumn {
	readonly heading: string;
	/** Amounts and counts stand to the right. */
	readonly isNumber: boolean;
	/** How wide beside the others. */
	readonly share: number;
}

/** A paper as it is handed to the typesetter: everything that will stand on it. */
export interface Paper {
	readonly locale: Locale;
	readonly title: string;
	readonly subtitle: string;
	/** Whose it is: the network, or empty for a paper of nobody yet. */
	readonly network: string;
	/** At the foot of each page, e.g. when and from what it was made. */
	readonly foot: string;
	/** At the head of each page, e.g. that it is confidential. */
	readonly mark: string | null;
	/** Before the number of a page, e.g. "bladzijde". */
	readonly pageWord: string;
	readonly blocks: readonly PaperBlock[];
}

/** The texts of a paper in the order in which they are read. */
export const textsInOrder = (paper: Paper): readonly string[] => [paper.title, ...paper.blocks.flatMap(textsOf)];

function textsOf(block: PaperBlock): readonly string[] {
	switch (block.kind) {
		case 'heading':
		case 'text':
		case 'small':
		case 'note':
			return [block.text];
		case 'quote':
			return [block.text, ...(block.by === null ? [] : [block.by])];
		case 'list':
			return block.items;
		case 'facts':
			return block.facts.flat();
		case 'table':
			return [block.caption, ...block.columns.map((column) => column.heading), ...block.rows.flat()];
		case 'drawing':
			return block.caption === null ? [] : [block.caption];
		case 'lines':
		case 'new_page':
			return [];
	}
}
