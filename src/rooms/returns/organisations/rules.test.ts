import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { payerCodes } from '../rules.ts';
import { byOrganisation, kindOfPayer, withContributions } from './rules.ts';
import type { PartyAmounts } from './rules.ts';

const city = { organisationId: 'city', name: 'Gemeente Haven', kind: 'municipality' } as const;
const kade = { organisationId: 'kade', name: 'De Kade', kind: 'housing_association' } as const;
const steiger = { organisationId: 'steiger', name: 'De Steiger', kind: 'housing_association' } as const;
const amounts = (party: string, preventedCents = 100, paidCents = 0): PartyAmounts => ({
	...{ party, paidCents, preventedCents, extraCents: 0, gainedCents: preventedCents, freesCents: 0 }
});

describe('who paid and who gained, per organisation', () => {
	test('budgets of the one municipality are told as that municipality', () => {
		expect(byOrganisation([amounts('gemeente-wmo', 5), amounts('gemeente-mo-bw', 7)], [city, kade])).toEqual([
			{
				...{ who: { kind: 'organisation', organisationId: 'city', name: 'Gemeente Haven' }, codes: ['gemeente-wmo', 'gemeente-mo-bw'] },
				...{ paidCents: 0, preventedCents: 12, extraCents: 0, gainedCents: 12, freesCents: 0 }
			}
		]);
	});
	test('of several landlords nobody is guessed', () => {
		const [told] = byOrganisation([amounts('corporatie')], [kade, steiger]);
		expect(told?.who).toMatchObject({
			kind: 'group',
			of: 'housing_association',
			organisations: [{ name: 'De Kade' }, { name: 'De Steiger' }]
		});
	});
	test('who is not in the network keeps the name of the payer', () => {
		for (const code of ['zvw', 'rijk-jenv', 'meerdere', 'gemeente-mo-bw-en-zvw', 'aanbieder'])
			expect(byOrganisation([amounts(code)], [city, kade])[0]?.who).toEqual({ kind: 'payer', code });
	});
	test('every code of payer leads to a kind or to nobody, and no cent is lost', () => {
		expect(payerCodes.filter((code) => kindOfPayer(code) === 'municipality')).toHaveLength(6);
		fc.assert(
			fc.property(
				fc.array(fc.tuple(fc.constantFrom(...payerCodes, 'pot'), fc.nat(9_999_999), fc.nat(9_999_999))),
				fc.subarray([city, kade, steiger]),
				(rows, organisations) => {
					const parties = rows.map(([code, prevented, paid]) => amounts(code, prevented, paid));
					const told = byOrganisation(parties, organisations);
					const sum = (list: readonly { preventedCents: number; paidCents: number }[]) =>
						list.reduce((total, one) => total + one.preventedCents + one.paidCents, 0);
					expect(sum(told)).toBe(sum(parties));
				}
			)
		);
	});
	test('over a network the pot is of who filled it', () => {
		const told = withContributions(byOrganisation([amounts('pot', 0, 900), amounts('gemeente-wmo', 50)], [city, kade]), [
			{ ...city, receivedCents: 700 },
			{ ...kade, receivedCents: 300 },
			{ ...steiger, receivedCents: 0 }
		]);
		expect(told.map(({ who, paidCents, preventedCents }) => [who.kind === 'organisation' && who.name, paidCents, preventedCents])).toEqual([
			['Gemeente Haven', 700, 50],
			['De Kade', 300, 0]
		]);
	});
});
