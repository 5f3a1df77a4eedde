import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldPayment, householdText, readHouseNumber, readIban, readPostcode, showIban } from './rules.ts';

describe('a bank account', () => {
	test('is read however it is spaced, and shown in fours', () => {
		expect(readIban('nl91 abna 0417 1643 00')).toBe('NL91ABNA0417164300');
		expect(showIban('NL91ABNA0417164300')).toBe('NL91 ABNA 0417 1643 00');
	});
	test('with any one digit another is none (mod 97)', () =>
		fc.assert(
			fc.property(fc.integer({ min: 8, max: 17 }), fc.integer({ min: 1, max: 9 }), (place, more) => {
				const iban = 'NL91ABNA0417164300';
				const wrong = iban.slice(0, place) + String((Number(iban[place]) + more) % 10) + iban.slice(place + 1);
				expect(readIban(wrong)).toBeNull();
			})
		));
});

test('a household is the same however it was typed, and another one next door', () => {
	const typed = (postcode: string, number: string) =>
		householdText({ postcode: readPostcode(postcode) ?? '', houseNumber: readHouseNumber(number) ?? '', birthDate: '1980-02-29' });
	expect(new Set([typed('5211 ab', '12-a'), typed('5211AB', '12 A'), typed(' 5211ab ', '12A'), typed('5211AB', '012 a')]).size).toBe(1);
	expect(typed('5211AB', '12')).not.toBe(typed('5211AB', '12A'));
	expect([readPostcode('0211AB'), readPostcode('5211A'), readHouseNumber('a12'), readHouseNumber('')]).toEqual([null, null, null, null]);
});

test('a payment waits, is made ready by one, is paid by the second, or never was', () => {
	expect([
		foldPayment([], 0),
		foldPayment([], 1),
		foldPayment(['paid'], 2),
		foldPayment(['withdrawn'], 1),
		foldPayment(['paid', 'reversed'], 2)
	]).toEqual([...['waits', 'ready', 'paid', 'withdrawn', 'reversed']]);
});
