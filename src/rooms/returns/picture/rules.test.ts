import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawParties, drawPaths, pictureHeight, pictureWidth } from './rules.ts';

const cents = fc.integer({ min: 0, max: 1e10 });
const heights = (path: string): number[] => [...path.matchAll(/,(-?[\d.]+)/g)].map(([, y]) => Number(y));

describe('the two paths', () => {
	test('a year is a plateau; the dearest year is the highest', () => {
		const picture = drawPaths([3_600_000, 3_000_000], [400_000]);
		expect(picture.years).toBe(2);
		expect(picture.looming).toMatch(/^M0,6L300,6L300,35L600,35L600,180/);
		expect(picture.deck).toMatch(/^M0,160.7L300,160.7L300,180L600,180$/);
	});
	test('stay inside the picture, whatever is paid', () => {
		fc.assert(
			fc.property(fc.array(cents, { minLength: 1, maxLength: 10 }), fc.array(cents, { maxLength: 10 }), (looming, proposed) => {
				const picture = drawPaths(looming, proposed);
				for (const path of [picture.looming, picture.proposed, picture.deck]) {
					expect(path).not.toContain('NaN');
					for (const y of heights(path)) expect(y >= 0 && y <= pictureHeight).toBe(true);
				}
				expect(picture.deck).toContain(`L${pictureWidth},`);
			})
		);
	});
});

test('the longest bar is a hundred, and what is not nothing can be seen', () => {
	fc.assert(
		fc.property(fc.array(fc.record({ paysCents: cents, gainsCents: cents }), { minLength: 1, maxLength: 12 }), (parties) => {
			const bars = drawParties(parties);
			bars.forEach((bar, index) => {
				expect(bar.pays >= 0 && bar.pays <= 100 && bar.gains >= 0 && bar.gains <= 100).toBe(true);
				expect(bar.pays > 0).toBe((parties[index]?.paysCents ?? 0) > 0);
			});
			const most = Math.max(...parties.flatMap(({ paysCents, gainsCents }) => [paysCents, gainsCents]));
			if (most > 0) expect(Math.max(...bars.flatMap(({ pays, gains }) => [pays, gains]))).toBe(100);
		})
	);
});
