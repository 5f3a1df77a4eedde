import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFormat } from '#foundation/text/format.ts';
import { addMonths } from '#foundation/time/days.ts';
import { causeSvg } from './rules.ts';

const f = createFormat('nl');

test('the line of a cause is drawn within its picture, with the ends of its months, and a mark for each day that falls in it', () => {
	fc.assert(
		fc.property(fc.array(fc.nat({ max: 99 }), { minLength: 2, maxLength: 60 }), fc.boolean(), fc.boolean(), (counts, taken, changed) => {
			const months = counts.map((cases, index) => ({ month: addMonths('2022-01-01', index), cases }));
			const svg = causeSvg(f, months, { acknowledgedOn: taken ? '2022-01-20' : null, changedOn: changed ? '2022-02-03' : null });
			expect(svg.match(/stroke-dasharray/g)?.length ?? 0).toBe(taken ? 1 : 0);
			expect(svg.match(/stroke="#1c2430"/g)?.length ?? 0).toBe((taken ? 1 : 0) + (changed ? 1 : 0));
			expect(svg).toContain('>januari 2022<');
			expect(svg).toContain(`>${Math.max(1, ...counts)}<`);
			expect(svg).not.toMatch(/NaN|undefined|<script|href/);
		})
	);
});
