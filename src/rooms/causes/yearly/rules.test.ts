import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldLookBack, foldYearly, isOpen, isSameYearly, mayBring, mayGoOn, maySay, tellState, yearlyStates } from './rules.ts';
import type { YearlyStep, YearlyStepKind } from './rules.ts';

const parties = ['stad', 'kade', 'huurders'];
const step = (stepId: string, organisationId: string, kind: YearlyStepKind = 'offer'): YearlyStep => ({
	...{ stepId, organisationId, kind, how: null, words: 'Wij doen dit.', membershipId: 'm', at: new Date('2027-01-01T12:00:00Z') }
});
const yes = (stepId: string, ...by: string[]) => by.map((organisationId) => ({ stepId, organisationId }));
const offered = [step('1', 'stad'), step('2', 'kade'), step('3', 'huurders')];

describe('an agreement for a year', () => {
	test('waits for the offer of each, then for the yes of each, and is agreed by all or not at all', () => {
		expect(foldYearly(parties, offered.slice(0, 2), []).state).toBe('challenge');
		expect(foldYearly(parties, offered, [])).toMatchObject({ state: 'offered', toAccept: { stepId: '3' } });
		expect(foldYearly(parties, offered, yes('3', 'stad', 'kade')).state).toBe('offered');
		expect(foldYearly(parties, offered, yes('3', ...parties)).state).toBe('agreed');
	});

	test('of which an offer changed asks everyone anew', () => {
		const changed = [...offered, step('4', 'kade')];
		const standing = foldYearly(parties, changed, yes('3', ...parties));
		expect(standing).toMatchObject({ state: 'offered', toAccept: { stepId: '4' } });
		expect([...standing.acceptedBy]).toEqual([]);
		expect(standing.offers.get('kade')?.stepId).toBe('4');
		expect(foldYearly(parties, changed, [...yes('3', ...parties), ...yes('4', ...parties)]).state).toBe('agreed');
	});

	test('is looked back on together: what was learned counts when each accepted it', () => {
		const learned = [...offered, step('5', 'stad', 'looked'), step('6', 'huurders', 'evaluated')];
		const agreed = yes('3', ...parties);
		expect(foldYearly(parties, learned, agreed)).toMatchObject({ state: 'agreed', toAccept: { stepId: '6' } });
		expect(foldYearly(parties, learned, [...agreed, ...yes('6', 'stad', 'kade')]).state).toBe('agreed');
		expect(foldYearly(parties, learned, [...agreed, ...yes('6', ...parties)]).state).toBe('evaluated');
	});

	test('is never agreed while a party did not say yes, whoever else did, however often', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom('stad', 'kade', 'elders')), (by) => {
				expect(foldYearly(parties, offered, yes('3', ...by)).state).toBe('offered');
			})
		);
	});

	test('goes on without a party that said no, with what the others said; a yes from before is none', () => {
		const no = [...offered, step('4', 'kade', 'declined')];
		const standing = foldYearly(parties, no, yes('3', ...parties));
		expect(standing).toMatchObject({ state: 'offered', toAccept: { stepId: '4' }, declined: new Set(['kade']) });
		expect([...standing.offers.keys()]).toEqual(['stad', 'huurders']);
		expect(foldYearly(parties, no, yes('4', 'stad', 'huurders')).state).toBe('agreed');
		expect(foldYearly(parties, [...no, step('5', 'stad', 'declined')], []).state).toBe('ended');
		expect(foldYearly(parties, [...offered, step('4', 'stad', 'withdrawn')], yes('3', ...parties)).state).toBe('withdrawn');
		expect(yearlyStates.filter(isOpen)).toEqual(['challenge', 'offered']);
	});

	test('is the same as another when it stands, for that year, with exactly those parties in whatever order', () => {
		const item = { year: 2027, state: 'agreed' as const, parties: parties.map((organisationId) => ({ organisationId })) };
		fc.assert(
			fc.property(fc.uniqueArray(fc.constantFrom(...parties, 'elders')), fc.constantFrom(2026, 2027), (named, year) => {
				const same = year === 2027 && named.length === 3 && !named.includes('elders');
				expect(isSameYearly(item, { year, parties: named })).toBe(same);
			})
		);
		const again = { year: 2027, parties };
		expect(yearlyStates.filter((state) => !isSameYearly({ ...item, state }, again))).toEqual(['withdrawn', 'ended']);
	});

	test('takes each kind of word in its own state', () => {
		expect(yearlyStates.filter((state) => maySay('offer', state))).toEqual(['challenge', 'offered']);
		expect(yearlyStates.filter((state) => maySay('looked', state))).toEqual(['agreed', 'evaluated']);
		expect(yearlyStates.filter((state) => maySay('evaluated', state))).toEqual(['agreed']);
		expect([mayBring(['professional']), mayBring(['checker']), mayBring(['oversight'])]).toEqual([true, false, false]);
	});
});

describe('looking back on it', () => {
	const said = (organisationId: string) => ({
		...{ organisationId, how: 'kept' as const, words: 'Gelukt.', goesOn: true, membershipId: 'm', at: new Date('2027-01-05T12:00:00Z') }
	});
	// The end of 31 January by the clock of the network.
	const asked = { shownFrom: new Date('2027-01-31T23:00:00Z'), over: false };

	test('begins when it was asked', () => {
		expect(foldLookBack(parties, null, [])).toBeNull();
		expect(foldLookBack(parties, asked, [])).toMatchObject({ last: '2027-01-31', shown: false });
	});

	test('is shown when each party that takes part said it, in whatever order, or when the term is over; never before', () => {
		fc.assert(
			fc.property(fc.subarray([...parties, 'elders']), fc.subarray(parties, { minLength: 1 }), fc.boolean(), (by, taking, over) => {
				const { shown } = foldLookBack(taking, { ...asked, over }, by.map(said)) ?? {};
				expect(shown).toBe(over || new Set([...taking, ...by]).size === by.length);
			})
		);
	});

	test('is how it is told from then on, and a next year can be begun from what was agreed', () => {
		const lookBack = foldLookBack(parties, asked, [said('stad')]);
		expect(tellState({ state: 'agreed', lookBack: null })).toBe('agreed');
		expect(tellState({ state: 'agreed', lookBack })).toBe('looking_back');
		expect(tellState({ state: 'agreed', lookBack: foldLookBack(parties, { ...asked, over: true }, []) })).toBe('looked_back');
		expect(tellState({ state: 'evaluated', lookBack })).toBe('evaluated');
		expect(yearlyStates.filter(mayGoOn)).toEqual(['agreed', 'evaluated']);
	});
});
