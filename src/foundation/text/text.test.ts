import { describe, expect, test } from 'vitest';
import { catalogue } from './catalogue.server.ts';
import { refuse } from '#foundation/outcome.ts';
import { fieldSentence, fieldSentences, liftSentence } from './refusal-text.ts';
import { say } from './say.server.ts';
import { createText, localeFrom } from './text.ts';

describe('saying a sentence', () => {
	const t = createText('nl', catalogue.nl);

	test('fills in the values, counts the Dutch way, and keeps an apostrophe', () => {
		expect(t('form.errors', { count: 1 })).toBe('Er klopt nog één ding niet');
		expect(t('form.errors', { count: 3 })).toBe('Er kloppen nog 3 dingen niet');
		expect(t('form.limit', { limit: 2000 })).toBe('Hoogstens 2.000 tekens.');
		expect(say('en', 'form.limit', { limit: 2000 })).toBe('At most 2,000 characters.');
		expect(createText('nl', { 'form.choose': "collega's" })('form.choose')).toBe("collega's");
	});

	test('does not read what people typed as markup or as ICU', () => {
		expect(t('lift.person', { name: '<b>{x}</b> & co' })).toBe('Vraag het aan <b>{x}</b> & co.');
	});

	test('throws when a sentence or a value is missing', () => {
		expect(() => createText('nl', {})('form.choose')).toThrow('form.choose');
		expect(() => t('form.limit')).toThrow();
		expect(() => t('form.limit', { other: 1 })).toThrow();
	});
});

describe('the language of a visitor', () => {
	test.each([
		[undefined, null, 'nl'],
		[undefined, '', 'nl'],
		[undefined, 'en-US,en;q=0.9', 'en'],
		[undefined, 'de-DE,de;q=0.9,en;q=0.8,nl;q=0.7', 'en'],
		[undefined, 'en;q=0.4, nl-NL;q=0.5', 'nl'],
		[undefined, 'fr, *;q=0.1', 'nl'],
		[undefined, 'en;q=0', 'nl'],
		['en', 'nl', 'en'],
		['xx', 'en', 'en']
	] as const)('chosen %s, wished %s: %s', (chosen, wished, expected) => {
		expect(localeFrom(chosen, wished)).toBe(expected);
	});
});

describe('a refusal in words', () => {
	const t = createText('nl', catalogue.nl);

	test('tells the limit when it is known, and is whole without it', () => {
		expect(fieldSentence(t, { path: ['text'], code: 'too_long', values: { max: 100_000 } })).toContain('hoogstens 100.000 tekens');
		expect(fieldSentence(t, { path: ['text'], code: 'too_long' })).toBe('Dit is te lang. Maak het korter.');
	});

	test('gives each field its first sentence, by its name in the form', () => {
		const outcome = refuse('invalid', {
			fields: [
				{ path: ['flows', 0, 'price'], code: 'required' },
				{ path: ['flows', 0, 'price'], code: 'wrong_type' }
			]
		});
		expect(outcome.ok ? {} : fieldSentences(t, outcome.refusal)).toEqual({ 'flows.0.price': 'Vul dit nog in.' });
		expect(fieldSentences(t, null)).toEqual({});
	});

	test('names who can lift it, and no one whose name the actor may not see', () => {
		expect(liftSentence(t, { code: 'not_holder', lift: { kind: 'role', role: 'holder' } })).toContain('die de casus vasthoudt');
		expect(liftSentence(t, { code: 'not_holder', lift: { kind: 'person', personId: 'p' } }, 'Sanne')).toBe('Vraag het aan Sanne.');
		expect(liftSentence(t, { code: 'not_holder', lift: { kind: 'person', personId: 'p' } })).toBeUndefined();
		expect(liftSentence(t, { code: 'not_holder' })).toBeUndefined();
	});
});

test('a sentence that ends with quoted words has one full stop, whoever typed one', () => {
	const t = createText('nl', { 'timeline.confirmed': '{who} bevestigt het: “{what}”.' });
	expect(t('timeline.confirmed', { who: 'Karin', what: 'Ik bel.' })).toBe('Karin bevestigt het: “Ik bel.”');
	expect(t('timeline.confirmed', { who: 'Karin', what: 'Ik bel' })).toBe('Karin bevestigt het: “Ik bel”.');
});
