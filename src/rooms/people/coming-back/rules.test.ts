import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldReturn, proposesReturn } from './rules.ts';

const day = 86_400_000;

test('a proposal waits thirty days, not a moment longer, and an answer stands whenever', () =>
	fc.assert(
		fc.property(
			fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
			fc.integer({ min: 0, max: 60 * day }),
			fc.constantFrom('confirmed' as const, 'withdrawn' as const, null),
			(at, later, answer) => {
				expect(foldReturn({ at, answer }, new Date(at.getTime() + later))).toBe(answer ?? (later < 30 * day ? 'waiting' : 'lapsed'));
			}
		)
	));

test('who binds an organisation proposes it, and the facilitator, who invites', () =>
	expect(
		['professional', 'governor', 'administrator', 'facilitator', 'secretariat', 'oversight'].filter((role) => proposesReturn([role]))
	).toEqual(['governor', 'administrator', 'facilitator']));
