import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	agreementKinds,
	boardOf,
	foldAgreement,
	foldVersions,
	listMine,
	mayAnswerChange,
	mayChange,
	outcomesOf,
	reportAnswers,
	reportOutcomes
} from './rules.ts';
import type { Version } from './rules.ts';
import { mayNudge, reminderOf, roundOf, turnOf } from './turns/rules.ts';
import type { Turning } from './turns/rules.ts';

const at = new Date('2026-11-23T09:00:00Z');
const report = fc.record({ outcome: fc.constantFrom(...reportOutcomes), answer: fc.constantFrom(...reportAnswers, null) });
const ask = fc.record({ answer: fc.constantFrom('accepted' as const, 'declined' as const, 'withdrawn' as const, null) });

describe('an agreement', () => {
	test('that waits for a decision, or was refused, binds nothing: no board, whatever else stands there', () => {
		fc.assert(
			fc.property(fc.array(report), fc.array(ask, { minLength: 1 }), (reports, asks) => {
				const state = foldAgreement(reports, asks);
				const last = asks.at(-1)?.answer;
				if (last === 'accepted') expect(state).toBe(foldAgreement(reports));
				else {
					expect(state).toBe(last === null ? 'asked' : 'refused');
					expect(boardOf(state)).toBeNull();
				}
			})
		);
	});

	test('is kept only by a confirmed good outcome, and a dispute opens it again', () => {
		fc.assert(
			fc.property(fc.array(report, { minLength: 1 }), (reports) => {
				const last = reports.at(-1);
				const state = foldAgreement(reports);
				expect(state === 'kept').toBe(last?.answer === 'confirmed' && ['kept', 'late', 'taken'].includes(last.outcome));
				expect(state === 'disputed').toBe(last?.answer === 'disputed');
			})
		);
	});

	test('of each kind has its own outcomes, and together they are all', () => {
		expect(new Set(agreementKinds.flatMap((kind) => outcomesOf(kind)))).toEqual(new Set(reportOutcomes));
		expect(outcomesOf('decision_follows')).toEqual(['taken', 'otherwise']);
	});
});

const parties = ['promiser', 'receiver'] as const;
/** Versions as the acts can make them: of those after the first, offered by a party and perhaps answered by the other. */
const versions = fc
	.array(fc.record({ by: fc.constantFrom(...parties), answer: fc.constantFrom('accepted' as const, 'declined' as const, null) }), {
		maxLength: 6
	})
	.map((changes): Version[] => [version(1, 'promiser', null), ...changes.map(({ by, answer }, index) => version(index + 2, by, answer))]);
const version = (number: number, offeredBy: 'promiser' | 'receiver', answer: 'accepted' | 'declined' | null): Version => ({
	...{ versionId: `v${number}`, number, dueOn: '2026-12-01', amountCents: null, offeredBy, at, asks: [] },
	acceptances: [
		{ personId: offeredBy, answer: 'accepted', at },
		...(answer === null ? [] : [{ personId: offeredBy === 'promiser' ? 'receiver' : 'promiser', answer, at }])
	]
});

describe('versions', () => {
	test('the last that both accepted counts; only a newest one without answer waits', () => {
		fc.assert(
			fc.property(versions, (all) => {
				const { current, pending } = foldVersions(all);
				const both = all.filter((entry) => entry.acceptances.filter((acceptance) => acceptance.answer === 'accepted').length === 2);
				expect(current).toBe(both.at(-1) ?? all[0]);
				expect(pending === null || (pending === all.at(-1) && pending.acceptances.length === 1 && pending !== current)).toBe(true);
			})
		);
	});

	test('of two parties at most one may answer a change, and who may answer may not offer another', () => {
		fc.assert(
			fc.property(versions, (all) => {
				const { pending } = foldVersions(all);
				const agreement = { personId: 'promiser', receiverId: 'receiver', state: 'promised', pending } as const;
				const answering = parties.filter((party) => mayAnswerChange(agreement, party));
				expect(answering.length).toBe(pending === null ? 0 : 1);
				for (const party of parties) expect(mayChange(agreement, party)).toBe(!answering.includes(party));
				expect(mayChange(agreement, 'someone else')).toBe(false);
				expect(listMine([agreement], answering[0] ?? 'nobody').toAccept.length).toBe(answering.length);
			})
		);
	});
});

describe('turns', () => {
	const base: Turning = {
		...{ personId: 'promiser', receiverId: 'receiver', state: 'promised', dueOn: '2026-12-01', at, reports: [], pending: null, asks: [] },
		versions: [version(1, 'promiser', null)]
	};
	test('who waits is never whose turn it is, and no one is nudged for what is not due', () => {
		fc.assert(
			fc.property(versions, fc.constantFrom('2026-11-30', '2026-12-01', '2026-12-02'), (all, today) => {
				const agreement: Turning = { ...base, versions: all, pending: foldVersions(all).pending };
				const turn = turnOf(agreement);
				if (!turn) throw new Error('What is promised waits for someone.');
				expect(turn.personId).not.toBe(turn.waiterId);
				expect(mayNudge(agreement, turn, today)).toBe(agreement.pending !== null || today >= '2026-12-01');
			})
		);
	});
	test('every act begins a new round', () => {
		const rounds = [
			base,
			{ ...base, reports: [{ at, answer: null, answeredAt: null }] },
			{ ...base, reports: [{ at, answer: 'disputed' as const, answeredAt: at }] },
			{
				...base,
				reports: [{ at, answer: 'disputed' as const, answeredAt: at }],
				versions: [...base.versions, version(2, 'receiver', null)]
			}
		].map(roundOf);
		expect(rounds).toEqual([1, 2, 3, 4]);
	});
	test('reminders come the day before, when it is late, and after three days of waiting', () => {
		const turn = { personId: 'promiser', waiterId: 'receiver', todo: 'report', since: at } as const;
		const on = (today: string) => reminderOf(base, turn, today, '2026-11-23');
		expect(['2026-11-29', '2026-11-30', '2026-12-01', '2026-12-02'].map(on)).toEqual([null, 'due_tomorrow', null, 'overdue']);
		const answering = { ...turn, todo: 'answer' } as const;
		const waits = (today: string) => reminderOf(base, answering, today, '2026-11-23');
		expect(['2026-11-25', '2026-11-26'].map(waits)).toEqual([null, 'waits']);
	});
});
