import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lessonForms, lessonsLike, mayPutAway, offeredAtOnce } from './rules.ts';

const stem = fc.constantFrom('vast', 'plan', 'monteur', 'straat', 'boek', 'open');
const lesson = fc.record({
	lessonId: fc.uuid(),
	form: fc.constantFrom(...lessonForms),
	stems: fc.uniqueArray(stem, { maxLength: 4 }),
	at: fc.date({ min: new Date('2025-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })
});
const looks = fc.record({ form: fc.option(fc.constantFrom(...lessonForms), { nil: null }), stems: fc.uniqueArray(stem, { maxLength: 5 }) });

describe('lessons of like form', () => {
	test('are at most three, all of the chosen form, or all with two words in common', () => {
		fc.assert(
			fc.property(fc.array(lesson, { maxLength: 12 }), looks, (lessons, like) => {
				const offered = lessonsLike(lessons, like);
				expect(offered.length).toBeLessThanOrEqual(offeredAtOnce);
				for (const { form, stems } of offered)
					expect(like.form === null ? stems.filter((one) => like.stems.includes(one)).length >= 2 : form === like.form).toBe(true);
			})
		);
	});

	test('are the same in whatever order they are read, but for lessons of one moment', () => {
		fc.assert(
			fc.property(fc.uniqueArray(lesson, { maxLength: 8, selector: ({ at }) => at.getTime() }), looks, (lessons, like) => {
				expect(lessonsLike(lessons.toReversed(), like)).toEqual(lessonsLike(lessons, like));
			})
		);
	});
});

test('who made a lesson or facilitates puts it away', () => {
	const made = { personId: 'one' };
	expect([
		mayPutAway(made, { personId: 'one', roles: ['professional'] }),
		mayPutAway(made, { personId: 'two', roles: ['facilitator'] }),
		mayPutAway(made, { personId: 'two', roles: ['professional', 'governor'] })
	]).toEqual([true, true, false]);
});
