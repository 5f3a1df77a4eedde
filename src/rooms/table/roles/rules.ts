import { attentionCodes } from '../attention/rules.ts';
import type { AttentionCode } from '../attention/rules.ts';

/** What is counted of an organisation. `overdue`, `silent`, `overloaded` and `one_sided` are what a facilitator looks after. */
export const organisationFigures = ['kept', 'late', 'open', 'overdue', 'asked', 'answered', 'silent', 'overloaded', 'one_sided'] as const;
export type OrganisationFigure = (typeof organisationFigures)[number];

/** A cell: a count, 0, or null when it is too small to show. */
export type Cell = number | null;

export interface FigureRow {
	readonly organisationId: string;
	readonly what: string;
	readonly amount: number | null;
}

/** The figures of an organisation. */
export interface OrganisationCells {
	readonly cells: Readonly<Record<OrganisationFigure, Cell>>;
	/** So few people work there that any figure could point at one of them: all cells are null. */
	readonly small: boolean;
}

/** Whether an organisation has so few people that nothing is counted of it. */
export const isSmall = (rows: readonly FigureRow[], organisationId: string): boolean =>
	rows.some((row) => row.organisationId === organisationId && row.what === 'small');

/** The figures of one organisation: what was not counted is 0; of a small one nothing is told, also no 0. */
export const cellsOf = (rows: readonly FigureRow[], organisationId: string): Readonly<Record<OrganisationFigure, Cell>> =>
	Object.fromEntries(
		organisationFigures.map((what) => {
			const row = rows.find((entry) => entry.organisationId === organisationId && entry.what === what);
			return [what, isSmall(rows, organisationId) ? null : row ? row.amount : 0];
		})
	) as Record<OrganisationFigure, Cell>;

/** Who sees figures per organisation (C5). None of them sees a case by it. */
export const maySeeOrganisations = (roles: readonly string[]): boolean =>
	['oversight', 'governor', 'facilitator'].some((role) => roles.includes(role));

/** What a facilitator may want to bring up, most pressing first; nothing when all is well, nor of a small organisation. A cell too small to show counts as something. */
export const toBringUp = ({ cells, small }: Pick<OrganisationCells, 'cells' | 'small'>): AttentionCode[] =>
	small ? [] : attentionCodes.filter((what) => cells[what] !== 0);

/** The first UUIDv7 of a moment: every id made at or after it sorts at or behind this one. */
export const firstIdOf = (moment: Date): string => {
	const hex = Math.max(0, moment.getTime()).toString(16).padStart(12, '0');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-0000-0000-000000000000`;
};
