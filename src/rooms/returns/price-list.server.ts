import { fromCsv } from '#foundation/text/csv.ts';
import { isCalendarDay } from '#foundation/time/days.ts';
import { payerCodeOf } from './rules.ts';
import type { Price } from './rules.ts';

const columns = [
	'id',
	'name_nl',
	'name_en',
	'unit',
	'amount_eur',
	'low_eur',
	'high_eur',
	'year',
	'payer',
	'contains',
	'frees',
	'frees_why_nl',
	'frees_why_en',
	'frees_by',
	'frees_on',
	'source',
	'url'
];

const astray = {
	open: 'a quote that is not closed',
	inside: 'a quote inside a field without quotes',
	text_after: 'text after a quote'
} as const;

/** An amount in euro with at most two decimals, as cents, without passing through a float. */
function centsOf(text: string, where: string): number {
	const match = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text);
	if (!match) throw new RangeError(`${where}: "${text}" is not an amount such as 1250 or 12.50.`);
	return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}

const frees = ['now', 'later', 'capacity', 'not'] as const;

/**
 * Reads a price list. Strict: the columns are those of database/data/unit-costs-nl.csv, every price has a source, a web address, a known payer
 * and an exact amount, codes are unique, and `contains` names prices of the same list. Throws with the record and the reason.
 */
export function readPriceListCsv(text: string): Price[] {
	const read = fromCsv(text);
	if (!read.ok) throw new SyntaxError(`Record ${read.record} has ${astray[read.quote]}.`);
	const [header = [], ...records] = read.value;
	if (header.join() !== columns.join()) throw new RangeError(`The columns must be: ${columns.join(', ')}.`);
	const prices = records.map((record, index): Price => {
		const [
			code = '',
			nameNl = '',
			nameEn = '',
			unit = '',
			amount = '',
			low = '',
			high = '',
			year = '',
			payer = '',
			contains = '',
			free = '',
			freesWhyNl = '',
			freesWhyEn = '',
			freesBy = '',
			freesOn = '',
			source = '',
			url = ''
		] = record.map((field) => field.trim());
		const where = `Record ${index + 2}${code === '' ? '' : ` (${code})`}`;
		if (record.length !== columns.length) throw new RangeError(`${where}: ${record.length} fields, expected ${columns.length}.`);
		if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(code)) throw new RangeError(`${where}: a code is lower case letters, digits and hyphens.`);
		for (const [name, value] of Object.entries({ name_nl: nameNl, name_en: nameEn, unit, payer })) {
			if (value === '') throw new RangeError(`${where}: ${name} is empty.`);
		}
		if (source === '') throw new RangeError(`${where}: no price without a source.`);
		if (!/^https?:\/\/\S+$/.test(url)) throw new RangeError(`${where}: url is not a web address.`);
		if (year !== '' && !/^(?:19|20)\d\d$/.test(year)) throw new RangeError(`${where}: "${year}" is not a year.`);
		const kind = frees.find((one) => one === free);
		if (free !== '' && free !== 'unknown' && kind === undefined)
			throw new RangeError(`${where}: frees is one of ${frees.join(', ')}, unknown, or empty.`);
		const because = [freesWhyNl, freesWhyEn, freesBy, freesOn];
		if (free === '' ? because.some((one) => one !== '') : because.includes(''))
			throw new RangeError(`${where}: frees comes with why in both languages, by whom and on which day, or stays empty as a whole.`);
		if (freesOn !== '' && !isCalendarDay(freesOn)) throw new RangeError(`${where}: "${freesOn}" is not a day.`);
		const payers = payer.split('|').map((one) => {
			const found = payerCodeOf(one);
			if (found === null) throw new RangeError(`${where}: unknown payer "${one.trim()}".`);
			return found;
		});
		const amountCents = centsOf(amount, where);
		const lowCents = low === '' ? null : centsOf(low, where);
		const highCents = high === '' ? null : centsOf(high, where);
		if ((lowCents ?? amountCents) > amountCents || (highCents ?? amountCents) < amountCents)
			throw new RangeError(`${where}: low <= amount <= high.`);
		return {
			...{ code, nameNl, nameEn, unit, amountCents, lowCents, highCents },
			...{ year: year === '' ? null : Number(year), payer: payers.join(' | ') },
			...{ contains: contains === '' ? [] : contains.split('|').map((one) => one.trim()), frees: kind ?? null, source, url },
			...{ freesWhyNl: freesWhyNl || null, freesWhyEn: freesWhyEn || null, freesBy: freesBy || null, freesOn: freesOn || null }
		};
	});
	const codes = new Set(prices.map((price) => price.code));
	if (codes.size !== prices.length) throw new RangeError('A code stands in the list twice.');
	for (const price of prices) {
		const unknown = price.contains.find((one) => !codes.has(one));
		if (unknown !== undefined) throw new RangeError(`${price.code} contains "${unknown}", which is not in the list.`);
	}
	return prices;
}
