const thousands = /^(-)?([1-9]\d{0,2}(?:[. \u00A0\u202F]\d{3})+)(?:,(\d{1,4}))?$/;
const plain = /^(-)?(\d{1,9})(?:(?:,|[.](?!\d{3}$))(\d{1,4}))?$/;

/**
 * Reads a number as people write it here: "1250", "1.250" and "1 250" are one thousand two hundred and fifty, a comma stands before the decimals
 * ("7,5", "1.250,75"). A dot before one, two or four digits, as a spreadsheet in English writes it, stands before decimals too. At most nine
 * digits before and four after the comma. Null when it is no number, or one that no person types here ("0x10", "1e3", "1,250.00").
 */
export function readNumber(text: string): number | null {
	const typed = text.trim().replace(/[−–]/g, '-');
	const match = thousands.exec(typed) ?? plain.exec(typed);
	const digits = (match?.[2] ?? '').replace(/\D/g, '');
	if (!match || digits.length > 9) return null;
	const value = Number(match[3] === undefined ? digits : `${digits}.${match[3]}`);
	return match[1] && value !== 0 ? -value : value;
}

/** A number as a form or a file writes it, so that `readNumber` reads the same: a comma before the decimals, nothing between thousands. */
export const writeNumber = (value: number): string => String(value).replace('.', ',');

/** As `writeNumber` where a comma stands between cells: a dot, and never three digits after it ("1.1250"), which would be read as a thousand. */
export const writeNumberInCsv = (value: number): string => (/\.\d{3}$/.test(String(value)) ? `${value}0` : String(value));
