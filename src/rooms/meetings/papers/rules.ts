import type { Paper, PaperBlock } from '#foundation/paper/paper.ts';
import type { Format } from '#foundation/text/format.ts';
import type { Text } from '#foundation/text/text.ts';
import { maySeeOrganisations } from '#rooms/table/roles/rules.ts';

/** Papers of a network that its people lay on the table. That of one case, its evaluation, stands with the case. */
export const paperKinds = ['set_up', 'pack', 'yearly_report'] as const;
export type PaperKind = (typeof paperKinds)[number];

/** The word of a paper in an address. */
export const paperWords: Readonly<Record<PaperKind, string>> = { set_up: 'opzet', pack: 'bestuur', yearly_report: 'jaarverslag' };

/** The paper behind the word in an address, or null. */
export const paperOfWord = (word: string): PaperKind | null => paperKinds.find((kind) => paperWords[kind] === word) ?? null;

/** Who may have a paper made: the pack is for who answers for an organisation or oversees it, as the figures per organisation are. */
export const mayMakePaper = (kind: PaperKind, roles: readonly string[]): boolean => kind !== 'pack' || maySeeOrganisations(roles);

export interface PaperWish {
	readonly title: string;
	readonly subtitle: string;
	readonly network: string;
	/** What stands at the foot of each page. */
	readonly foot: string;
	readonly mark?: string;
	readonly blocks: readonly PaperBlock[];
}

/** A paper in the language of `t`. */
export const paperOf = (t: Text, { mark, ...wish }: PaperWish): Paper => ({
	locale: t.locale,
	pageWord: t('paper.page'),
	mark: mark ?? null,
	...wish
});

/** From what and when a paper of a network was made. */
export const madeFrom = (t: Text, f: Format, now: Date): string => t('paper.made', { day: f.date(now), time: f.time(now) });

export const heading = (text: string, level: 1 | 2 = 1): PaperBlock => ({ kind: 'heading', level, text });
export const paragraph = (text: string): PaperBlock => ({ kind: 'text', text });
export const small = (text: string): PaperBlock => ({ kind: 'small', text });
export const lines = (count: number): PaperBlock => ({ kind: 'lines', count });
export const newPage: PaperBlock = { kind: 'new_page' };

/** A number of one decimal, or a dash where there is none. */
export const shortNumber = (f: Format, value: number | null): string => (value === null ? '–' : f.number(Math.round(value * 10) / 10));
