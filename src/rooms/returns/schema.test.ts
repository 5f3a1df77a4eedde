import { describe, expect, test } from 'vitest';
import { parseInput } from '#foundation/text/free-text.schema.ts';
import { recordValueMapSchema } from './schema.ts';

const whole = {
	caseId: '018f3d9e-5b7a-7c3e-9d2f-0a1b2c3d4e5f',
	potCents: 400_000,
	horizonYears: 3,
	looming: [{ price: 'ontruiming-bond-voorbeeld', quantity: 1, years: 1 }]
};
const refused = (more: object): readonly string[] => {
	const outcome = parseInput(recordValueMapSchema, { ...whole, ...more });
	return outcome.ok ? [] : (outcome.refusal.fields ?? []).map(({ path, code }) => `${path.join('.')} ${code}`);
};

describe('recording a value map', () => {
	test('the least there must be, with what is taken when it is left out', () => {
		const outcome = parseInput(recordValueMapSchema, whole);
		expect(outcome.ok && outcome.value).toEqual({
			...whole,
			looming: [{ price: 'ontruiming-bond-voorbeeld', quantity: 1, years: 1, chancePercent: 100 }],
			...{ proposed: [], hours: 0, hourCents: 0, because: {}, acknowledged: false }
		});
	});
	test('everything wrong, at once', () => {
		expect(
			refused({
				...{ caseId: '7', potCents: 1.5, horizonYears: 11, hours: -1, extra: true, deadweightPercent: 101 },
				looming: [{ price: '', quantity: 0, years: 0, chancePercent: 101, payer: 'oom jan' }]
			})
		).toEqual([
			'caseId not_an_id',
			'potCents not_a_number',
			'horizonYears number_too_large',
			'looming.0.price required',
			'looming.0.quantity number_too_small',
			'looming.0.years number_too_small',
			'looming.0.chancePercent number_too_large',
			'looming.0.payer not_a_choice',
			'hours number_too_small',
			'deadweightPercent number_too_large',
			'extra unknown_field'
		]);
	});
	test('at least one looming flow, at most twelve', () => {
		const [flow] = whole.looming;
		expect(refused({ looming: [] })).toEqual(['looming required']);
		expect(refused({ looming: Array.from({ length: 13 }, () => flow) })).toEqual(['looming too_long']);
	});
	test('hours have a price', () => {
		expect(refused({ hours: 4 })).toEqual(['hourCents required']);
		expect(refused({ hours: 4, hourCents: 5000 })).toEqual([]);
	});
});
