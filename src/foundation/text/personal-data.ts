import { foldText } from './folded-text.ts';

/**
 * A number, address or code in a free text that points to one person: BSN (citizen service number), IBAN (bank account), Dutch phone number,
 * e-mail address, postcode with house number.
 */
export const personalDataKinds = ['bsn', 'iban', 'phone', 'email', 'postcode'] as const;
export type PersonalDataKind = (typeof personalDataKinds)[number];

/** What was found, from `start` up to but not including `end`, in UTF-16 places of the text as typed. */
export interface PersonalData {
	readonly kind: PersonalDataKind;
	readonly start: number;
	readonly end: number;
}

interface Span {
	readonly start: number;
	readonly end: number;
}

/** Finds personal data in a text, in order of place. Takes time in proportion to the length of the text. */
export function findPersonalData(text: string): PersonalData[] {
	const folded = foldText(text);
	const ibans = findIbans(folded.text);
	const phones = findPhones(folded.text).filter((phone) => !insideAny(phone, ibans));
	// Part of a bank account or of a phone number may pass the 11-test by chance; that is no BSN.
	const bsns = findBsns(folded.text).filter((bsn) => !insideAny(bsn, ibans) && !insideAny(bsn, phones));
	const mark = (kind: PersonalDataKind) => (span: Span) => {
		const last = folded.at(span.end - 1);
		return { kind, start: folded.at(span.start), end: last + ((text.codePointAt(last) ?? 0) > 0xffff ? 2 : 1) };
	};
	return [
		...bsns.map(mark('bsn')),
		...ibans.map(mark('iban')),
		...phones.map(mark('phone')),
		...findEmails(folded.text).map(mark('email')),
		...findPostcodes(folded.text).map(mark('postcode'))
	].sort((a, b) => a.start - b.start || a.end - b.end);
}

/**
 * The 11-test of the BSN: nine digits, weights 9 8 7 6 5 4 3 2 and -1, the sum divisible by 11. Nine zeros are no BSN.
 * Source: Wet algemene bepalingen burgerservicenummer, logical design of the BSN.
 */
export function isBsn(nineDigits: string): boolean {
	if (!/^\d{9}$/.test(nineDigits) || nineDigits === '000000000') return false;
	let sum = 0;
	for (let i = 0; i < 9; i++) sum += Number(nineDigits[i]) * (i === 8 ? -1 : 9 - i);
	return sum % 11 === 0;
}

/** ISO 13616: moved to the end the country and check digits, letters as 10-35, the whole modulo 97 is 1. Without spaces, capitals. */
export function isIban(iban: string): boolean {
	if (iban.length !== ibanLengths.get(iban.slice(0, 2)) || !/^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(iban)) return false;
	let rest = 0;
	for (const character of iban.slice(4) + iban.slice(0, 4)) {
		const value = parseInt(character, 36);
		rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
	}
	return rest === 1;
}

/** Between two digits of a BSN: spaces, dots, hyphens on one line. Over line ends a list of amounts would look like a BSN. */
const bsnSeparator = /^[ \t.\-\v\f]{1,8}$/;

function findBsns(text: string): Span[] {
	const blocks = [...text.matchAll(/\d+/g)].map((match) => ({ digits: match[0], start: match.index, end: match.index + match[0].length }));
	const found: Span[] = [];
	for (let first = 0; first < blocks.length; first++) {
		let digits = '';
		for (let last = first; last < blocks.length && digits.length < 9; last++) {
			const block = blocks[last];
			const before = blocks[last - 1];
			if (!block || block.digits.length > 9) break;
			if (last > first && before && (block.start - before.end > 8 || !bsnSeparator.test(text.slice(before.end, block.start)))) break;
			digits += block.digits;
			const start = blocks[first]?.start ?? block.start;
			if (digits.length === 9 && isBsn(digits) && !holdsDateAndMore(text.slice(start, block.end))) {
				found.push({ start, end: block.end });
				first = last;
			}
		}
	}
	return found;
}

/** "23-11-2026 2": a date with a number before or behind it, in which digits stand together by chance. */
const dateAndMore =
	/^(?:\d{1,2} +)?(?:0?[1-9]|[12]\d|3[01])([-.])(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d(?: +\d{1,2})?$|^(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]) +\d{1,2}$/;
const holdsDateAndMore = (text: string): boolean => dateAndMore.test(text);

/** IBAN lengths of the countries that people here bank in (SWIFT IBAN registry). */
const ibanLengths: ReadonlyMap<string, number> = new Map(
	Object.entries({
		...{ AD: 24, AT: 20, BE: 16, BG: 22, CH: 21, CY: 28, CZ: 24, DE: 22, DK: 18, EE: 20, ES: 24, FI: 18, FR: 27, GB: 22, GR: 27, HR: 21 },
		...{ HU: 28, IE: 22, IS: 26, IT: 27, LI: 21, LT: 20, LU: 20, LV: 21, MC: 27, MT: 31, NL: 18, NO: 15, PL: 28, PT: 25, RO: 24, SE: 24 },
		...{ SI: 19, SK: 24, SM: 27, TR: 26, UA: 29 }
	})
);

function findIbans(text: string): Span[] {
	const found: Span[] = [];
	for (const match of text.matchAll(/(?<![A-Za-z0-9])[A-Za-z]{2}[ .-]?\d[ ]?\d/g)) {
		const length = ibanLengths.get(match[0].slice(0, 2).toUpperCase());
		if (length === undefined || match.index < (found.at(-1)?.end ?? 0)) continue;
		let iban = '';
		let end = match.index;
		// At most one separator between two characters.
		while (iban.length < length) {
			const separated = /[ .\-\t]/.test(text[end] ?? '') && iban !== '';
			const character = text[separated ? end + 1 : end] ?? '';
			if (!/[A-Za-z0-9]/.test(character)) break;
			iban += character.toUpperCase();
			end += separated ? 2 : 1;
		}
		if (!/[A-Za-z0-9]/.test(text[end] ?? '') && isIban(iban)) found.push({ start: match.index, end });
	}
	return found;
}

/** National (0 and nine digits) or with +31 / 0031, also "(0)". Every repetition is bounded, so that the time stays linear. */
const phonePattern = /(?<!\d)(?:(?:\+ ?|00)31[ .\-/]{0,3}(?:\(0\)[ .\-/]{0,3})?|\(?0(?=[1-9]))(?:[ .()\-/]{0,3}\d){9}(?!\d)/g;

function findPhones(text: string): Span[] {
	const found: Span[] = [];
	const pattern = new RegExp(phonePattern);
	for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
		const start = match.index;
		const end = start + match[0].length;
		if (isPhone(match[0])) found.push({ start, end });
		else pattern.lastIndex = start + 1;
	}
	return found;
}

/** An area code has three or four digits, a mobile number begins with 06; "01-02-2026 10" is a date and an hour. */
function isPhone(text: string): boolean {
	if (/^(?:\+|00)/.test(text)) return true;
	const area = /^\(?(\d+)/.exec(text)?.[1] ?? '';
	return (area.length >= 3 || area === '06') && !/^\d\d([-./])\d\d\1(?:19|20)\d\d/.test(text);
}

function findEmails(text: string): Span[] {
	const found: Span[] = [];
	for (let sign = text.indexOf('@'); sign !== -1; sign = text.indexOf('@', sign + 1)) {
		let start = sign;
		while (start > 0 && sign - start < 64 && /[\p{L}\p{N}._%+'-]/u.test(text[start - 1] ?? '')) start--;
		const domain = /^[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/u.exec(text.slice(sign + 1, sign + 256))?.[0];
		if (start < sign && domain !== undefined) found.push({ start, end: sign + 1 + domain.length });
	}
	return found;
}

/** Two small letters behind four digits are more often one of these words: "1200 in 3 maanden". */
const shortWords = new Set(
	'al ad af an as be bv ca cm dd de do ed en er eu ex ga ik in is ja je km ma me mi mm na no nr nu of om on op pm re st te to uw vr we wo za ze zo'.split(
		' '
	)
);

function findPostcodes(text: string): Span[] {
	const found: Span[] = [];
	for (const match of text.matchAll(/(?<![A-Za-z0-9])[1-9]\d{3}( ?)([A-Za-z]{2})(?![A-Za-z])/g)) {
		const letters = match[2] ?? '';
		// PostNL gives no SA, SD or SS.
		if (/^s[ads]$/i.test(letters) || (match[1] === ' ' && shortWords.has(letters))) continue;
		const end = match.index + match[0].length;
		const after = /^[ \t,;:\n\r-]{0,3}(?:huisnummer|nummer|nr\.?|no\.?)? ?\d{1,5}(?!\d)/i.exec(text.slice(end, end + 24));
		const before = /(?<!\d)\d{1,5}[ -]?[A-Za-z]{0,2}[ \t,;\n\r-]{1,3}$/.exec(text.slice(Math.max(0, match.index - 14), match.index));
		if (after) found.push({ start: match.index, end: end + after[0].length });
		else if (before) found.push({ start: match.index - before[0].length, end });
	}
	return found;
}

/** Both lists are in order of place. */
function insideAny(span: Span, others: readonly Span[]): boolean {
	let low = 0;
	let high = others.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((others[middle]?.end ?? 0) < span.end) low = middle + 1;
		else high = middle;
	}
	const other = others[low];
	return other !== undefined && other.start <= span.start && span.end <= other.end;
}
