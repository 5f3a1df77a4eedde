import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mayConfirmTerms, termsInForce } from './rules.ts';

const answers = ['confirmed', 'declined', null] as const;
const day = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true });
const proposal = fc.record({ termsId: fc.uuid(), answer: fc.constantFrom(...answers), at: day }).map(({ termsId, answer, at }) => ({
	...{ termsId, answer, answeredAt: answer === null ? null : at },
	...{ colleagues: 2, secretariat: 2, governors: 5, outside: 10 }
}));

test('what holds was confirmed, and nothing was confirmed after it, in whatever order they are read', () =>
	fc.assert(
		fc.property(fc.array(proposal, { maxLength: 8 }), (proposals) => {
			const found = termsInForce(proposals);
			const confirmed = proposals.filter(({ answer }) => answer === 'confirmed');
			expect(found === undefined).toBe(confirmed.length === 0);
			for (const { answeredAt } of confirmed) expect(Number(found?.answeredAt)).toBeGreaterThanOrEqual(Number(answeredAt));
			expect(termsInForce(proposals.toReversed())).toEqual(found);
		})
	));

test('four eyes are two people of two organisations, who each govern or administer', () =>
	fc.assert(
		fc.property(
			fc.constantFrom('a', 'b'),
			fc.constantFrom('one', 'two'),
			fc.subarray(['governor', 'administrator', 'facilitator', 'professional']),
			(personId, organisationId, roles) => {
				expect(mayConfirmTerms({ personId: 'a', organisationId: 'one' }, { personId, organisationId, roles })).toBe(
					personId === 'b' && organisationId === 'two' && (roles.includes('governor') || roles.includes('administrator'))
				);
			}
		)
	));
