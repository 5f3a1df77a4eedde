import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findPersonalData, isBsn, isIban } from './personal-data.ts';

const kinds = (text: string) => findPersonalData(text).map((found) => found.kind);
const spans = (text: string) => findPersonalData(text).map((found) => [found.kind, text.slice(found.start, found.end)]);

const nineDigits = fc.integer({ min: 0, max: 999_999_999 }).map((number) => String(number).padStart(9, '0'));
/** Eight digits decide the ninth; for one in eleven there is none. */
const bsn = fc
	.integer({ min: 1, max: 99_999_999 })
	.map((number) => String(number).padStart(8, '0'))
	.map((eight) => eight + String([...eight].reduce((sum, digit, i) => sum + Number(digit) * (9 - i), 0) % 11))
	.filter((number) => number.length === 9);
const separator = fc.constantFrom('', '', ' ', '.', '-', '  ', ' - ', '\u00a0', '\u2009', '\u2013', '\u200b', '\t');
const zeroes = ['0', '٠', '۰', '०', '０', '𝟎'].map((zero) => zero.codePointAt(0) ?? 0);

describe('BSN', () => {
	test('passes the 11-test or not', () => {
		expect(['123456782', '111222333', '999990019', '010464554'].map(isBsn)).toEqual([true, true, true, true]);
		expect(['123456789', '000000000', '12345678', '1234567820', '12345678a'].map(isBsn)).toEqual([false, false, false, false, false]);
	});

	test('is found in any spacing, in digits of any script', () => {
		fc.assert(
			fc.property(bsn, fc.array(separator, { minLength: 8, maxLength: 8 }), fc.constantFrom(...zeroes), (number, separators, zero) => {
				const written = [...number].map((digit, i) => String.fromCodePoint(zero + Number(digit)) + (separators[i] ?? '')).join('');
				const text = `De bewoner (${written}) belde.`;
				const found = findPersonalData(text).filter((item) => item.kind === 'bsn');
				expect(found.map((item) => text.slice(item.start, item.end))).toEqual([written]);
			}),
			{ numRuns: 2000 }
		);
	});

	test('nine digits that fail the 11-test pass', () => {
		fc.assert(
			fc.property(
				nineDigits.filter((number) => !isBsn(number)),
				(number) => {
					expect(kinds(`klantnummer ${number}.`)).toEqual([]);
				}
			),
			{ numRuns: 2000 }
		);
	});

	test('is not part of a longer row of digits', () => {
		fc.assert(
			fc.property(bsn, fc.integer({ min: 0, max: 9 }), fc.boolean(), (number, digit, before) => {
				expect(kinds(before ? `x${digit}${number}x` : `x${number}${digit}x`)).not.toContain('bsn');
			})
		);
	});

	test('is found beside other numbers and letters, and more than once', () => {
		expect(spans('huis 12 123456782')).toEqual([['bsn', '123456782']]);
		expect(spans('BSN123456782, 111.222.333')).toEqual([
			['bsn', '123456782'],
			['bsn', '111.222.333']
		]);
		expect(spans('😀 １２３４５６７８２!')).toEqual([['bsn', '１２３４５６７８２']]);
	});

	test('is not seen in a list of amounts, a date, a phone number or a bank account', () => {
		expect(kinds('1234\n567\n82')).toEqual([]);
		expect(kinds('123.456,782')).toEqual([]);
		expect(isBsn('120320152')).toBe(false);
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 28 }),
				fc.integer({ min: 1, max: 12 }),
				fc.integer({ min: 1950, max: 2050 }),
				fc.integer({ min: 0, max: 99 }),
				(d, m, y, n) => {
					expect(kinds(`op ${d}-${m}-${y} ${n} keer`)).toEqual([]);
				}
			)
		);
		fc.assert(
			fc.property(fc.integer({ min: 10_000_000, max: 99_999_999 }), (number) => {
				expect(kinds(`bel +31 6 ${number}`)).toEqual(['phone']);
			})
		);
	});
});

test('IBAN: modulo 97, with or without spaces, and nothing else', () => {
	expect(isIban('NL91ABNA0417164300')).toBe(true);
	expect(isIban('NL92ABNA0417164300')).toBe(false);
	expect(spans('op NL91 ABNA 0417 1643 00 is gestort')).toEqual([['iban', 'NL91 ABNA 0417 1643 00']]);
	expect(spans('rek. nl91abna0417164300, BE68539007547034')).toEqual([
		['iban', 'nl91abna0417164300'],
		['iban', 'BE68539007547034']
	]);
	expect(kinds('NL92 ABNA 0417 1643 00')).not.toContain('iban');
	expect(kinds('NL91ABNA0417164300X')).not.toContain('iban');
});

test('Dutch phone numbers', () => {
	for (const number of [
		'0612345678',
		'06-12345678',
		'06 12 34 56 78',
		'073-615 51 55',
		'0413-123456',
		'(073) 6155155',
		'+31612345678',
		'0031 6 12345678',
		'+31 (0)6 12345678'
	]) {
		expect(spans(`Bel ${number}.`), number).toEqual([['phone', number]]);
	}
	for (const text of ['061234567', '06123456789', '0012345678', '01-02-2026 10', '1612345678', 'zaak 2026-001234'])
		expect(kinds(text), text).toEqual([]);
	expect(spans('02-03-2026 06 12345678')).toEqual([['phone', '06 12345678']]);
});

test('e-mail addresses', () => {
	expect(spans('mail a.b+c@voorbeeld.nl. Of jürgen@müller.de')).toEqual([
		['email', 'a.b+c@voorbeeld.nl'],
		['email', 'jürgen@müller.de']
	]);
	for (const text of ['@home', 'a@b', 'om 9@ 10', 'a @voorbeeld.nl']) expect(kinds(text), text).toEqual([]);
});

test('postcode with house number, not alone', () => {
	expect(spans('woont 5211 AB 12')).toEqual([['postcode', '5211 AB 12']]);
	expect(spans('Kerkstraat 12a, 5211ab Den Bosch')).toEqual([['postcode', '12a, 5211ab']]);
	expect(spans('5211AB, nr. 3')).toEqual([['postcode', '5211AB, nr. 3']]);
	for (const text of ['wijk 5211 AB', '1200 in 3 maanden', '0211 AB 12', '5211 SS 12', '1250 is 3 keer zoveel'])
		expect(kinds(text), text).toEqual([]);
});

test('reads 100,000 characters in linear time, whatever they are', () => {
	const size = 100_000;
	const hard = [
		'1',
		'1 ',
		'0',
		'06 ',
		'+31 ',
		'+',
		'@',
		'a',
		'a.',
		'a@a.',
		'NL91',
		'NL91 ',
		'1 2-3.',
		'1234 AB ',
		'１',
		'\u200b',
		'(0)',
		' ',
		'1111AB12 ',
		'-1'
	].map((part) => part.repeat(Math.ceil(size / part.length)).slice(0, size));
	for (const text of hard) {
		const whole = fastest(() => findPersonalData(text));
		const tenth = fastest(() => findPersonalData(text.slice(0, size / 10)));
		// Linear is ten times a tenth; a square would be a hundred times.
		expect(whole, `${JSON.stringify(text.slice(0, 8))} took ${whole} ms, a tenth ${tenth} ms`).toBeLessThan(Math.max(100, tenth * 40));
	}
});

/** Milliseconds of this thread's own processor time, least of three: what else the machine is doing does not count. */
function fastest(act: () => unknown): number {
	let best = Infinity;
	for (let i = 0; i < 3; i++) {
		const start = process.threadCpuUsage();
		act();
		const { user, system } = process.threadCpuUsage(start);
		best = Math.min(best, (user + system) / 1000);
	}
	return best;
}
