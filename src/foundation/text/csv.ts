/** What a spreadsheet takes for a formula when a cell begins with it. */
const formula = /^[=+\-@\t\r]/;
const number = /^-?\d+(?:\.\d+)?$/;

/** One cell (RFC 4180): quoted where needed, and never a formula: a name that begins with `=` is shown, not done. */
const cell = (value: string | number): string => {
	const text = String(value);
	const safe = formula.test(text) && !number.test(text) ? `'${text}` : text;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Rows as CSV, UTF-8 with a mark so that a spreadsheet reads it so. */
export const toCsv = (rows: readonly (readonly (string | number)[])[]): string =>
	`\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;

/** The records, or the number of the first (1 is the first) in which a quote is astray: not closed, inside a field without quotes, or with text after it. */
export type CsvRead =
	| { readonly ok: true; readonly value: readonly (readonly string[])[] }
	| { readonly ok: false; readonly record: number; readonly quote: 'open' | 'inside' | 'text_after' };

/**
 * The records of a CSV text (RFC 4180), with a mark before it or not: fields may be quoted, a quote inside is doubled. An empty line is a record of
 * one empty field.
 * @param separator one character that stands between two fields
 */
export function fromCsv(text: string, separator: ',' | ';' | '\t' = ','): CsvRead {
	const records: string[][] = [];
	const astray = (quote: 'open' | 'inside' | 'text_after') => ({ ok: false, record: records.length + 1, quote }) as const;
	let record: string[] = [];
	const stops = [separator, '\r', '\n'];
	let at = text.startsWith('\uFEFF') ? 1 : 0;
	while (at < text.length) {
		let field = '';
		if (text[at] === '"') {
			for (at += 1; ; at += 1) {
				if (at >= text.length) return astray('open');
				if (text[at] === '"' && text[at + 1] !== '"') break;
				if (text[at] === '"') at += 1;
				field += text[at];
			}
			at += 1;
			if (at < text.length && !stops.includes(text.charAt(at))) return astray('text_after');
		} else {
			const from = at;
			while (at < text.length && !stops.includes(text.charAt(at))) at += 1;
			field = text.slice(from, at);
			if (field.includes('"')) return astray('inside');
		}
		record.push(field);
		if (text[at] === separator) {
			at += 1;
			if (at < text.length) continue;
			record.push('');
		}
		if (text.startsWith('\r\n', at)) at += 2;
		else at += 1;
		records.push(record);
		record = [];
	}
	return { ok: true, value: records };
}
