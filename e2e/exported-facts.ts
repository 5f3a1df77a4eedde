/** The facts that `loopplank export` writes, as tables of rows. None of the product's own code is used here. */

export type Row = Readonly<Record<string, unknown>>;
export type Facts = ReadonlyMap<string, readonly Row[]>;

/** Reads the lines of an export into its tables. */
export function readFacts(lines: Iterable<string>): Facts {
	const tables = new Map<string, Row[]>();
	for (const line of lines) {
		if (line.trim() === '') continue;
		const parsed = JSON.parse(line) as { readonly table?: string; readonly row?: Row; readonly tables?: readonly string[] };
		for (const name of parsed.tables ?? []) tables.set(name, []);
		if (parsed.table !== undefined && parsed.row !== undefined) tables.get(parsed.table)?.push(parsed.row);
	}
	return tables;
}

export const text = (row: Row | undefined, column: string): string => {
	const value = row?.[column];
	return typeof value === 'string' ? value : '';
};
export const amount = (row: Row, column: string): number => Number(row[column] ?? 0);
export const moment = (row: Row | undefined, column: string): number => Date.parse(text(row, column));
export const rowsOf = (facts: Facts, table: string): readonly Row[] => facts.get(table) ?? [];

/** Rows by what stands in a column. */
export function by(rows: readonly Row[], column: string): Map<string, Row[]> {
	const groups = new Map<string, Row[]>();
	for (const row of rows) groups.set(text(row, column), [...(groups.get(text(row, column)) ?? []), row]);
	return groups;
}

/** The row of the last moment; of one moment the one with the later id. */
export const newest = (rows: readonly Row[], id: string): Row | undefined =>
	rows.toSorted((a, b) => moment(a, 'at') - moment(b, 'at') || (text(a, id) < text(b, id) ? -1 : 1)).at(-1);
