import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inOrder, owedKinds } from './rules.ts';
import type { Owed } from './rules.ts';

const anyOwed = fc.record({
	...{ kind: fc.constantFrom(...owedKinds), id: fc.uuid(), who: fc.constant(null), cents: fc.constant(1), path: fc.constant('/pot') },
	...{ day: fc.option(fc.constantFrom('2026-01-01', '2026-02-01', '2026-03-01')), late: fc.boolean() }
});

test('what is late comes first, then by kind, then the oldest, however it came in; nothing is lost', () =>
	fc.assert(
		fc.property(fc.uniqueArray(anyOwed, { selector: (one) => one.id, maxLength: 20 }), (owed: Owed[]) => {
			const sorted = inOrder(owed);
			expect(inOrder(owed.toReversed())).toEqual(sorted);
			expect(new Set(sorted)).toEqual(new Set(owed));
			for (const [index, one] of sorted.slice(1).entries()) {
				const before = sorted[index];
				if (!before) throw new Error('there is one before');
				expect(Number(before.late)).toBeGreaterThanOrEqual(Number(one.late));
				if (before.late === one.late) expect(owedKinds.indexOf(before.kind)).toBeLessThanOrEqual(owedKinds.indexOf(one.kind));
				if (before.late === one.late && before.kind === one.kind && one.day !== null)
					expect(before.day !== null && before.day <= one.day).toBe(true);
			}
		})
	));
