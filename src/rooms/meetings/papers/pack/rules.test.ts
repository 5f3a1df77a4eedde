import { expect, test } from 'vitest';
import { textsInOrder } from '#foundation/paper/paper.ts';
import { createFormat } from '#foundation/text/format.ts';
import { textFor } from '#foundation/text/say.server.ts';
import { packPaper } from './rules.ts';
import type { PackState } from './rules.ts';

const f = createFormat('nl');

const pot = { inPotCents: 1, promisedCents: 1, onCardsCents: 1, pledgedCents: 1, receivedCents: 1, givenCents: 1, recoveredCents: 1 };
const stateWith = (released: number): PackState => ({
	...{ network: 'Verzonnen', pot: 'de pot', now: new Date('2026-11-25T10:00:00Z'), use: { lately: 0, before: 0 } },
	...{ causes: [], contributions: [], yearly: [], organisationNames: new Map() },
	stories: {
		released,
		newest: Array.from({ length: Math.min(released, 3) }, (_, index) => ({
			...{ toldId: `v${index}`, quarter: '2026-07-01', body: `Verhaal nummer ${index}.` }
		}))
	},
	figures: {
		...{ cases: [], causes: [], named: 0, signals: { open: 0, gone: 0 }, pot },
		withoutMoney: { withoutMoney: 0, helped: 0, share: null },
		questions: { asked: 0, answered: null, medianHours: null },
		requests: { asked: 0, granted: 0, medianHoursLight: null, medianHoursFull: null },
		returns: {
			...{ helped: 0, followed: 0, missing: 0, notDue: 0, outcomes: { reached: 0, partly: 0, not: 0 } },
			...{ estimate: { cases: 0, ways: null }, realised: { cases: 0, ways: null }, foreseen: { cases: 0, ways: null } },
			headline: { kind: 'count', needed: 10 }
		},
		parties: { kind: 'none', cases: 0, movedCents: 0, parties: [] }
	}
});

test('three stories stand in the pack; where there are fewer it says how many, and how one comes', () => {
	const t = textFor('nl');
	for (let released = 0; released <= 5; released++) {
		const texts = textsInOrder(packPaper(t, f, stateWith(released)));
		expect(texts.filter((text) => text.startsWith('Verhaal nummer')).length).toBe(Math.min(released, 3));
		expect(texts.includes(t('stories.how_made'))).toBe(released < 3);
		expect(texts).toContain(released === 3 ? t('stories.told_three') : t('stories.told_count', { count: released }));
	}
});
