const thousands = /^(-)?([1-9]\d{0,2}(?:[. \u00A0\u202F]\d{3})+)(?:,(\d{1,4}))?$/;
/** A comma before three digits: a thousand as it is written in English, a thousandth as it is written here. */
const twoWays = /^-?[1-9]\d{0,2},\d{3}$/;
const plain = /^(-)?(\d{1,9})(?:(?:,|[.](?!\d{3}$))(\d{1,4}))?$/;

/**
 * Reads a number as people write it here: "1250", "1.250" and "1 250" are one thousand two hundred and fifty, a comma stands before the decimals
 * ("7,5", "1.250,75"). A dot before one, two or four digits, as a spreadsheet in English writes it, stands before decimals too. At most nine
 * digits before and four after the comma. Null when it is no number, one that no person types here ("0x10", "1e3", "1,250.00"), or one that says two
 * things (`readTwoWays`).
 */
export function readNumber(text: string): number | null {
	const typed = text.trim().replace(/[−–]/g, '-');
	if (twoWays.test(typed)) return null;
	const match = thousands.exec(typed) ?? plain.exec(typed);
	const digits = (match?.[2] ?? '').replace(/\D/g, '');
	if (!match || digits.length > 9) return null;
	const value = Number(match[3] === undefined ? digits : `${digits}.${match[3]}`);
	return match[1] && value !== 0 ? -value : value;
}

/**
 * Of what says two things, as "1,250" does: how to type either so that it says one. With a comma and with a dot before the decimals, for who reads Dutch and
 * who reads English. Null for all else.
 */
export function readTwoWays(text: string): { readonly thousands: string; readonly comma: string; readonly dot: string } | null {
	const typed = text.trim().replace(/[−–]/g, '-');
	if (!twoWays.test(typed)) return null;
	const decimals = Number(typed.replace(',', '.'));
	return { thousands: typed.replace(',', ''), comma: writeNumber(decimals), dot: writeNumberInCsv(decimals) };
}

/**
 * A number as a form or a file writes it, so that `readNumber` reads the same: a comma before the decimals, nothing between thousands, and not three digits after
 * the comma where that says two things ("1,1250").
 */
export const writeNumber = (value: number): string => {
	const written = String(value).replace('.', ',');
	return twoWays.test(written) ? `${written}0` : written;
};

/** As `writeNumber` where a comma stands between cells: a dot, and never three digits after it ("1.1250"), which would be read as a thousand. */
export const writeNumberInCsv = (value: number): string => (/\.\d{3}$/.test(String(value)) ? `${value}0` : String(value));
