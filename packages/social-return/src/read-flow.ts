import { fail, join, readChoice, readFields, readFlag, readId, readList, readNumber, readQuantity, readText } from './fields.ts';
import type { Fields, Reading } from './fields.ts';
import { categories, flowKinds, freesKinds, inputKinds, limits } from './types.ts';
import type { Adjustments, Flow, Persistence, Quantity, StateFlow, Timing, Trajectory, TrajectoryState } from './types.ts';

const share = { min: 0, max: 1 };
const amount = { min: 0, max: limits.amount };

const readShare = (reading: Reading, fields: Fields, key: string, path: string): Quantity | null | undefined =>
	fields.has(key) ? readQuantity(reading, fields.get(key), join(path, key), share) : undefined;

const readPersistence = (reading: Reading, value: unknown, path: string): Persistence | null => {
	const fields = readFields(reading, value, path, ['kind', 'rate']);
	if (fields === null) return null;
	const kind = readChoice(reading, fields.get('kind'), join(path, 'kind'), ['drop-off', 'cumulative-deadweight'] as const);
	const rate = readQuantity(reading, fields.get('rate'), join(path, 'rate'), share);
	return kind === null || rate === null ? null : { kind, rate };
};

/** The four adjustments. Absent is not zero: what is absent stays absent, so that the result can say it was not estimated. */
export const readAdjustments = (reading: Reading, value: unknown, path: string): Adjustments => {
	if (value === undefined) return {};
	const fields = readFields(reading, value, path, ['deadweight', 'attribution', 'displacement', 'persistence']);
	if (fields === null) return {};
	const deadweight = readShare(reading, fields, 'deadweight', path);
	const attribution = readShare(reading, fields, 'attribution', path);
	const displacement = readShare(reading, fields, 'displacement', path);
	const persistence = fields.has('persistence')
		? readPersistence(reading, fields.get('persistence'), join(path, 'persistence'))
		: undefined;
	return {
		...(deadweight === undefined || deadweight === null ? {} : { deadweight }),
		...(attribution === undefined || attribution === null ? {} : { attribution }),
		...(displacement === undefined || displacement === null ? {} : { displacement }),
		...(persistence === undefined || persistence === null ? {} : { persistence })
	};
};

const readTiming = (reading: Reading, value: unknown, path: string, horizonYears: number): Timing | null => {
	if (value === undefined) return { start: 0, years: 1, profile: null };
	const fields = readFields(reading, value, path, ['start', 'years', 'profile']);
	if (fields === null) return null;
	if (fields.has('profile') && fields.get('profile') !== null) {
		if (fields.has('years') || (fields.has('start') && fields.get('start') !== 0)) {
			return fail(reading, path, 'not_possible', 'A profile starts in year 0 and has its own length: leave out start and years.');
		}
		const profilePath = join(path, 'profile');
		const list = readList(reading, fields.get('profile'), profilePath, limits.horizonYears, 1);
		if (list === null) return null;
		if (list.length > horizonYears) {
			return fail(
				reading,
				profilePath,
				'beyond_horizon',
				`The profile has ${String(list.length)} years, the horizon ${String(horizonYears)}.`
			);
		}
		const profile = list.map((one, i) => readNumber(reading, one, join(profilePath, i), { min: 0, max: limits.amount }) ?? 0);
		return { start: 0, years: profile.length, profile };
	}
	const whole = { whole: true, max: limits.horizonYears };
	const years = readNumber(reading, fields.get('years'), join(path, 'years'), { ...whole, min: 1, absent: 1 });
	if (fields.get('start') === 'now') {
		if (years !== 1) return fail(reading, join(path, 'years'), 'not_possible', 'What happens now happens once: years must be 1.');
		return { start: 'now', years: 1, profile: null };
	}
	const start = readNumber(reading, fields.get('start'), join(path, 'start'), { ...whole, min: 0, absent: 0 });
	if (start === null || years === null) return null;
	if (start + years > horizonYears) {
		return fail(
			reading,
			path,
			'beyond_horizon',
			`Starts in year ${String(start)} for ${String(years)} years; the horizon is ${String(horizonYears)} years.`
		);
	}
	return { start, years, profile: null };
};

const flowFields = [
	'id',
	'what',
	'kind',
	'input',
	'category',
	'payer',
	'beneficiary',
	'quantity',
	'price',
	'chance',
	'event',
	'frees',
	'adjustments',
	'volunteerHours',
	'source'
];

/** Everything of a flow but its timing. */
const readFlowBody = (reading: Reading, fields: Fields, path: string): Omit<Flow, 'timing'> | null => {
	const before = reading.errors.length + reading.dropped;
	const at = (key: string): string => join(path, key);
	const text = (key: string, max: number): string | null => readText(reading, fields.get(key), at(key), { max, absent: null });
	const id = readId(reading, fields.get('id'), at('id'));
	const what = readText(reading, fields.get('what'), at('what'), { max: 300 });
	const kind = readChoice(reading, fields.get('kind'), at('kind'), flowKinds);
	const input =
		fields.has('input') && fields.get('input') !== null ? readChoice(reading, fields.get('input'), at('input'), inputKinds) : null;
	if (kind === 'input' && input === null && !fields.has('input'))
		fail(reading, at('input'), 'required', 'Say which input: fund, money or hours.');
	if (kind !== 'input' && input !== null) fail(reading, at('input'), 'not_possible', 'Only a flow of kind input says which input it is.');
	const category = readChoice(reading, fields.get('category'), at('category'), categories, kind === 'transfer' ? 'transfer' : 'fiscal');
	if (kind !== null && category !== null && (kind === 'transfer') !== (category === 'transfer')) {
		fail(reading, at('category'), 'not_possible', 'Kind transfer and category transfer go together.');
	}
	const payer = text('payer', 100);
	const beneficiary = text('beneficiary', 100);
	if (kind === 'benefit' && payer !== null)
		fail(reading, at('payer'), 'not_possible', 'A benefit has no payer; a cost that falls away is a cost of the looming option.');
	if ((kind === 'benefit' || kind === 'transfer') && beneficiary === null)
		fail(reading, at('beneficiary'), 'required', 'Say who receives it.');
	if (kind === 'transfer' && payer === null) fail(reading, at('payer'), 'required', 'Say who pays the transfer.');
	const quantity = fields.has('quantity') ? readQuantity(reading, fields.get('quantity'), at('quantity'), amount) : 1;
	const price = readFlowPrice(reading, fields.get('price'), at('price'));
	const chance = fields.has('chance') ? readQuantity(reading, fields.get('chance'), at('chance'), share) : 1;
	const event = fields.has('event') && fields.get('event') !== null ? readId(reading, fields.get('event'), at('event')) : null;
	const frees = readChoice(reading, fields.get('frees'), at('frees'), freesKinds, 'unknown');
	const adjustments = readAdjustments(reading, fields.get('adjustments'), at('adjustments'));
	if (kind === 'input' && Object.keys(adjustments).length > 0) {
		fail(reading, at('adjustments'), 'not_possible', 'An input is spent whatever would have happened: it is not adjusted.');
	}
	const volunteerHours = readFlag(reading, fields.get('volunteerHours'), at('volunteerHours'), false);
	const source = text('source', 500);
	if (reading.errors.length + reading.dropped > before) return null;
	if (
		id === null ||
		what === null ||
		kind === null ||
		category === null ||
		quantity === null ||
		price === null ||
		chance === null ||
		frees === null
	)
		return null;
	return {
		id,
		what,
		kind,
		input,
		category,
		payer,
		beneficiary,
		quantity,
		price,
		chance,
		event,
		frees,
		adjustments,
		volunteerHours,
		source
	};
};

const readFlowPrice = (reading: Reading, value: unknown, path: string): Flow['price'] | null => {
	if (typeof value === 'object' && value !== null && Object.hasOwn(value, 'price')) {
		const fields = readFields(reading, value, path, ['price']);
		const price = fields === null ? null : readId(reading, fields.get('price'), join(path, 'price'));
		return price === null ? null : { price };
	}
	return readQuantity(reading, value, path, amount);
};

export const readFlow = (reading: Reading, value: unknown, path: string, horizonYears: number): Flow | null => {
	const fields = readFields(reading, value, path, [...flowFields, 'timing']);
	if (fields === null) return null;
	// An input without timing is spent at the decision.
	const given = fields.has('timing') ? fields.get('timing') : fields.get('kind') === 'input' ? { start: 'now' } : undefined;
	const timing = readTiming(reading, given, join(path, 'timing'), horizonYears);
	const body = readFlowBody(reading, fields, path);
	if (body === null || timing === null) return null;
	return { ...body, timing };
};

const readCycles = (reading: Reading, value: unknown, path: string): readonly number[] | null => {
	const list = readList(reading, value, path, limits.horizonYears);
	return list === null
		? null
		: list.map((one, i) => readNumber(reading, one, join(path, i), { min: 0, max: limits.horizonYears, whole: true }) ?? 0);
};

const readShares = (reading: Reading, value: unknown, path: string, size: number): readonly number[] | null => {
	const list = readList(reading, value, path, limits.states, 1);
	if (list === null) return null;
	if (list.length !== size) return fail(reading, path, 'not_possible', `Expected ${String(size)} numbers, one for each state.`);
	const before = reading.errors.length + reading.dropped;
	const shares = list.map((one, i) => readNumber(reading, one, join(path, i), share) ?? 0);
	if (reading.errors.length + reading.dropped > before) return null;
	const sum = shares.reduce((total, one) => total + one, 0);
	return Math.abs(sum - 1) > 1e-9 ? fail(reading, path, 'not_possible', `These must add up to 1, they add up to ${String(sum)}.`) : shares;
};

const readMatrix = (reading: Reading, value: unknown, path: string, size: number): readonly (readonly number[])[] | null => {
	const list = readList(reading, value, path, limits.states, 1);
	if (list === null) return null;
	if (list.length !== size) return fail(reading, path, 'not_possible', `Expected ${String(size)} rows, one for each state.`);
	const rows = list.map((row, i) => readShares(reading, row, join(path, i), size));
	return rows.includes(null) ? null : rows.filter((row) => row !== null);
};

const readState = (reading: Reading, value: unknown, path: string): TrajectoryState | null => {
	const fields = readFields(reading, value, path, ['id', 'flows']);
	if (fields === null) return null;
	const id = readId(reading, fields.get('id'), join(path, 'id'));
	const flowsPath = join(path, 'flows');
	const list = readList(reading, fields.get('flows'), flowsPath, limits.flows);
	const flows: StateFlow[] = [];
	(list ?? []).forEach((one, i) => {
		const flowPath = join(flowsPath, i);
		const inner = readFields(reading, one, flowPath, [...flowFields, 'cycles']);
		if (inner === null) return;
		const body = readFlowBody(reading, inner, flowPath);
		const cycles =
			inner.has('cycles') && inner.get('cycles') !== null ? readCycles(reading, inner.get('cycles'), join(flowPath, 'cycles')) : null;
		if (body === null) return;
		if (body.kind === 'input') fail(reading, join(flowPath, 'kind'), 'not_possible', 'An input is a flow of the option, not of a state.');
		flows.push({ ...body, cycles });
	});
	return id === null ? null : { id, flows };
};

export const readTrajectory = (reading: Reading, value: unknown, path: string, horizonYears: number): Trajectory | null => {
	const fields = readFields(reading, value, path, ['states', 'start', 'transitions', 'cycles', 'counting', 'overrides']);
	if (fields === null) return null;
	const stateList = readList(reading, fields.get('states'), join(path, 'states'), limits.states, 1);
	const states = (stateList ?? []).map((one, i) => readState(reading, one, join(join(path, 'states'), i)));
	const cycles = readNumber(reading, fields.get('cycles'), join(path, 'cycles'), { min: 1, max: limits.horizonYears, whole: true });
	const counting = readChoice(reading, fields.get('counting'), join(path, 'counting'), ['start', 'end', 'half'] as const, 'end');
	if (cycles !== null && cycles > horizonYears) {
		fail(
			reading,
			join(path, 'cycles'),
			'beyond_horizon',
			`${String(cycles)} cycles need ${String(cycles)} years; the horizon is ${String(horizonYears)} years.`
		);
	}
	const start = readShares(reading, fields.get('start'), join(path, 'start'), states.length);
	const transitions = readMatrix(reading, fields.get('transitions'), join(path, 'transitions'), states.length);
	const overridePath = join(path, 'overrides');
	const overrides = (readList(reading, fields.get('overrides'), overridePath, limits.horizonYears) ?? []).map((one, i) => {
		const inner = readFields(reading, one, join(overridePath, i), ['cycles', 'transitions']);
		if (inner === null) return null;
		const inCycles = readCycles(reading, inner.get('cycles'), join(join(overridePath, i), 'cycles'));
		const matrix = readMatrix(reading, inner.get('transitions'), join(join(overridePath, i), 'transitions'), states.length);
		return inCycles === null || matrix === null ? null : { cycles: inCycles, transitions: matrix };
	});
	if (start === null || transitions === null || cycles === null || counting === null || states.includes(null) || overrides.includes(null))
		return null;
	return {
		states: states.filter((state) => state !== null),
		start,
		transitions,
		cycles,
		counting,
		overrides: overrides.filter((one) => one !== null)
	};
};
