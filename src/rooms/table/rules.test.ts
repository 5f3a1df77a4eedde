import { expect, test } from 'vitest';
import { listTimeline } from './rules.ts';
import type { Journey } from './rules.ts';

const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 23, hour));
const seat = (membershipId: string, holder: boolean, from: number, until: number | null = null) => ({
	...{ membershipId, holder, validFrom: at(from), validUntil: until === null ? null : at(until) }
});
const told = (seats: Journey['facts']['seats']) =>
	listTimeline({
		facts: { caseId: 'c', events: [], seats },
		agreements: [],
		questions: [],
		valueMap: null,
		followUps: [],
		cause: null
	} as Journey).map(({ kind, ...more }) =>
		`${kind} ${'membershipId' in more ? more.membershipId : ''} ${'stays' in more ? String(more.stays) : ''}`.trim()
	);

test('who came and who left is told, the newest first; of the holder only that they left', () => {
	expect(told([seat('ann', true, 8, 12), seat('bo', false, 9, 11)])).toEqual(['left ann', 'left bo', 'joined bo']);
});

test('a case that passes is told once, and nobody came or went by it', () => {
	const passed = [seat('ann', true, 8, 12), seat('bo', false, 9, 12), seat('bo', true, 12)];
	expect(told([...passed, seat('ann', false, 12)])).toEqual(['handed_over bo true', 'joined bo']);
	expect(told(passed)).toEqual(['handed_over bo false', 'joined bo']);
});

test('who kept a seat after handing over and leaves later is told as leaving', () => {
	expect(told([seat('ann', true, 8, 12), seat('bo', false, 9, 12), seat('bo', true, 12), seat('ann', false, 12, 14)])).toEqual([
		'left ann',
		'handed_over bo true',
		'joined bo'
	]);
});
