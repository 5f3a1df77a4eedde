import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { fieldCodes } from '#foundation/outcome.ts';
import { cents, email, freeText, localDate, oneOf, parseInput, toFieldErrors, uuid } from './free-text.schema.ts';

function codes(schema: z.ZodType, input: unknown): string[] {
	const outcome = parseInput(schema, input);
	return outcome.ok ? [] : (outcome.refusal.fields ?? []).map((field) => [...field.path, field.code].join('.'));
}

describe('free text', () => {
	test('is kept to the letter', () => {
		for (const text of ['', ' rand ', 'a\r\nb\tc', '<script>alert(1)</script>', '👩‍👩‍👧 وصل 書 Ω', 'e\u0301', '9 tot 5, 123456789']) {
			expect(parseInput(freeText(), text)).toEqual({ ok: true, value: text });
		}
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
				const outcome = parseInput(freeText(), text);
				if (outcome.ok) expect(outcome.value).toBe(text);
				else expect(outcome.refusal.fields?.every((field) => field.code === 'bsn' || field.code === 'null_byte')).toBe(true);
			})
		);
	});

	test('refuses a BSN, a null byte and half a character, all at once', () => {
		expect(codes(freeText(), 'BSN 123.456.782')).toEqual(['bsn']);
		expect(codes(freeText(), 'a\0b')).toEqual(['null_byte']);
		expect(codes(freeText(), 'half \ud83d')).toEqual(['null_byte']);
		expect(codes(freeText(), '123456782\0')).toEqual(['bsn', 'null_byte']);
	});

	test('counts characters as people do', () => {
		expect(codes(freeText(), 'x'.repeat(100_000))).toEqual([]);
		expect(codes(freeText(), '😀'.repeat(100_000))).toEqual([]);
		expect(codes(freeText(), 'x'.repeat(100_001))).toEqual(['too_long']);
		expect(codes(freeText({ max: 3 }), '😀😀😀😀')).toEqual(['too_long']);
		expect(codes(freeText({ min: 1 }), ' \n ')).toEqual(['required']);
		expect(codes(freeText({ min: 3 }), 'ab')).toEqual(['too_short']);
		expect(codes(freeText({ min: 1 }), undefined)).toEqual(['required']);
		expect(codes(freeText(), 5)).toEqual(['wrong_type']);
		expect(parseInput(freeText({ max: 3 }), 'abcd')).toMatchObject({
			refusal: { fields: [{ path: [], code: 'too_long', values: { max: 3 } }] }
		});
	});
});

test('a day stands in the calendar', () => {
	for (const day of ['2026-11-23', '2028-02-29', '0001-01-01']) expect(codes(localDate(), day)).toEqual([]);
	for (const day of ['2026-02-29', '2026-13-01', '23-11-2026', '2026-1-1', '2026-11-23T00:00', '٢٠٢٦-11-23'])
		expect(codes(localDate(), day), day).toEqual(['not_a_date']);
	expect(codes(localDate(), '')).toEqual(['required']);
	expect(codes(localDate(), undefined)).toEqual(['required']);
});

test('an amount becomes cents', () => {
	expect(parseInput(cents(), '1.250,00')).toEqual({ ok: true, value: 125_000 });
	expect(parseInput(cents(), ' € 1250 ')).toEqual({ ok: true, value: 125_000 });
	expect(codes(cents(), 'veel')).toEqual(['not_an_amount']);
	expect(codes(cents(), '')).toEqual(['required']);
	expect(codes(cents(), '-1')).toEqual(['number_too_small']);
	expect(codes(cents({ max: 50_000 }), '500,01')).toEqual(['number_too_large']);
	expect(codes(cents({ max: 50_000 }), '500')).toEqual([]);
});

test('ids, choices and e-mail', () => {
	expect(codes(uuid(), '019ab2c4-5d6e-7f80-9a1b-2c3d4e5f6071')).toEqual([]);
	expect(codes(uuid(), 'nee')).toEqual(['not_an_id']);
	expect(codes(uuid(), '')).toEqual(['required']);
	expect(codes(oneOf(['yes', 'no']), 'yes')).toEqual([]);
	expect(codes(oneOf(['yes', 'no']), 'misschien')).toEqual(['not_a_choice']);
	expect(codes(oneOf(['yes', 'no']), undefined)).toEqual(['required']);
	expect(parseInput(email(), ' a@voorbeeld.nl ')).toEqual({ ok: true, value: 'a@voorbeeld.nl' });
	expect(codes(email(), 'a@')).toEqual(['not_an_email']);
	expect(codes(email(), '')).toEqual(['required']);
	expect(codes(email(), 'a\0@voorbeeld.nl')).toEqual(['null_byte']);
	expect(codes(email(), `${'a'.repeat(250)}@voorbeeld.nl`)).toEqual(['too_long']);
});

describe('field errors', () => {
	const schema = z.strictObject({
		goal: freeText({ min: 1 }),
		count: z.number().int().min(1).max(9),
		flows: z.array(z.object({ price: uuid(), when: z.iso.date() })).min(2),
		know: z.boolean(),
		who: z.union([z.object({ id: uuid() }), z.object({ mail: email() })]),
		kind: z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') }), z.object({ kind: z.literal('b') })])
	});

	test('come all at once, with their paths', () => {
		const input = {
			goal: '111222333',
			count: 10,
			flows: [{ price: 'x', when: '2026-02-30' }],
			who: { id: 'x' },
			kind: { kind: 'c' },
			more: 1
		};
		expect(codes(schema, input)).toEqual([
			'goal.bsn',
			'count.number_too_large',
			'flows.0.price.not_an_id',
			'flows.0.when.not_a_date',
			'flows.too_short',
			'know.required',
			'who.id.not_an_id',
			'kind.kind.not_a_choice',
			'more.unknown_field'
		]);
		expect(codes(schema, null)).toEqual(['required']);
		expect(codes(schema, 'text')).toEqual(['wrong_type']);
	});

	test('are the same when zod keeps no input in its issues', () => {
		for (const input of [{}, null, { goal: null, count: '5', flows: 1, know: 'ja', who: 1, kind: 1 }]) {
			const plain = schema.safeParse(input);
			expect(plain.success).toBe(false);
			if (!plain.success)
				expect(toFieldErrors(plain.error).map((field) => [...field.path, field.code].join('.'))).toEqual(codes(schema, input));
		}
	});

	test('every issue that zod knows has a code', () => {
		const samples: [z.ZodType, unknown, string][] = [
			[z.number(), 'x', 'not_a_number'],
			[z.number().int(), 1.5, 'not_a_number'],
			[z.number().multipleOf(5), 7, 'not_a_number'],
			[z.number().min(3), 1, 'number_too_small'],
			[z.date(), 'x', 'not_a_date'],
			[z.date().min(new Date(1)), new Date(0), 'not_a_date'],
			[z.string().regex(/a/), 'b', 'wrong_type'],
			[z.string().min(3), 'a', 'too_short'],
			[z.string().max(3), 'abcd', 'too_long'],
			[z.literal('a'), 'b', 'not_a_choice'],
			[z.record(z.uuid(), z.string()), { x: 'y' }, 'x.not_an_id'],
			[z.map(z.string(), z.uuid()), new Map([['x', 'y']]), 'x.not_an_id'],
			[z.set(z.uuid()).max(1), new Set(['y']), 'not_an_id'],
			[z.string().refine(() => false), 'x', 'wrong_type'],
			[z.union([z.string(), z.number()]), true, 'wrong_type']
		];
		for (const [of, input, code] of samples) {
			expect(codes(of, input), code).toEqual([code]);
			expect(fieldCodes).toContain(code.split('.').at(-1));
		}
	});
});

test('of a body made of thousands of wrong fields only the first hundred are told: a small question gets no huge answer', () => {
	const outcome = parseInput(z.strictObject({}), Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`k${index}`, 1])));
	expect(outcome.ok).toBe(false);
	if (!outcome.ok) expect(outcome.refusal.fields).toHaveLength(100);
});
