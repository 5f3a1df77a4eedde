import fc from 'fast-check';
import { expect, test } from 'vitest';
import { acceptanceId, proveAcceptance } from './rules.ts';
import type { AcceptanceFacts } from './rules.ts';

const id = fc.uuid();
const facts: fc.Arbitrary<AcceptanceFacts> = fc.record({
	...{
		networkId: id,
		caseId: id,
		agreementId: id,
		kind: fc.constantFrom('i_do', 'on_behalf'),
		promiserId: id,
		organisationId: id,
		receiverId: id
	},
	...{ versionId: id, number: fc.integer({ min: 1, max: 9 }), dueOn: fc.constantFrom('2026-12-01', '2026-12-02') },
	...{ amountCents: fc.option(fc.integer({ min: 1, max: 10_000 })), offeredBy: id, versionAt: fc.date({ noInvalidDate: true }) },
	...{ answer: fc.constantFrom('accepted', 'declined'), personId: id, membershipId: id, at: fc.date({ noInvalidDate: true }) },
	wordsHash: fc.uint8Array({ minLength: 32, maxLength: 32 })
});

test('whatever is altered alters the proof, and with it the id that stands in the log', () => {
	fc.assert(
		fc.property(facts, facts, fc.constantFrom('dueOn', 'amountCents', 'personId', 'wordsHash', 'at', 'kind'), (a, b, name) => {
			const altered = { ...a, [name]: b[name as keyof AcceptanceFacts] };
			const same = JSON.stringify(altered) === JSON.stringify(a);
			expect(proveAcceptance(altered).equals(proveAcceptance(a))).toBe(same);
			expect(acceptanceId(proveAcceptance(altered)) === acceptanceId(proveAcceptance(a))).toBe(same);
		})
	);
});

test('an id is a UUID of version 8', () => {
	fc.assert(
		fc.property(facts, (one) => {
			expect(acceptanceId(proveAcceptance(one))).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
		})
	);
});
