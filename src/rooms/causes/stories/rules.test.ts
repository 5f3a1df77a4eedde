import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mayJudge, mayTakeBack, storyHands, storyState } from './rules.ts';

describe('a story', () => {
	test('waits without a hand, and taken back stays taken back, in whatever order the hands are read', () => {
		expect(storyState([])).toBe('waiting');
		expect(storyState(['released'])).toBe('released');
		fc.assert(
			fc.property(fc.shuffledSubarray([...storyHands]), (hands) => {
				if (hands.includes('withdrawn')) expect(storyState(hands)).toBe('withdrawn');
				else if (hands.length === 0) expect(storyState(hands)).toBe('waiting');
				else expect(hands).toContain(storyState(hands));
			})
		);
	});

	test('is judged by another person of another organisation alone', () => {
		const written = { personId: 'noor', organisationId: 'kade' };
		expect(mayJudge(written, { personId: 'anouk', organisationId: 'wijkteam' })).toBe(true);
		expect(mayJudge(written, { personId: 'noor', organisationId: 'wijkteam' })).toBe(false);
		expect(mayJudge(written, { personId: 'anouk', organisationId: 'kade' })).toBe(false);
	});

	test('is taken back by who holds the case, wrote it or released it, and nobody else', () => {
		const story = { personId: 'noor', releasedBy: 'anouk' };
		expect(mayTakeBack(story, { personId: 'ravi' }, true)).toBe(true);
		expect(['noor', 'anouk', 'ravi'].map((personId) => mayTakeBack(story, { personId }, false))).toEqual([true, true, false]);
		expect(mayTakeBack({ ...story, releasedBy: null }, { personId: 'anouk' }, false)).toBe(false);
	});
});
