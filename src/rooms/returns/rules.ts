import { readValueMap } from '#social-return';
import type { FieldError as MapError, ValueMap } from '#social-return';
import type { FieldError } from '#foundation/outcome.ts';

export { figuresOf } from './figures/rules.ts';
export type { Figures } from './figures/rules.ts';

/** Who may pay. `meerdere`: several together, not split by the source. Each has a name under `payer.<code>`. */
export const payerCodes = [
	'aanbieder',
	'corporatie',
	'gemeente-bijzondere-bijstand',
	'gemeente-jeugd',
	'gemeente-mo-bw',
	'gemeente-mo-bw-en-zvw',
	'gemeente-participatiewet',
	'gemeente-schuldhulp',
	'gemeente-wmo',
	'huishouden',
	'meerdere',
	'rijk-jenv',
	'rijk-ocw',
	'school',
	'vrijwilliger',
	'werkgever',
	'wlz',
	'zvw'
] as const;
export type PayerCode = (typeof payerCodes)[number];

/** Who puts in: the pot itself, and those who give their hours. */
export const inputPayers = ['pot', 'deelnemers'] as const;

/** A cost that falls away becomes money now, when a contract ends, only as room for another, or not at all. */
export const freesCodes = ['now', 'later', 'capacity', 'not'] as const;
export type FreesCode = (typeof freesCodes)[number];

/** A price as the price list has it: in its own year, never without a source. Cents are whole. */
export interface Price {
	readonly code: string;
	readonly nameNl: string;
	readonly nameEn: string;
	readonly unit: string;
	readonly amountCents: number;
	readonly lowCents: number | null;
	readonly highCents: number | null;
	readonly year: number | null;
	/** Payer codes split by ` | `: alternatives, of which the case chooses one. */
	readonly payer: string;
	readonly contains: readonly string[];
	/** Null: not known, which counts as not freeing. */
	readonly frees: FreesCode | null;
	/** Why, who says so and when: a source, or whose assumption. Null where nobody said. */
	readonly freesWhyNl: string | null;
	readonly freesWhyEn: string | null;
	readonly freesBy: string | null;
	readonly freesOn: string | null;
	readonly source: string;
	readonly url: string;
}

export interface FlowFacts {
	readonly price: string;
	readonly quantity: number;
	/** 1 is once. Cut at the horizon. */
	readonly years: number;
	readonly chancePercent: number;
	readonly payer?: PayerCode | undefined;
	readonly frees?: FreesCode | undefined;
}

/** What someone at the table recorded: codes and numbers, no words. */
export interface CaseValueFacts {
	readonly potCents: number;
	readonly horizonYears: number;
	/** The first is the event of which the break-even is asked; those no likelier than it are taken to follow from it. */
	readonly looming: readonly FlowFacts[];
	readonly proposed: readonly FlowFacts[];
	readonly hours: number;
	readonly hourCents: number;
	/** Absent: not estimated, and said so. */
	readonly deadweightPercent?: number | undefined;
	readonly attributionPercent?: number | undefined;
	readonly displacementPercent?: number | undefined;
	readonly dropOffPercent?: number | undefined;
}

/** What looms, as far as a sentence needs to name it (`return.event.<code>`). */
export const eventCodes = ['eviction', 'shelter', 'detention', 'admission', 'other'] as const;
export type EventCode = (typeof eventCodes)[number];

const eventStarts: readonly (readonly [string, EventCode])[] = [
	['ontruiming', 'eviction'],
	['huisuitzetting', 'eviction'],
	['opvang', 'shelter'],
	['mo-', 'shelter'],
	['dakloos', 'shelter'],
	['detentie', 'detention'],
	['ggz-opname', 'admission'],
	['ic-', 'admission'],
	['ziekenhuis', 'admission']
];

export const eventOf = (priceCode: string): EventCode => eventStarts.find(([start]) => priceCode.startsWith(start))?.[1] ?? 'other';

/** The code of a payer as a price list writes it ("gemeente-participatiewet (BUIG)", "gemeente-mo-bw + zvw"), or null. */
export function payerCodeOf(written: string): PayerCode | null {
	const code = written
		.replace(/\([^)]*\)/g, '')
		.trim()
		.toLowerCase()
		.replaceAll(/\s*\+\s*/g, '-en-');
	return payerCodes.find((one) => one === code) ?? null;
}

export const payersOf = (price: Pick<Price, 'payer'>): readonly string[] => price.payer.split(' | ');

/** Who pays a flow: the case's choice, or the one the price names; several that nobody chose from are `meerdere`. */
const payerOf = (flow: FlowFacts, price: Price): string => {
	const [only, ...others] = payersOf(price);
	return flow.payer ?? (only === undefined || others.length > 0 ? 'meerdere' : only);
};

/** Known: a range. Else only a mean is known, and the engine draws from half of it to one and a half times. */
const amountOf = ({ amountCents, lowCents, highCents }: Price): unknown => {
	const mid = amountCents / 100;
	if (lowCents === null || highCents === null) return { distribution: 'mean-only', mean: mid };
	return { distribution: 'triangular', low: lowCents / 100, mid, high: highCents / 100 };
};

const share = (percent: number): number => percent / 100;

export interface ValueMapLabels {
	/** Tells cases apart in a sum; the case's id. */
	readonly id: string;
	readonly title: string;
	/** Shown with the result; the same seed gives the same figures. */
	readonly seed?: number;
}

export type ValueMapOutcome =
	| { readonly ok: true; readonly map: ValueMap; /** The open file: the command line counts the same from it. */ readonly file: object }
	| { readonly ok: false; readonly fields: readonly FieldError[] };

const fileOf = (facts: CaseValueFacts, prices: ReadonlyMap<string, Price>, labels: ValueMapLabels): object => {
	const eventChance = facts.looming[0]?.chancePercent ?? 100;
	const used = new Set([...facts.looming, ...facts.proposed].map((flow) => flow.price));
	const flow = (path: string, facing: boolean) => (one: FlowFacts, index: number) => {
		const price = prices.get(one.price);
		// What is likelier than the event does not wait for it.
		const follows = facing && one.chancePercent <= eventChance;
		return {
			id: `${path}-${index}`,
			what: price?.nameNl ?? one.price,
			kind: 'cost',
			...(price === undefined ? {} : { payer: payerOf(one, price) }),
			price: { price: one.price },
			quantity: one.quantity,
			timing: { start: 0, years: Math.min(one.years, facts.horizonYears) },
			...(follows
				? { event: 'event', chance: eventChance === 0 ? 1 : one.chancePercent / eventChance }
				: { chance: share(one.chancePercent) }),
			...(one.frees === undefined ? {} : { frees: one.frees })
		};
	};
	const estimates: readonly (readonly [string, number | undefined])[] = [
		['deadweight', facts.deadweightPercent],
		['attribution', facts.attributionPercent],
		['displacement', facts.displacementPercent]
	];
	return {
		format: 'social-return/value-map',
		version: 1,
		id: labels.id,
		title: labels.title,
		currency: 'EUR',
		horizonYears: facts.horizonYears,
		conventions: { discountRate: 0.0225, firstYear: 'undiscounted', ratio: 'of-means' },
		prices: [...prices.values()]
			.filter((price) => used.has(price.code))
			.map((price) => ({
				...{ code: price.code, name: price.nameNl, amount: amountOf(price), unit: price.unit, year: price.year },
				...{ source: price.source, url: price.url, contains: price.contains, frees: price.frees ?? 'unknown' },
				...(price.freesWhyNl === null ? {} : { freesBecause: `${price.freesWhyNl} (${[price.freesBy, price.freesOn].join(', ')})` }),
				...(payersOf(price).length === 1 ? { payer: price.payer } : {})
			})),
		events: [{ id: 'event', name: eventOf(facts.looming[0]?.price ?? ''), chance: share(eventChance) }],
		adjustments: {
			...Object.fromEntries(estimates.flatMap(([name, percent]) => (percent === undefined ? [] : [[name, share(percent)]]))),
			...(facts.dropOffPercent === undefined ? {} : { persistence: { kind: 'drop-off', rate: share(facts.dropOffPercent) } })
		},
		options: [
			{ id: 'looming', name: 'looming', role: 'looming', flows: facts.looming.map(flow('looming', true)) },
			{
				...{ id: 'proposed', name: 'proposed', role: 'proposed' },
				flows: [
					...facts.proposed.map(flow('proposed', false)),
					{ id: 'pot', what: 'pot', kind: 'input', input: 'fund', payer: 'pot', price: facts.potCents / 100 },
					...(facts.hours === 0
						? []
						: [
								{
									id: 'hours',
									what: 'hours',
									kind: 'input',
									input: 'hours',
									payer: 'deelnemers',
									quantity: facts.hours,
									price: facts.hourCents / 100
								}
							])
				]
			}
		],
		simulation: { seed: labels.seed ?? 1, draws: 10_000 }
	};
};

/** Where an error of the engine stands in what was recorded. Others than these two codes cannot come from facts that the schema passed. */
const fieldOf = (error: MapError): FieldError => {
	const match = /^options\.([01])\.flows\.(\d+)\./.exec(error.path);
	if (match === null || (error.code !== 'unknown_reference' && error.code !== 'double_counting')) {
		throw new Error(`The value map of a case was refused: ${error.path} ${error.code}.`);
	}
	const path = [match[1] === '0' ? 'looming' : 'proposed', Number(match[2]), 'price'];
	if (error.code === 'unknown_reference') return { path, code: 'not_a_choice' };
	// Both rows are named: either may be left out.
	const other = /^options\.[01]\.flows\.(\d+)/.exec(error.other ?? '');
	return { path, code: 'counted_twice', values: { line: Number(match[2]) + 1, other: Number(other?.[1] ?? match[2]) + 1 } };
};

/**
 * Builds the engine's value map from recorded facts, with prices of one price list version. Refuses, with every field at once: a price that
 * is not in the list, a payer that the price does not name, and two prices of which one is inside the other (in one path).
 */
export function valueMapOf(facts: CaseValueFacts, priceList: readonly Price[], labels: ValueMapLabels): ValueMapOutcome {
	const prices = new Map(priceList.map((price) => [price.code, price]));
	const payers = (['looming', 'proposed'] as const).flatMap((path) =>
		facts[path].flatMap((flow, index): FieldError[] => {
			const price = prices.get(flow.price);
			if (price === undefined || flow.payer === undefined) return [];
			const named = payersOf(price);
			return named.includes('meerdere') || named.includes(flow.payer) ? [] : [{ path: [path, index, 'payer'], code: 'not_a_choice' }];
		})
	);
	const file = fileOf(facts, prices, labels);
	const read = readValueMap(file);
	const refused = read.ok ? [] : read.errors.filter((error) => error.code !== 'required').map(fieldOf);
	const fields = [...refused, ...payers];
	return read.ok && fields.length === 0 ? { ok: true, map: read.map, file } : { ok: false, fields };
}
