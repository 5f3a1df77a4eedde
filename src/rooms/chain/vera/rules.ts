import type { Day } from '#foundation/time/days.ts';

/** A code of the reference data of Dutch housing associations (VERA), as its file has it. */
export interface VeraCode {
	/** The list it stands in, such as ONDERHOUDSOORT. */
	readonly list: string;
	readonly code: string;
	readonly name: string;
	readonly meaning: string;
	/** From which day and until which day it is used; null: always, or still. */
	readonly from: Day | null;
	readonly until: Day | null;
}

/** The lists that a project works with. */
export const veraLists = ['ONDERHOUDSOORT', 'ONDERHOUDSORDERSTATUS'] as const;
export type VeraList = (typeof veraLists)[number];

/** Days stand in the file as 3-1-2025 and as 24-01-25. */
const dayIn = (text: string): Day | null => {
	const found = /^(\d{1,2})-(\d{1,2})-(\d{4}|\d{2})$/.exec(text.trim());
	if (!found) return null;
	const [, d = '', m = '', y = ''] = found;
	return `${y.length === 2 ? `20${y}` : y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
};

/** The rows of a file with semicolons (RFC 4180 but for that): a cell may be quoted, and a quoted one may hold line ends. */
export function readSemicolons(text: string): string[][] {
	const rows: string[][] = [];
	let row: string[] = [];
	let cell = '';
	let quoted = false;
	const end = (): void => {
		row.push(cell);
		cell = '';
	};
	for (let at = 0; at < text.length; at++) {
		const sign = text.charAt(at);
		if (quoted) {
			if (sign !== '"') cell += sign;
			else if (text.charAt(at + 1) === '"') {
				cell += '"';
				at++;
			} else quoted = false;
		} else if (sign === '"' && cell === '') quoted = true;
		else if (sign === ';') end();
		else if (sign === '\n') {
			end();
			rows.push(row);
			row = [];
		} else if (sign !== '\r') cell += sign;
	}
	if (cell !== '' || row.length > 0) {
		end();
		rows.push(row);
	}
	return rows;
}

/** The codes in the file, in its order. */
export function readVera(text: string): VeraCode[] {
	const [, ...rows] = readSemicolons(text.replace(/^\uFEFF/, ''));
	return rows.flatMap(([list = '', code = '', name = '', meaning = '', from = '', until = '']): VeraCode[] =>
		list === '' || code === '' ? [] : [{ list, code, name, meaning, from: dayIn(from), until: dayIn(until) }]
	);
}

/** Whether a code is in use on a day: an ended code stays readable and is chosen no more. */
export const isInUse = ({ from, until }: Pick<VeraCode, 'from' | 'until'>, day: Day): boolean =>
	(from === null || from <= day) && (until === null || until >= day);
