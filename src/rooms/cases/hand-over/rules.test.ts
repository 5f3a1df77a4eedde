import { expect, test } from 'vitest';
import type { Seat } from '../rules.ts';
import { openOffer } from './rules.ts';
import type { HandOver } from './rules.ts';

const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 23, hour));
const seat = (personId: string, holder: boolean, from = 8): Seat => ({
	...{ personId, membershipId: `m-${personId}`, organisationId: 'o', holder, validFrom: at(from), validUntil: null }
});
const offer = (more: Partial<HandOver> = {}): HandOver => ({
	...{ handOverId: 'h', caseId: 'c', fromPersonId: 'ann', toPersonId: 'bo', toMembershipId: 'm-bo', stays: true, at: at(9), answer: null },
	...more
});
const table = [seat('ann', true), seat('bo', false)];

test('an offer waits until it is answered', () => {
	expect(openOffer([offer()], table)).toMatchObject({ handOverId: 'h' });
	for (const answer of ['accepted', 'declined', 'withdrawn'] as const) expect(openOffer([offer({ answer })], table)).toBeNull();
});

test('an offer ends with the holding of who made it, and with the seat of who was asked', () => {
	expect(openOffer([offer()], [seat('cas', true), seat('ann', false), seat('bo', false)])).toBeNull();
	expect(openOffer([offer()], [seat('ann', true)])).toBeNull();
	// Held again later, an offer of the first time does not count.
	expect(openOffer([offer()], [seat('ann', true, 12), seat('bo', false)])).toBeNull();
	// Nor for who came back for another organisation.
	expect(openOffer([offer()], [seat('ann', true), { ...seat('bo', false), membershipId: 'other' }])).toBeNull();
});
