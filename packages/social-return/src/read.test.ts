import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate, limits, readValueMap } from './index.ts';

const text = readFileSync(new URL('../examples/value-map-bossche-bond.json', import.meta.url), 'utf8');

/* A file is foreign: tests reach into it by path. */
type Json = { [key: string]: Json } & Json[] & (string | number | boolean | null);
const set = (...changes: readonly (readonly [string, unknown])[]): unknown => {
	const map = JSON.parse(text) as Json;
	for (const [path, value] of changes) {
		const keys = path.split('.');
		const last = keys.pop() ?? '';
		let at = map;
		for (const key of keys) at = at[key] as Json;
		Object.defineProperty(at, last, { value, enumerable: true, configurable: true, writable: true });
	}
	return map;
};
const refused = (json: unknown): string[] => {
	const read = readValueMap(json);
	return read.ok ? [] : read.errors.map(({ path, code }) => `${path} ${code}`);
};

describe('each bad field is named by its path', () => {
	test.each([
		['format', 'other', 'format not_a_choice'],
		['version', 2, 'version too_large'],
		['title', '  ', 'title empty'],
		['title', undefined, 'title required'],
		['horizonYears', 0, 'horizonYears too_small'],
		['horizonYears', 2.5, 'horizonYears wrong_type'],
		['horizonYears', 2, 'options.0.flows.1.timing beyond_horizon'],
		['options.0.flows.1.quantity', -1, 'options.0.flows.1.quantity too_small'],
		['options.0.flows.1.quantity', NaN, 'options.0.flows.1.quantity not_finite'],
		['options.0.flows.1.quantity', Infinity, 'options.0.flows.1.quantity not_finite'],
		['options.0.flows.1.quantity', 1e300, 'options.0.flows.1.quantity too_large'],
		['options.0.flows.1.quantity', '3', 'options.0.flows.1.quantity wrong_type'],
		['options.0.flows.1.quantity', null, 'options.0.flows.1.quantity wrong_type'],
		['options.0.flows.1.quantity', [], 'options.0.flows.1.quantity wrong_type'],
		['options.0.flows.1.quantity', { distribution: 'cauchy' }, 'options.0.flows.1.quantity.distribution not_a_choice'],
		['options.0.flows.1.quantity', { distribution: 'pert', low: 3, mid: 2, high: 4 }, 'options.0.flows.1.quantity not_ordered'],
		['options.0.flows.1.quantity', { distribution: 'pert', low: 1, mid: 2 }, 'options.0.flows.1.quantity.high required'],
		['options.0.flows.1.quantity', { parameter: 'nobody' }, 'options.0.flows.1.quantity.parameter unknown_reference'],
		['options.0.flows.1.chance', 1.2, 'options.0.flows.1.chance too_large'],
		[
			'options.0.flows.1.chance',
			{ distribution: 'beta', mean: 0.5, standardError: 0.5 },
			'options.0.flows.1.chance.standardError too_large'
		],
		['options.0.flows.1.chance', { distribution: 'beta', events: 4, of: 3 }, 'options.0.flows.1.chance not_ordered'],
		['options.0.flows.1.price', { price: 'nothing' }, 'options.0.flows.1.price.price unknown_reference'],
		['options.0.flows.1.event', 'flood', 'options.0.flows.1.event unknown_reference'],
		['options.0.flows.1.id', 'ontruiming', 'options.0.flows.1.id duplicate'],
		['options.0.flows.1.kind', 'gift', 'options.0.flows.1.kind not_a_choice'],
		['options.0.flows.1.kind', 'input', 'options.0.flows.1.input required'],
		['options.0.flows.1.adjustments', { deadweight: 2 }, 'options.0.flows.1.adjustments.deadweight too_large'],
		['options.0.flows.1.adjustments', { dropoff: 0.1 }, 'options.0.flows.1.adjustments.dropoff unknown_field'],
		['options.0.role', 'proposed', 'options too_few'],
		['options.1.flows.0.payer', undefined, 'options.1.flows.0.payer required'],
		['options.1.flows.0.adjustments', { deadweight: 0 }, 'options.1.flows.0.adjustments not_possible'],
		['prices.0.source', '', 'prices.0.source empty'],
		['prices.0.url', 'javascript:alert(1)', 'prices.0.url not_possible'],
		['prices.0.amount', -5, 'prices.0.amount too_small'],
		['prices.1.code', 'ontruiming-bond-voorbeeld', 'prices.1.code duplicate'],
		['events.0.chance', -0.1, 'events.0.chance too_small'],
		['conventions.discountRate', [{ fromYear: 1, rate: 0.03 }], 'conventions.discountRate.0.fromYear not_ordered'],
		['conventions.discountRate', 12, 'conventions.discountRate too_large'],
		['conventions.priceYear', 2024, 'prices.0.year no_index'],
		['conventions.priceIndex', { later: 1 }, 'conventions.priceIndex.later unknown_field'],
		['simulation.draws', 10_000_000, 'simulation.draws too_large'],
		['simulation.seed', -1, 'simulation.seed too_small'],
		['sheet', 1, 'sheet unknown_field'],
		['options', 'none', 'options wrong_type'],
		['options', [], 'options too_few']
	])('%s = %o', (path, value, wanted) => {
		expect(refused(set([path, value]))).toContain(wanted);
	});

	test('all at once', () => {
		expect(
			refused(
				set(['title', ''], ['horizonYears', 'three'], ['prices.1.source', 7], ['options.0.flows.0.quantity', -1], ['simulation.draws', 1])
			)
		).toEqual([
			'title empty',
			'horizonYears wrong_type',
			'prices.1.source wrong_type',
			'options.0.flows.0.quantity too_small',
			'simulation.draws too_small'
		]);
	});

	test('what is not an object at all', () => {
		for (const json of [null, undefined, 3, 'map', [], true, () => 1]) expect(readValueMap(json).ok).toBe(false);
	});
});

describe('guard rails', () => {
	const contains = set(['prices.0.contains', ['opvang-jaar-bond-voorbeeld']]);
	test('a total price and what is inside it, in one path: refused with the two rows', () => {
		const read = readValueMap(contains);
		expect(read.ok ? [] : read.errors).toEqual([
			{
				path: 'options.0.flows.1.price',
				code: 'double_counting',
				message:
					'"Gedwongen ontruiming" (ontruiming-bond-voorbeeld) already contains "Opvang" (opvang-jaar-bond-voorbeeld): leave one of the two out.',
				other: 'options.0.flows.0.price'
			}
		]);
	});
	test('also when it is inside at one remove, and never by itself', () => {
		const between = { code: 'between', name: 'n', amount: 1, unit: 'u', source: 's', contains: ['opvang-jaar-bond-voorbeeld'] };
		const map = set(['prices.0.contains', ['between']], ['prices.2', between]);
		expect(refused(map)).toEqual(['options.0.flows.1.price double_counting']);
		expect(refused(set(['prices.0.contains', ['ontruiming-bond-voorbeeld']]))).toContain('prices.0.contains circular');
	});
	test('in two paths it is no double counting', () => {
		const map = set(
			['prices.0.contains', ['opvang-jaar-bond-voorbeeld']],
			['options.0.flows', [{ id: 'a', what: 'a', kind: 'cost', price: { price: 'ontruiming-bond-voorbeeld' } }]],
			['options.1.flows', [{ id: 'b', what: 'b', kind: 'cost', price: { price: 'opvang-jaar-bond-voorbeeld' } }]]
		);
		expect(refused(map)).toEqual([]);
	});
	test('hours of volunteers are an input or a benefit, never both', () => {
		const hours = { id: 'in', what: 'in', kind: 'input', input: 'hours', payer: 'v', price: 15, quantity: 4, volunteerHours: true };
		const joy = { id: 'out', what: 'out', kind: 'benefit', beneficiary: 'v', price: 15, quantity: 4, volunteerHours: true };
		expect(refused(set(['options.1.flows', [hours, joy]]))).toEqual(['options.1.flows.1 volunteer_hours_twice']);
		expect(refused(set(['options.1.flows', [hours, { ...joy, volunteerHours: false }]]))).toEqual([]);
		const price = { code: 'v', name: 'v', amount: 15, unit: 'uur', source: 's', payer: 'v', volunteerHours: true };
		const priced = [hours, joy].map((flow) => ({ ...flow, price: { price: 'v' }, volunteerHours: false }));
		expect(refused(set(['prices.2', price], ['options.1.flows', priced]))).toEqual(['options.1.flows.1 volunteer_hours_twice']);
	});
	test('a growing deadweight beside a fixed one', () => {
		const both = { deadweight: 0.1, persistence: { kind: 'cumulative-deadweight', rate: 0.1 } };
		expect(refused(set(['adjustments', both]))).toContain('options.0.flows.0.adjustments both_deadweights');
	});
	test('a transfer has two ends, a benefit no payer, an input stands in the proposed path', () => {
		expect(refused(set(['options.0.flows.0.kind', 'transfer']))).toEqual([
			'options.0.flows.0.beneficiary required',
			'options.0.flows.0.payer required'
		]);
		const benefit = { id: 'b', what: 'b', kind: 'benefit', payer: 'x', beneficiary: 'y', price: 1 };
		expect(refused(set(['options.1.flows.0', benefit]))).toEqual(['options.1.flows.0.payer not_possible']);
		const input = { id: 'i', what: 'i', kind: 'input', input: 'fund', payer: 'x', price: 1 };
		expect(refused(set(['options.0.flows.0', input]))).toEqual(['options.0.flows.0.kind not_possible']);
	});
});

describe('hostile files', () => {
	test('names of prototypes are nothing but names', () => {
		const map = JSON.parse(text.replace('"title"', '"__proto__": {"polluted": 1}, "constructor": 1, "title"')) as unknown;
		expect(refused(map)).toEqual(['__proto__ unknown_field', 'constructor unknown_field']);
		expect(({} as { polluted?: number }).polluted).toBeUndefined();
		const named = set(['prices.1.payer', '__proto__'], ['options.1.flows.0.payer', 'constructor']);
		const read = readValueMap(named);
		if (!read.ok) throw new Error('A payer may be called anything.');
		const parties = evaluate(read.map).comparisons[0]?.parties.map(({ party }) => party);
		expect(parties).toEqual(['constructor', 'meerdere', '__proto__']);
	});
	test('10,000 flows are refused with one clear error, 1,000 are counted', () => {
		const many = (count: number): object[] =>
			Array.from({ length: count }, (_, i) => ({ id: `f${String(i)}`, what: 'f', kind: 'cost', payer: 'x', price: 1 }));
		expect(refused(set(['options.0.flows', many(10_000)]))).toEqual(['options.0.flows too_many']);
		expect(refused(set(['options.0.flows', many(limits.flows)]))).toEqual(['options too_many']);
		const read = readValueMap(set(['options.0.flows', many(limits.flows - 1)]));
		expect(read.ok && evaluate(read.map).comparisons[0]?.gross.total).toBe(limits.flows - 1);
	});
	test('more draws than a machine has patience for are refused', () => {
		const quantity = { distribution: 'pert', low: 1, mid: 2, high: 3 };
		const flows = Array.from({ length: 250 }, (_, i) => ({ id: `f${String(i)}`, what: 'f', kind: 'cost', payer: 'x', price: 1, quantity }));
		expect(refused(set(['options.0.flows', flows], ['simulation.draws', 80_000]))).toEqual([]);
		expect(refused(set(['options.0.flows', flows], ['simulation.draws', 80_001]))).toEqual(['simulation.draws too_large']);
	});
	test('no more than a hundred errors are listed, and the rest is counted', () => {
		const errors = readValueMap(Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`x${String(i)}`, 1])));
		if (errors.ok) throw new Error('Accepted.');
		expect(errors.errors).toHaveLength(101);
		expect(errors.errors.at(-1)?.message).toMatch(/^4\d\d more errors/);
	});
	test('a price list that winds into itself ten thousand times is refused, not walked', () => {
		const codes = Array.from({ length: 200 }, (_, i) => `p${String(i)}`);
		const prices = codes.map((code) => ({ code, name: code, amount: 1, unit: 'u', source: 's', payer: 'x', contains: codes }));
		expect(refused(set(['prices', prices]))).toContain('prices too_many');
	});
	test('deep nesting and any JSON at all: an answer, never an exception', () => {
		let deep: unknown = 1;
		for (let i = 0; i < 50_000; i += 1) deep = { options: deep };
		expect(readValueMap(deep).ok).toBe(false);
		expect(refused(set(['options.0.flows.0.quantity', deep]))).toContain('options.0.flows.0.quantity.distribution required');
		fc.assert(
			fc.property(
				fc.jsonValue(),
				fc.constantFrom('options', 'options.0', 'options.0.flows.1', 'conventions', 'prices.0', 'events', 'adjustments'),
				(value, path) => {
					const read = readValueMap(set([path, value]));
					if (read.ok) JSON.stringify(evaluate(read.map, { seed: 1, draws: 100 }));
					else expect(read.errors.length).toBeGreaterThan(0);
				}
			),
			{ numRuns: 500 }
		);
	});
	test('the largest numbers that are accepted still give finite figures', () => {
		const read = readValueMap(set(['prices.0.amount', 1e12], ['options.0.flows.0.quantity', 1e12], ['conventions.discountRate', -0.5]));
		if (!read.ok) throw new Error(JSON.stringify(read.errors));
		const numbers: number[] = [];
		JSON.stringify(evaluate(read.map, { seed: 1, draws: 100 }), (_, value: unknown) => {
			if (typeof value === 'number') numbers.push(value);
			return value;
		});
		expect(numbers.every(Number.isFinite)).toBe(true);
	});
	test('odd names in a message cannot mislead its reader', () => {
		const read = readValueMap({ '\u001b[31m\u202eevil<script>': 1 });
		expect(read.ok ? '' : read.errors[0]?.path).toBe('??31m?evil?script?');
	});
});
