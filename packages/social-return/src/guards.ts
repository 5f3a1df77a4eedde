import { fail, join } from './fields.ts';
import type { Reading } from './fields.ts';
import { limits } from './types.ts';
import type { Adjustments, Flow, Parameter, Price, Quantity, StateFlow, ValueMap } from './types.ts';

/** A flow of a list or of a state, with its path in the file. */
interface PlacedFlow {
	readonly path: string;
	readonly flow: Flow | StateFlow;
}

const flowsOf = (map: ValueMap): readonly (readonly PlacedFlow[])[] =>
	map.options.map((option, o) => [
		...option.flows.map((flow, f) => ({ path: `options.${String(o)}.flows.${String(f)}`, flow })),
		...(option.trajectory?.states ?? []).flatMap((state, s) =>
			state.flows.map((flow, f) => ({ path: `options.${String(o)}.trajectory.states.${String(s)}.flows.${String(f)}`, flow }))
		)
	]);

const refuseDuplicates = (reading: Reading, ids: readonly string[], pathOf: (i: number) => string): void => {
	const first = new Map<string, number>();
	ids.forEach((id, i) => {
		const before = first.get(id);
		if (before === undefined) first.set(id, i);
		else fail(reading, pathOf(i), 'duplicate', `"${id}" is used already.`, pathOf(before));
	});
};

/** Whether every value this parameter is described to take lies between 0 and 1. Unbounded ones are held there in each draw. */
const fitsShare = (parameter: Parameter): boolean => {
	const value = parameter.value;
	if (typeof value === 'number') return value <= 1;
	switch (value.distribution) {
		case 'triangular':
		case 'pert':
		case 'uniform':
			return value.high <= 1;
		case 'mean-only':
			return value.mean * 1.5 <= 1;
		case 'normal':
		case 'gamma':
			return value.mean <= 1;
		case 'lognormal':
			return value.median <= 1;
		case 'beta':
			return true;
		case 'empirical':
			return value.values.every((one) => one <= 1);
	}
};

const checkParameters = (reading: Reading, map: ValueMap, flows: readonly PlacedFlow[]): void => {
	const parameters = new Map(map.parameters.map((parameter) => [parameter.id, parameter]));
	const check = (quantity: Quantity | { readonly price: string } | undefined, path: string, share: boolean): void => {
		if (typeof quantity !== 'object' || !('parameter' in quantity)) return;
		const parameter = parameters.get(quantity.parameter);
		if (parameter === undefined)
			fail(reading, join(path, 'parameter'), 'unknown_reference', `There is no parameter "${quantity.parameter}".`);
		else if (share && !fitsShare(parameter)) {
			fail(reading, join(path, 'parameter'), 'too_large', `Parameter "${quantity.parameter}" can exceed 1; this is a share or a chance.`);
		}
	};
	const checkAdjustments = (adjustments: Adjustments, path: string): void => {
		check(adjustments.deadweight, join(path, 'deadweight'), true);
		check(adjustments.attribution, join(path, 'attribution'), true);
		check(adjustments.displacement, join(path, 'displacement'), true);
		check(adjustments.persistence?.rate, join(path, 'persistence.rate'), true);
	};
	map.events.forEach((event, e) => {
		check(event.chance, `events.${String(e)}.chance`, true);
	});
	checkAdjustments(map.adjustments, 'adjustments');
	for (const { path, flow } of flows) {
		check(flow.quantity, join(path, 'quantity'), false);
		check(flow.price, join(path, 'price'), false);
		check(flow.chance, join(path, 'chance'), true);
		checkAdjustments(flow.adjustments, join(path, 'adjustments'));
	}
};

/** A price's codes of everything inside it, at any depth; a price that contains itself is refused. */
const insideOf = (reading: Reading, map: ValueMap): ReadonlyMap<string, ReadonlySet<string>> => {
	const direct = new Map(map.prices.map((price) => [price.code, price.contains]));
	const inside = new Map<string, ReadonlySet<string>>();
	map.prices.forEach((price, p) => {
		const seen = new Set<string>();
		const open = [...price.contains];
		for (let code = open.pop(); code !== undefined; code = open.pop()) {
			if (seen.has(code)) continue;
			seen.add(code);
			open.push(...(direct.get(code) ?? []));
		}
		if (seen.has(price.code)) fail(reading, `prices.${String(p)}.contains`, 'circular', `Price "${price.code}" would contain itself.`);
		inside.set(price.code, seen);
	});
	return inside;
};

const priceCode = (flow: Flow | StateFlow): string | null =>
	typeof flow.price === 'object' && 'price' in flow.price ? flow.price.price : null;

/** One event may not be counted by a total price and again by a price that is inside it. Both rows are named. */
const refuseDoubleCounting = (reading: Reading, flows: readonly PlacedFlow[], inside: ReadonlyMap<string, ReadonlySet<string>>): void => {
	const byCode = new Map<string, PlacedFlow[]>();
	for (const placed of flows) {
		const code = priceCode(placed.flow);
		if (code !== null && placed.flow.kind !== 'input') byCode.set(code, [...(byCode.get(code) ?? []), placed]);
	}
	for (const [whole, wholes] of byCode) {
		for (const part of inside.get(whole) ?? []) {
			for (const other of byCode.get(part) ?? []) {
				const total = wholes[0];
				if (total === undefined) continue;
				fail(
					reading,
					join(other.path, 'price'),
					'double_counting',
					`"${total.flow.what}" (${whole}) already contains "${other.flow.what}" (${part}): leave one of the two out.`,
					join(total.path, 'price')
				);
			}
		}
	}
};

/** Hours of volunteers are what is put in, or what comes out, never both. */
const refuseVolunteerHoursTwice = (reading: Reading, flows: readonly PlacedFlow[], prices: ReadonlyMap<string, Price>): void => {
	const volunteers = flows.filter(({ flow }) => {
		const code = priceCode(flow);
		return flow.volunteerHours || (code !== null && prices.get(code)?.volunteerHours === true);
	});
	const input = volunteers.find(({ flow }) => flow.kind === 'input');
	if (input === undefined) return;
	for (const { path, flow } of volunteers) {
		if (flow.kind === 'benefit') {
			fail(
				reading,
				path,
				'volunteer_hours_twice',
				`"${flow.what}" counts hours of volunteers as a benefit while "${input.flow.what}" counts them as an input: keep one.`,
				input.path
			);
		}
	}
};

const checkIndex = (reading: Reading, map: ValueMap, used: ReadonlySet<string>): void => {
	const target = map.conventions.priceYear;
	if (target === null) return;
	map.prices.forEach((price, p) => {
		if (!used.has(price.code)) return;
		const path = `prices.${String(p)}.year`;
		if (price.year === null) {
			fail(reading, path, 'no_index', `Price "${price.code}" has no year, so it cannot be brought to ${String(target)}.`);
			return;
		}
		for (let year = Math.min(price.year, target) + 1; year <= Math.max(price.year, target); year += 1) {
			if (map.conventions.priceIndex[String(year)] !== undefined) continue;
			fail(
				reading,
				path,
				'no_index',
				`conventions.priceIndex has no factor for ${String(year)}, needed to bring "${price.code}" to ${String(target)}.`
			);
			return;
		}
	});
};

const checkFlow = (reading: Reading, map: ValueMap, { path, flow }: PlacedFlow, prices: ReadonlyMap<string, Price>): void => {
	const code = priceCode(flow);
	const price = code === null ? undefined : prices.get(code);
	if (code !== null && price === undefined) fail(reading, join(path, 'price.price'), 'unknown_reference', `There is no price "${code}".`);
	if (flow.kind !== 'benefit' && flow.payer === null && (code === null || (price !== undefined && price.payer === null))) {
		fail(reading, join(path, 'payer'), 'required', 'Say who pays: neither the flow nor its price does.');
	}
	if (flow.event !== null && !map.events.some((event) => event.id === flow.event)) {
		fail(reading, join(path, 'event'), 'unknown_reference', `There is no event "${flow.event}".`);
	}
	if (flow.kind === 'input' && flow.event !== null)
		fail(reading, join(path, 'event'), 'not_possible', 'An input is spent whether or not the event happens.');
	const adjustments = { ...map.adjustments, ...flow.adjustments };
	if (flow.kind !== 'input' && adjustments.deadweight !== undefined && adjustments.persistence?.kind === 'cumulative-deadweight') {
		fail(
			reading,
			join(path, 'adjustments'),
			'both_deadweights',
			'Deadweight is given as one share and as one that grows each year: keep one.'
		);
	}
};

/** Everything that takes more than one field to see. Expects a map whose fields are each sound. */
export const guard = (reading: Reading, map: ValueMap): void => {
	const perOption = flowsOf(map);
	const flows = perOption.flat();
	if (flows.length > limits.flows) {
		fail(reading, 'options', 'too_many', `At most ${String(limits.flows)} flows over all options; this file has ${String(flows.length)}.`);
		return;
	}
	const contains = map.prices.reduce((sum, price) => sum + price.contains.length, 0);
	if (contains > limits.contains) {
		fail(
			reading,
			'prices',
			'too_many',
			`At most ${String(limits.contains)} codes in contains, over all prices; this file has ${String(contains)}.`
		);
		return;
	}
	const prices = new Map(map.prices.map((price) => [price.code, price]));
	refuseDuplicates(
		reading,
		map.prices.map((price) => price.code),
		(i) => `prices.${String(i)}.code`
	);
	refuseDuplicates(
		reading,
		map.parameters.map((parameter) => parameter.id),
		(i) => `parameters.${String(i)}.id`
	);
	refuseDuplicates(
		reading,
		map.events.map((event) => event.id),
		(i) => `events.${String(i)}.id`
	);
	refuseDuplicates(
		reading,
		map.options.map((option) => option.id),
		(i) => `options.${String(i)}.id`
	);
	perOption.forEach((placed) => {
		refuseDuplicates(
			reading,
			placed.map(({ flow }) => flow.id),
			(i) => join(placed[i]?.path ?? '', 'id')
		);
	});
	const looming = map.options.filter((option) => option.role === 'looming').length;
	if (looming !== 1)
		fail(
			reading,
			'options',
			looming === 0 ? 'too_few' : 'too_many',
			'Exactly one option has the role looming: what happens if nothing changes.'
		);
	map.options.forEach((option, o) => {
		if (option.role !== 'looming') return;
		option.flows.forEach((flow, f) => {
			if (flow.kind === 'input')
				fail(reading, `options.${String(o)}.flows.${String(f)}.kind`, 'not_possible', 'What is put in belongs to the proposed option.');
		});
	});
	for (const placed of flows) checkFlow(reading, map, placed, prices);
	checkParameters(reading, map, flows);
	const inside = insideOf(reading, map);
	for (const placed of perOption) refuseDoubleCounting(reading, placed, inside);
	refuseVolunteerHoursTwice(reading, flows, prices);
	checkIndex(reading, map, new Set(flows.map(({ flow }) => priceCode(flow)).filter((code) => code !== null)));
};
