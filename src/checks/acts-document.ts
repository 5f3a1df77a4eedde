import { readFileSync } from 'node:fs';
import type { Outcome } from '#foundation/outcome.ts';

/** docs/ACTIONS.md as tables, so that every act x role x state that it lists is done for real. A room's matrix test reads its own tables from here. */

const document = readFileSync(new URL('../../docs/ACTIONS.md', import.meta.url), 'utf8');

export interface ActsTable {
	/** What stands above the answers: roles, or `state` and roles. The column `act` is left out. */
	readonly columns: readonly string[];
	/** The act first, then a cell for each column. */
	readonly rows: readonly (readonly string[])[];
}

/** The cells of one answer that depends on the state: `yes / wrong_state` in the order that the document gives. */
export const cellsOf = (cell: string): string[] => cell.split('/').map((answer) => answer.trim());

const cellsOfLine = (line: string): string[] =>
	line
		.replaceAll('\\|', '/')
		.split('|')
		.slice(1, -1)
		.map((cell) => cell.trim());

const tables: ReadonlyMap<string, ActsTable> = new Map(
	document
		.split(/^## /m)
		.slice(1)
		.flatMap((section): [string, ActsTable][] => {
			const [head, , ...rows] = section.split('\n').filter((line) => line.startsWith('|'));
			const columns = cellsOfLine(head ?? '');
			return columns[0] === 'act' ? [[section.split('\n', 1)[0] ?? '', { columns: columns.slice(1), rows: rows.map(cellsOfLine) }]] : [];
		})
);

/** The table of acts under a heading of the second level. Throws when there is none. */
export function tableUnder(heading: string): ActsTable {
	const table = tables.get(heading);
	if (!table) throw new Error(`docs/ACTIONS.md has no table of acts under "${heading}".`);
	return table;
}

/** Every act that stands in one of the tables. */
export const listDocumentedActs = (): Set<string> => new Set([...tables.values()].flatMap((table) => table.rows.map(([act = '']) => act)));

/** Every answer that stands in one of the tables: `yes` and codes of refusals. A column `state` holds none. */
export const listDocumentedAnswers = (): Set<string> =>
	new Set(
		[...tables.values()].flatMap(({ columns, rows }) =>
			rows.flatMap((row) => row.slice(1).flatMap((cell, index) => (columns[index] === 'state' ? [] : cellsOf(cell))))
		)
	);

/** What an act answered, as the document writes it. */
export const said = (outcome: Outcome<unknown>): string => (outcome.ok ? 'yes' : outcome.refusal.code);

/** Every table of acts, for what must hold in all of them. */
export const listDocumentedTables = (): readonly ActsTable[] => [...tables.values()];
