import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { say } from '#foundation/text/say.server.ts';
import { causeKinds } from '../rules.ts';
import { casesInLetter, letterOf, makesLetter } from './rules.ts';

describe('a letter about a law that leaves no local room', () => {
	test('tells of five cases and more, in fives: one case more is never told', () => {
		expect([0, 4, 5, 9, 10].map(casesInLetter)).toEqual([null, null, 5, 5, 10]);
		fc.assert(
			fc.property(fc.nat(500), (cases) => {
				const [one, more] = [casesInLetter(cases), casesInLetter(cases + 1)];
				if (one !== null && more !== null) expect([0, 5]).toContain(more - one);
			})
		);
	});

	test('is made of that kind alone, and says no word that two did not release', () => {
		expect(causeKinds.filter(makesLetter)).toEqual(['law_no_local_room']);
		const facts = { network: 'Netwerk Haven', title: null, cases: 5, sinceYear: 2026 };
		for (const locale of ['nl', 'en'] as const) {
			const t: Parameters<typeof letterOf>[0] = (key, values) => say(locale, key, values);
			expect(letterOf(t, facts)).toContain('Netwerk Haven');
			expect(letterOf(t, facts)).not.toContain('“');
			expect(letterOf(t, { ...facts, title: 'Wie samenwoont, verliest' })).toContain('“Wie samenwoont, verliest”');
		}
	});
});
