import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldQuestion, opensConversation, passOn, questionAnswers } from './rules.ts';
import type { PassKind, ToAsk } from './rules.ts';

const entry = (kind: 'next' | 'duty', name: string): ToAsk & { kind: 'next' | 'duty' } => ({
	...{ kind, personId: name, membershipId: name, organisationId: 'o' },
	reason: kind === 'duty' ? 'duty' : 'topics'
});
const lefts = fc.array(
	fc.tuple(fc.constantFrom('next' as const, 'duty' as const), fc.string()).map(([kind, name]) => entry(kind, name)),
	{ maxLength: 5 }
);

describe('a question that nobody answered', () => {
	test('goes to the next proposed, then to duty, then it has nowhere left to go', () => {
		const left = [entry('next', 'a'), entry('next', 'b'), entry('duty', 'd')];
		expect(passOn([], left)).toMatchObject({ kind: 'next', ask: { personId: 'a' } });
		expect(passOn(['next'], left)).toMatchObject({ kind: 'duty', ask: { personId: 'd' } });
		expect(passOn(['next', 'duty'], left)).toEqual({ kind: 'ended' });
		expect(passOn([], [entry('duty', 'd')])).toMatchObject({ kind: 'duty' });
		expect(passOn(['duty'], left)).toEqual({ kind: 'ended' });
	});

	test('ends after at most three passes, whoever is left, and asks only who is left', () => {
		fc.assert(
			fc.property(lefts, (left) => {
				const passed: PassKind[] = [];
				for (let round = 0; round < 3 && passed.at(-1) !== 'ended'; round++) {
					const pass = passOn(passed, left);
					if (pass.kind !== 'ended') {
						expect(passed).not.toContain(pass.kind);
						expect(left.some((other) => other.personId === pass.ask.personId && other.kind === pass.kind)).toBe(true);
					}
					passed.push(pass.kind);
				}
				expect(passed.at(-1)).toBe('ended');
			})
		);
	});
});

describe('a question', () => {
	test('is answered by anything but a decline', () => {
		for (const answer of questionAnswers)
			expect(foldQuestion({ withdrawn: false, answers: ['declined', answer], passed: ['next'] })).toBe(
				answer === 'declined' ? 'open' : 'answered'
			);
	});
	test('that was taken back stays so; with nobody left it waits, until someone answers still', () => {
		expect(foldQuestion({ withdrawn: true, answers: ['call_me'], passed: [] })).toBe('withdrawn');
		expect(foldQuestion({ withdrawn: false, answers: [], passed: ['next', 'duty', 'ended'] })).toBe('nobody_left');
		expect(foldQuestion({ withdrawn: false, answers: ['call_me'], passed: ['ended'] })).toBe('answered');
	});
	test('opens a conversation by "another way" and "call me" only', () => {
		expect([...questionAnswers, null].filter(opensConversation)).toEqual(['other_way', 'call_me']);
	});
});
