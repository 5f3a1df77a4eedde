import { describe, expect, test } from 'vitest';
import { foldClaim } from './rules.ts';

describe('a claim', () => {
	test('is owed from the day it is accepted, until it is paid or written off', () => {
		expect(foldClaim(100, [])).toEqual({ state: 'proposed', openCents: 0 });
		expect(foldClaim(100, [{ kind: 'declined', amountCents: null }])).toEqual({ state: 'declined', openCents: 0 });
		const accepted = { kind: 'accepted', amountCents: null } as const;
		expect(foldClaim(100, [accepted])).toEqual({ state: 'accepted', openCents: 100 });
		expect(foldClaim(100, [accepted, { kind: 'paid', amountCents: 40 }])).toEqual({ state: 'accepted', openCents: 60 });
		expect(foldClaim(100, [accepted, { kind: 'paid', amountCents: 40 }, { kind: 'written_off', amountCents: 60 }])).toEqual({
			state: 'written_off',
			openCents: 0
		});
		expect(foldClaim(100, [accepted, { kind: 'paid', amountCents: 100 }])).toEqual({ state: 'paid', openCents: 0 });
	});
});
