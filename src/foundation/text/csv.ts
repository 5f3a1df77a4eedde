/** What a spreadsheet takes for a formula when a cell begins with it. */
const formula = /^[=+\-@\t\r]/;
const number = /^-?\d+(?:\.\d+)?$/;

/** One cell (RFC 4180): quoted where needed, and never a formula: a name that begins with `=` is shown, not done. */
const cell = (text: string): string => {
	const safe = formula.test(text) && !number.test(text) ? `'${text}` : text;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Rows as CSV, UTF-8 with a mark so that a spreadsheet reads it so. */
export const toCsv = (rows: readonly (readonly string[])[]): string =>
	`\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
