import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMonths } from '#foundation/time/days.ts';
import { asksOther, foldSignal, heldBackBy, mayAskOther, mayFollow, quietWindows, reopens, signalStates } from './rules.ts';
import type { SignalEvent, SignalEventKind } from './rules.ts';

const event = (kind: SignalEventKind, day: string, more: Partial<SignalEvent> = {}): SignalEvent => ({
	...{ kind, at: new Date(`${day}T12:00:00Z`), dueOn: null, changedOn: null, words: '', proof: '', onBehalf: false },
	...{ personId: null, membershipId: null, organisationId: null },
	...more
});
const taker = { personId: 'p', membershipId: 'm', organisationId: 'o' };

describe('a signal', () => {
	test('goes from seen to gone, and keeps the day it was first acknowledged', () => {
		const events = [
			event('opened', '2026-01-05', { dueOn: '2026-02-02' }),
			event('taken_up', '2026-01-09', { ...taker, dueOn: '2026-03-01' }),
			event('change_agreed', '2026-02-10', { ...taker, words: 'Wij vragen het voortaan.', dueOn: '2026-04-01' }),
			event('in_force', '2026-04-02', { ...taker, words: 'Zo staat het er nu.', changedOn: '2026-04-01' }),
			event('verified', '2026-10-02')
		];
		expect(events.map((_, index) => foldSignal(events.slice(0, index + 1)).state)).toEqual([
			'seen',
			'acknowledged',
			'change_agreed',
			'in_force',
			'verified'
		]);
		expect(foldSignal(events)).toMatchObject({ acknowledgedOn: '2026-01-09', changedOn: '2026-04-01', takenUpBy: { personId: 'p' } });
	});

	test('that is reopened has no changed rule that holds, and keeps its first day', () => {
		const events = [
			event('opened', '2026-01-05'),
			event('taken_up', '2026-01-09', taker),
			event('in_force', '2026-04-02', { ...taker, changedOn: '2026-04-01' }),
			event('reopened', '2026-05-01')
		];
		expect(foldSignal(events)).toMatchObject({ state: 'reopened', changedOn: null, acknowledgedOn: '2026-01-09' });
	});

	test('cannot begin otherwise, or be opened twice', () => {
		expect(() => foldSignal([])).toThrow();
		expect(() => foldSignal([event('opened', '2026-01-05'), event('opened', '2026-01-06')])).toThrow();
	});

	test('is never moved by people once it is gone', () => {
		for (const kind of ['taken_up', 'not_ours', 'change_agreed', 'in_force'] as const)
			for (const state of ['in_force', 'verified'] as const) expect(mayFollow(kind, state)).toBe(false);
		expect(signalStates.filter((state) => mayFollow('taken_up', state))).toEqual(['seen', 'not_ours', 'reopened']);
	});

	test('is reopened only by a case brought in since the changed rule holds, by the day in the network', () => {
		const inForce = { state: 'in_force', changedOn: '2026-04-01' } as const;
		expect(reopens(inForce, new Date('2026-03-31T21:59:59Z'))).toBe(false);
		expect(reopens(inForce, new Date('2026-03-31T22:00:00Z'))).toBe(true);
		expect(reopens({ ...inForce, state: 'verified' }, new Date('2026-06-01T00:00:00Z'))).toBe(true);
		expect(reopens({ state: 'change_agreed', changedOn: null }, new Date('2026-06-01T00:00:00Z'))).toBe(false);
	});
});

describe('whether a cause is gone', () => {
	test('is not looked at before the changed rule held long enough', () => {
		expect(quietWindows('2026-08-31', '2027-02-27', 6)).toBeNull();
		expect(quietWindows('2026-08-31', '2027-02-28', 6)).not.toBeNull();
	});

	test('compares a stretch before the change with one as long at the end', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 40 }), (quiet, later) => {
				const windows = quietWindows('2026-04-01', addMonths('2026-04-01', quiet + later), quiet);
				if (!windows) throw new Error('the rule held long enough');
				expect(windows.beforeFrom < windows.beforeUntil).toBe(true);
				expect(windows.windowFrom >= windows.changedFrom).toBe(true);
				expect(windows.beforeUntil).toEqual(windows.changedFrom);
			})
		);
	});

	test('an empty pot verifies nothing, nor does one that is used less, nor one where nobody names causes', () => {
		const quiet = { newCases: 0, broughtIn: 8, broughtInBefore: 8, named: 5, namedBefore: 5, potEver: true, potCents: 1 };
		expect(heldBackBy(quiet)).toBeNull();
		expect(heldBackBy({ ...quiet, potCents: 0 })).toBe('empty_pot');
		// A network that never had a pot is not held back by it.
		expect(heldBackBy({ ...quiet, potEver: false, potCents: 0 })).toBeNull();
		expect(heldBackBy({ ...quiet, broughtIn: 0, broughtInBefore: 0, named: 0, namedBefore: 0 })).toBe('less_intake');
		expect(heldBackBy({ ...quiet, broughtIn: 7 })).toBe('less_intake');
		expect(heldBackBy({ ...quiet, named: 0, namedBefore: 0 })).toBe('less_named');
		expect(heldBackBy({ ...quiet, named: 4 })).toBe('less_named');
	});

	test('one new case is enough to say that it is not', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1 }),
				fc.nat(),
				fc.nat(),
				fc.nat(),
				fc.nat(),
				(newCases, broughtIn, broughtInBefore, named, namedBefore) => {
					const evidence = { newCases, broughtIn, broughtInBefore, named, namedBefore, potEver: true, potCents: 1 };
					expect(heldBackBy(evidence)).toBe('new_cases');
				}
			)
		);
	});
});

describe('asking another', () => {
	const organisationId = 'kade';
	test('is for what was handed back, and for what is undone of an organisation that left', () => {
		const open = (kind: 'organisation' | 'gone') => signalStates.filter((state) => asksOther(state, { kind, organisationId }));
		expect(open('organisation')).toEqual(['not_ours']);
		expect(open('gone')).toEqual(['seen', 'acknowledged', 'not_ours', 'change_agreed', 'reopened']);
	});

	test('is for who looks at the whole, and for a professional who has it at their table', () => {
		expect(mayAskOther(['professional'], false)).toBe(false);
		expect(mayAskOther(['professional'], true)).toBe(true);
		expect(mayAskOther(['checker'], true)).toBe(false);
		for (const role of ['facilitator', 'governor', 'secretariat'] as const) expect(mayAskOther([role], false)).toBe(true);
	});

	test('lets the signal wait anew, for nobody yet', () => {
		const events = [
			...[event('opened', '2026-01-05'), event('taken_up', '2026-01-09', taker)],
			...[event('not_ours', '2026-02-01', taker), event('asked_other', '2026-02-02', { ...taker, dueOn: '2026-07-01' })]
		];
		expect(foldSignal(events)).toMatchObject({
			...{ state: 'seen', dueOn: '2026-07-01', takenUpBy: null }
		});
	});
});
