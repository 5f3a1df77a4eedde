import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lastDayOf, namedQuarter, quarterOf, roundState, seenDifferently, thingsOf, toldTo, trustQuestions } from './rules.ts';

const day = fc
	.date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
	.map((date) => date.toISOString().slice(0, 10));
const scores = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: trustQuestions.length, maxLength: trustQuestions.length });
const at = (text: string) => new Date(text);
const answer = (seatId: string, of: readonly number[], when = '2026-10-10T10:00:00Z') => ({ seatId, scores: of, at: at(when) });

describe('a quarter', () => {
	test('begins on the first of January, April, July or October, and holds each of its days', () => {
		fc.assert(
			fc.property(day, (one) => {
				const quarter = quarterOf(one);
				expect(quarter).toMatch(/-(?:01|04|07|10)-01$/);
				expect(quarter <= one && one <= lastDayOf(quarter)).toBe(true);
				expect(quarterOf(lastDayOf(quarter))).toBe(quarter);
			})
		);
		expect([quarterOf('2026-12-31'), lastDayOf('2026-10-01'), namedQuarter('2026-10-01')]).toEqual([
			...['2026-10-01', '2026-12-31'],
			{ number: 4, year: '2026' }
		]);
		expect(quarterOf('2027-01-01')).toBe('2027-01-01');
	});
});

describe('what two sides said of each other', () => {
	test('is nothing from one side alone: what the other answered changes nothing, not even whether they did', () => {
		fc.assert(
			fc.property(scores, scores, (mine, theirs) => {
				expect(toldTo('me', [answer('other', theirs)])).toEqual(toldTo('me', []));
				expect(toldTo('me', [answer('me', mine)])).toEqual({ answered: true, told: null });
			})
		);
	});

	test('is the same level and gap to both, with what is mine and theirs turned around', () => {
		fc.assert(
			fc.property(scores, scores, (one, two) => {
				const answers = [answer('one', one), answer('two', two, '2026-10-12T10:00:00Z')];
				const [a, b] = [toldTo('one', answers).told, toldTo('two', answers.toReversed()).told];
				expect(a?.level).toBe(b?.level);
				expect(a?.gap).toBe(b?.gap);
				expect(a?.lines.map(({ mine, theirs }) => [mine, theirs])).toEqual(b?.lines.map(({ mine, theirs }) => [theirs, mine]));
				expect(a?.wholeAt).toEqual(at('2026-10-12T10:00:00Z'));
				expect(a && a.level >= 1 && a.level <= 5 && a.gap >= 0 && a.gap <= 4).toBe(true);
			})
		);
	});

	test('never falls in level when one answer rises', () => {
		fc.assert(
			fc.property(scores, scores, fc.nat(4), (mine, theirs, index) => {
				const better = mine.with(index, Math.min(5, (mine[index] ?? 0) + 1));
				const level = (of: readonly number[]) => toldTo('me', [answer('me', of), answer('other', theirs)]).told?.level ?? 0;
				expect(level(better)).toBeGreaterThanOrEqual(level(mine));
			})
		);
	});

	test('reads as a talk to have where they are two or more apart', () => {
		const { told } = toldTo('me', [answer('me', [4, 3, 5, 2, 4]), answer('other', [4, 5, 4, 5, 4])]);
		expect([told?.level, told?.gap]).toEqual([4, 3]);
		expect(told && seenDifferently(told).map(({ question, gap }) => [question, gap])).toEqual([
			['minds_us', 3],
			['warns', 2]
		]);
	});
});

describe('one thing for each other', () => {
	const round = { wholeAt: at('2026-10-12T10:00:00Z'), nextAt: at('2027-01-05T10:00:00Z') };
	const promise = (agreementId: string, personId: string, when: string, state = 'promised') => ({
		agreementId,
		personId,
		at: at(when),
		state
	});

	test('is the first of each after the round was whole and before the next one', () => {
		const agreements = [
			promise('early', 'me', '2026-10-01T10:00:00Z'),
			promise('refused', 'me', '2026-10-13T10:00:00Z', 'refused'),
			promise('second', 'me', '2026-10-15T10:00:00Z'),
			promise('first', 'me', '2026-10-14T10:00:00Z'),
			promise('late', 'other', '2027-01-06T10:00:00Z')
		];
		const found = thingsOf(round, agreements, ['me', 'other']);
		expect([found.mine?.agreementId, found.theirs, found.done]).toEqual(['first', null, false]);
		const both = thingsOf({ ...round, nextAt: null }, agreements, ['me', 'other']);
		expect([both.theirs?.agreementId, both.done]).toEqual(['late', true]);
	});

	test('makes a round done for both or for neither', () => {
		const one = fc.record({
			agreementId: fc.uuid(),
			personId: fc.constantFrom('me', 'other', 'third'),
			at: fc.date({ min: at('2026-09-01'), max: at('2027-02-01'), noInvalidDate: true }),
			state: fc.constantFrom('promised', 'refused', 'kept')
		});
		fc.assert(
			fc.property(fc.array(one, { maxLength: 8 }), (agreements) => {
				const [a, b] = [thingsOf(round, agreements, ['me', 'other']), thingsOf(round, agreements, ['other', 'me'])];
				expect(a.done).toBe(b.done);
				expect(a.mine).toBe(b.theirs);
			})
		);
	});
});

test('a round lapses with its quarter when it is not whole, and with the next round when nothing was promised', () => {
	const { told } = toldTo('me', [answer('me', [3, 3, 3, 3, 3]), answer('other', [3, 3, 3, 3, 3])]);
	const stands = { quarter: '2026-10-01', answered: true, told: null, nextAt: null };
	const none = { mine: null, theirs: null };
	expect([
		roundState({ ...stands, answered: false }, none, '2026-12-31'),
		roundState(stands, none, '2026-12-31'),
		roundState(stands, none, '2027-01-01'),
		roundState({ ...stands, told }, none, '2027-01-01'),
		roundState({ ...stands, told }, { mine: 'x', theirs: null }, '2027-01-01'),
		roundState({ ...stands, told }, { mine: 'x', theirs: 'y' }, '2027-01-01'),
		roundState({ ...stands, told, nextAt: at('2027-01-03') }, { mine: 'x', theirs: null }, '2027-01-04')
	]).toEqual(['to_answer', 'waits', 'lapsed', 'to_promise', 'other_promises', 'done', 'lapsed']);
});
