import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldContribution } from './rules.ts';

const step = fc.record({
	kind: fc.constantFrom('invoiced' as const, 'received' as const),
	amountCents: fc.integer({ min: 1, max: 10_000 })
});

test('a pledge is in when all of it came in, whatever was invoiced and in whatever order', () =>
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 50_000 }), fc.array(step, { maxLength: 10 }), (pledged, steps) => {
			const standing = foldContribution(pledged, steps);
			expect(foldContribution(pledged, steps.toReversed())).toEqual(standing);
			expect(standing.openCents + standing.receivedCents).toBe(pledged);
			expect(standing.state === 'received').toBe(standing.receivedCents >= pledged);
			expect(standing.state === 'pledged').toBe(steps.length === 0);
		})
	));
