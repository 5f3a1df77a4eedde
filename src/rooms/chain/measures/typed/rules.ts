import { fromCsv } from '#foundation/text/csv.ts';

/** What people type or paste of measures, as rows for the act; what a cell holds is judged by the schema. */

/** The steps of a measure, a line each: where it is to stand, and perhaps the day and the number of homes, apart by a semicolon. */
export const typedSteps = (text: string): { readonly aim: string; readonly dueOn?: string; readonly homes?: string }[] =>
	text
		.split('\n')
		.filter((line) => line.trim() !== '')
		.map((line) => {
			const [aim = '', dueOn = '', homes = ''] = line.split(';').map((cell) => cell.trim());
			return { aim, ...(dueOn === '' ? {} : { dueOn }), ...(homes === '' ? {} : { homes }) };
		});

/** A row of a paste, by its number: the first is 1. */
export interface PastedReading {
	readonly row: number;
	readonly kpiId: string;
	readonly onDay: string;
	readonly value: string;
}
export type UnreadReading =
	{ readonly row: number; readonly why: 'quote' } | { readonly row: number; readonly why: 'unknown'; readonly title: string };

/**
 * Rows as they come from a spreadsheet: a measure by its name, a day and how it stood; cells apart by a tab, a semicolon, or, where neither stands, a comma.
 * A first row that names no measure and no day is taken for headings. Nothing is read when one row names a measure that is not there.
 */
export function readPastedReadings(
	text: string,
	kpis: readonly { readonly kpiId: string; readonly title: string }[]
): { readonly rows: readonly PastedReading[]; readonly unread: UnreadReading | null } {
	const separator = text.includes('\t') ? '\t' : text.includes(';') ? ';' : ',';
	const records = fromCsv(text, separator);
	if (!records.ok) return { rows: [], unread: { row: records.record, why: 'quote' } };
	const folded = (title: string): string => title.trim().toLocaleLowerCase('nl');
	const idOf = new Map(kpis.map(({ kpiId, title }) => [folded(title), kpiId]));
	const rows: PastedReading[] = [];
	for (const [index, record] of records.value.entries()) {
		const [title = '', onDay = '', value = ''] = record.map((cell) => cell.trim());
		if (title === '' && onDay === '' && value === '') continue;
		const kpiId = idOf.get(folded(title));
		if (kpiId === undefined && index === 0 && !/\d/.test(onDay)) continue;
		if (kpiId === undefined) return { rows: [], unread: { row: index + 1, why: 'unknown', title } };
		rows.push({ row: index + 1, kpiId, onDay, value });
	}
	return { rows, unread: null };
}
