import { fromCsv } from '#foundation/text/csv.ts';
import { mayWriteStart } from '../rules.ts';

/** What stands in a row, in the order in which a spreadsheet brings it. */
export const yearFields = ['year', 'cases', 'granted', 'paidBack', 'source'] as const;
export type YearField = (typeof yearFields)[number];

/** A row as it was typed. What was left empty is not there, the year and the source always are. */
export type TypedYear = Readonly<Partial<Record<YearField, string>>> & { readonly year: string; readonly source: string };

/** A row with its number in what was pasted: the first is 1. */
export interface PastedYear {
	readonly row: number;
	readonly year: TypedYear;
}

/** A row of a paste that cannot be read at all, by its number. */
export interface UnreadRow {
	readonly row: number;
	readonly why: 'too_many' | 'quote';
}

/** At most so many years at once. */
export const mostYears = 100;

/** Who brings earlier years: who writes at the start, and who keeps the books. */
export const mayRecordYears = (roles: readonly string[]): boolean => mayWriteStart(roles) || roles.includes('treasurer');

/** A row as a form or a spreadsheet brings it, without what was left empty. */
export const typedYear = ({ year, cases, granted, paidBack, source }: Readonly<Record<YearField, string>>): TypedYear => ({
	year,
	...(cases.trim() === '' ? {} : { cases }),
	...(granted.trim() === '' ? {} : { granted }),
	...(paidBack.trim() === '' ? {} : { paidBack }),
	source
});

const isHead = (cells: readonly string[]): boolean => /^(?:jaar|year)$/i.test(cells[0] ?? '');

/**
 * Rows as they come from a spreadsheet: a year, cases, euros granted, euros paid back, and the source; cells apart by a tab, a semicolon, or, where
 * neither stands, a comma. A row of headings and empty rows are left out. What a cell holds is judged by the schema, as of a form.
 */
export function readPastedYears(text: string): { readonly rows: readonly PastedYear[]; readonly unread: UnreadRow | null } {
	const separator = text.includes('\t') ? '\t' : text.includes(';') ? ';' : ',';
	const records = fromCsv(text, separator);
	if (!records.ok) return { rows: [], unread: { row: records.record, why: 'quote' } };
	const rows: PastedYear[] = [];
	for (const [index, record] of records.value.entries()) {
		const cells = record.map((cell) => cell.trim());
		if (cells.every((cell) => cell === '') || (index === 0 && isHead(cells))) continue;
		if (cells.length > yearFields.length && cells.slice(yearFields.length).some((cell) => cell !== ''))
			return { rows, unread: { row: index + 1, why: 'too_many' } };
		const [year = '', cases = '', granted = '', paidBack = '', source = ''] = cells;
		rows.push({ row: index + 1, year: typedYear({ year, cases, granted, paidBack, source }) });
	}
	return { rows, unread: null };
}
