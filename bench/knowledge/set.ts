/** Reads the labelled set beside this file. */
import { readFileSync } from 'node:fs';

export const kinds = ['plain', 'paraphrase', 'colloquial', 'abbreviation', 'spelling', 'english', 'two_needs', 'none'] as const;
export type Kind = (typeof kinds)[number];

export interface LabelledQuestion {
	readonly id: string;
	readonly kind: Kind;
	readonly heldOut: boolean;
	readonly text: string;
	/** Grade by profile: 2 knows it, 1 could help on. */
	readonly profiles: ReadonlyMap<string, number>;
	readonly cards: readonly string[];
}

export interface LabelledProfile {
	readonly id: string;
	readonly organisation: string;
	readonly topics: string;
	readonly schemes: string;
	readonly livedExperience: string;
}

export interface LabelledCard {
	readonly id: string;
	readonly scheme: string;
	readonly how: string;
	readonly who: string;
}

const rows = (name: string): string[][] =>
	readFileSync(new URL(`${name}.csv`, import.meta.url), 'utf8')
		.trimEnd()
		.split('\n')
		.slice(1)
		.map((line) => line.split(';'));

export const profiles: readonly LabelledProfile[] = rows('profiles').map(
	([id = '', organisation = '', topics = '', schemes = '', livedExperience = '']) => ({
		id,
		organisation,
		topics,
		schemes,
		livedExperience
	})
);
export const cards: readonly LabelledCard[] = rows('cards').map(([id = '', scheme = '', how = '', who = '']) => ({ id, scheme, how, who }));
export const questions: readonly LabelledQuestion[] = rows('questions').map(
	([id = '', kind = '', half = '', text = '', graded = '', fitting = '']) => ({
		...{ id, text, heldOut: half === 'held_out' },
		kind: kinds.find((known) => known === kind) ?? fail(`Question ${id} has no known kind.`),
		profiles: new Map(
			graded
				.split(' ')
				.filter((label) => label !== '')
				.map((label) => [label.slice(0, label.indexOf('=')), Number(label.slice(label.indexOf('=') + 1))])
		),
		cards: fitting.split(' ').filter((card) => card !== '')
	})
);

function fail(message: string): never {
	throw new Error(message);
}
