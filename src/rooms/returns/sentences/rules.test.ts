import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { evaluate } from '#social-return';
import { catalogue } from '#foundation/text/catalogue.server.ts';
import { createFormat } from '#foundation/text/format.ts';
import { createText } from '#foundation/text/text.ts';
import type { Locale } from '#foundation/text/text.ts';
import { readPriceListCsv } from '../price-list.server.ts';
import { figuresOf, valueMapOf } from '../rules.ts';
import type { CaseValueFacts, FlowFacts } from '../rules.ts';
import { returnSentences, spoken } from './rules.ts';
import type { ReturnSentences } from './rules.ts';

const prices = readPriceListCsv(readFileSync(new URL('../../../../database/data/unit-costs-nl.csv', import.meta.url), 'utf8'));
const flow = (price: string, more: Partial<FlowFacts> = {}): FlowFacts => ({ price, quantity: 1, years: 1, chancePercent: 100, ...more });

const sentences = (more: Partial<CaseValueFacts> = {}, locale: Locale = 'nl'): ReturnSentences => {
	const facts: CaseValueFacts = {
		...{ potCents: 4_000_00, horizonYears: 3, proposed: [], hours: 0, hourCents: 0 },
		looming: [flow('ontruiming-bond-voorbeeld'), flow('opvang-jaar-bond-voorbeeld', { years: 3 })],
		...more
	};
	const built = valueMapOf(facts, prices, { id: 'c', title: 'c' });
	if (!built.ok) throw new Error(JSON.stringify(built.fields));
	return returnSentences(figuresOf(evaluate(built.map), prices), createText(locale, catalogue[locale]), createFormat(locale));
};

describe('figures said as sentences', () => {
	test('the published case: nothing estimated, nothing known of what frees, and all of it said', () => {
		const said = sentences();
		expect(said.breakEven).toBe('Loont al bij 1 op 23 kans op ontruiming.');
		expect(said.net).toMatch(
			/^Dit voorkomt naar schatting 23 euro kosten per euro uit de pot \(tussen 1[56] en 3[01]\)\. Hoeveel daarvan echt vrijvalt, is nog niet bekend\. Alleen de euro uit de pot geteld: 23\.$/
		);
		expect(said.caveats).toEqual([
			'Nog niet geschat: wat toch gebeurd was, wat aan anderen te danken is, wat zich alleen verplaatste en hoe snel het effect afneemt. Zolang dat zo is, is deze uitkomst te hoog of hooguit gelijk.',
			'Er zijn nog geen uren ingevuld. “Alle uren erbij” telt dus nog niet alles mee.',
			'Dit is hoger dan 95 van de 100 onderzochte rapporten, en er is geen sterk bewijs voor. Wees voorzichtig met dit getal.'
		]);
		expect(said.rangeHow).toContain('10.000 keer berekend');
		expect(said.rangeHow).toContain('Van 2 prijzen is alleen een gemiddelde bekend.');
		expect(said.conventions).toContain('2,25% rente per jaar');
		expect(said.conventions).toContain('(2017)');
		expect(said.headlineWhy).toContain('10 casussen');
	});
	test('as the look asks: net first, range, what frees at whom, the gross last', () => {
		const said = sentences({
			looming: [
				flow('ontruiming-bond-voorbeeld', { payer: 'corporatie', frees: 'now' }),
				flow('opvang-jaar-bond-voorbeeld', { years: 3, frees: 'capacity' })
			],
			...{ deadweightPercent: 25, attributionPercent: 40, displacementPercent: 0, dropOffPercent: 20, hours: 20, hourCents: 50_00 }
		});
		expect(said.net).toMatch(
			/^Dit voorkomt naar schatting 8 euro kosten per euro uit de pot \(tussen \d en 1\d\), waarvan 0,6 echt vrijvalt bij de woningcorporatie\. Alleen de euro uit de pot geteld: 23\.$/
		);
		expect(said.caveats).toEqual([]);
	});
	test('what frees comes from the price list: the budgets of the municipality together, and what is not known as nothing', () => {
		const benefit = flow('bijstand-alleenstaand-maand', { quantity: 3 });
		const known = sentences({ potCents: 1_000_00, looming: [benefit, flow('bewind-intake'), flow('opvang-jaar-bond-voorbeeld')] });
		// 3 x 1,345.45 and 751.41, both 'now'; the shelter bed is refilled.
		expect(known.net).toContain('waarvan 4 echt vrijvalt bij de gemeente.');
		const unknown = sentences({ potCents: 1_000_00, looming: [benefit, flow('begeleiding-thuis-uur', { quantity: 500 })] });
		expect(unknown.net).toContain('waarvan 4 echt vrijvalt bij de gemeente.');
		// What the case chooses goes before what the list says.
		expect(sentences({ looming: [{ ...benefit, frees: 'not' }] }).net).toContain('waarvan niets echt vrijvalt');
	});
	test('the gross is in no sentence without the net', () => {
		const said = sentences();
		const others = [
			said.breakEven,
			said.breakEvenRange,
			said.breakEvenAssumed,
			...said.caveats,
			said.rangeHow,
			said.conventions,
			said.headlineWhy
		];
		expect(others.filter((one) => one?.includes('Alleen de euro uit de pot geteld') === true)).toEqual([]);
	});
	test('nothing that frees, a path that costs more, no pot, a chance that must be certain', () => {
		const capacity = flow('opvang-jaar-bond-voorbeeld', { frees: 'capacity' });
		expect(sentences({ looming: [capacity] }).net).toContain('waarvan niets echt vrijvalt');
		const worse = sentences({ looming: [flow('ontruiming-bond-voorbeeld')], proposed: [flow('opvang-jaar-bond-voorbeeld')] });
		expect(worse.net).toMatch(/^Dit voorkomt naar schatting geen kosten: het kost \d euro extra per euro uit de pot \(tussen \d+ en \d+\)/);
		expect(worse.breakEven).toBe('Loont niet, ook niet als ontruiming zeker is.');
		expect(sentences({ potCents: 0 }).net).toBe('Er komt geen geld uit de pot, dus er is geen bedrag per euro uit de pot.');
		expect(sentences({ potCents: 6_000_00, looming: [flow('ontruiming-bond-voorbeeld')] }).breakEven).toBe(
			'Loont alleen als ontruiming zeker is.'
		);
		expect(sentences({ potCents: 4_500_00, looming: [flow('ontruiming-bond-voorbeeld')] }).breakEven).toBe(
			'Loont al bij 8 op 10 kans op ontruiming.'
		);
	});
	test('in English too', () => {
		const said = sentences({}, 'en');
		expect(said.breakEven).toBe('Pays from a 1 in 23 chance of eviction.');
		expect(said.net).toContain('How much of that really comes free is not known yet.');
	});
	test('are never more than the figure', () => {
		expect([8.76, 23.51, 1.94, 0.6, 9, -0.46, 2.999].map(spoken)).toEqual([8, 23, 1.9, 0.6, 9, -0.5, 2.9]);
	});
});
