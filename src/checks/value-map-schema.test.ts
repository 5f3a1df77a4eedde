import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readValueMap } from '#social-return';
import { readPriceListCsv } from '#rooms/returns/price-list.server.ts';
import { valueMapOf } from '#rooms/returns/rules.ts';
import { publishedFacts } from '../../demo/published-case.ts';

const folder = new URL('../../packages/social-return/', import.meta.url);
const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, folder), 'utf8'));
const fits = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(json('schema/value-map-1.json') as object);
const example = json('examples/value-map-bossche-bond.json');

describe('the published schema of a value map', () => {
	test('accepts the examples that are published with it, and so does the reader', () => {
		const names = readdirSync(new URL('examples/', folder)).filter((name) => name.startsWith('value-map-'));
		expect(names.length).toBeGreaterThan(0);
		for (const name of names) {
			const map = json(`examples/${name}`);
			expect(fits(map), JSON.stringify(fits.errors)).toBe(true);
			expect(readValueMap(map)).toMatchObject({ ok: true });
		}
	});

	test('accepts the file that a case exports', () => {
		const prices = readPriceListCsv(readFileSync(new URL('../../database/data/unit-costs-nl.csv', import.meta.url), 'utf8'));
		const built = valueMapOf(publishedFacts(3), prices, { id: 'published', title: 'published case' });
		expect(built.ok && fits(built.file), JSON.stringify(fits.errors)).toBe(true);
	});

	test('accepts all that the reader accepts: a value anywhere in the example is changed at random', () => {
		const places: (readonly (string | number)[])[] = [];
		const walk = (value: unknown, path: readonly (string | number)[]): void => {
			places.push(path);
			if (Array.isArray(value)) value.forEach((one, i) => walk(one, [...path, i]));
			else if (typeof value === 'object' && value !== null) for (const [key, one] of Object.entries(value)) walk(one, [...path, key]);
		};
		walk(example, []);
		let accepted = 0;
		let refused = 0;
		fc.assert(
			fc.property(
				fc.constantFrom(...places),
				fc.oneof(fc.jsonValue(), fc.double(), fc.integer({ min: -2, max: 5 }), fc.constant(null)),
				(path, value) => {
					const copy = structuredClone({ root: example }) as Record<string, unknown>;
					let at: Record<string | number, unknown> = copy;
					for (const key of ['root', ...path].slice(0, -1)) at = at[key] as Record<string | number, unknown>;
					at[path.at(-1) ?? 'root'] = value;
					if (readValueMap(copy['root']).ok) {
						accepted += 1;
						expect(fits(copy['root']), JSON.stringify(fits.errors)).toBe(true);
					} else refused += 1;
				}
			),
			{ numRuns: 2000 }
		);
		expect(accepted).toBeGreaterThan(20);
		expect(refused).toBeGreaterThan(200);
	});

	test('refuses what has no source, an unknown field and a chance above 1', () => {
		const map = structuredClone(example) as { prices: { source?: string }[]; events: { chance: number }[]; extra?: number };
		delete map.prices[0]?.source;
		map.extra = 1;
		if (map.events[0]) map.events[0].chance = 1.5;
		expect(fits(map)).toBe(false);
		const read = readValueMap(map);
		expect(read.ok ? [] : read.errors.map(({ path, code }) => `${path} ${code}`)).toEqual([
			'extra unknown_field',
			'prices.0.source required',
			'events.0.chance too_large'
		]);
	});
});
