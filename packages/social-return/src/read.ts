import {
	fail,
	join,
	newReading,
	readAmount,
	readChoice,
	readFields,
	readFlag,
	readId,
	readList,
	readNumber,
	readQuantity,
	readText
} from './fields.ts';
import type { Reading } from './fields.ts';
import { guard } from './guards.ts';
import { compile } from './compile.ts';
import { defaultSimulation, readConventions, readEvidence, yearRule } from './read-conventions.ts';
import { readAdjustments, readFlow, readTrajectory } from './read-flow.ts';
import { freesKinds, limits, roles } from './types.ts';
import type { Flow, LoomingEvent, Option, Parameter, Price, ReadResult, ValueMap } from './types.ts';

const readPrice = (reading: Reading, value: unknown, path: string): Price | null => {
	const fields = readFields(reading, value, path, [
		'code',
		'name',
		'amount',
		'unit',
		'year',
		'source',
		'url',
		'payer',
		'contains',
		'frees',
		'freesBecause',
		'volunteerHours'
	]);
	if (fields === null) return null;
	const at = (key: string): string => join(path, key);
	const code = readId(reading, fields.get('code'), at('code'));
	const name = readText(reading, fields.get('name'), at('name'), { max: 300 });
	const price = readAmount(reading, fields.get('amount'), at('amount'), { min: 0, max: limits.amount });
	const unit = readText(reading, fields.get('unit'), at('unit'), { max: 100 });
	const year = fields.has('year') && fields.get('year') !== null ? readNumber(reading, fields.get('year'), at('year'), yearRule) : null;
	const source = readText(reading, fields.get('source'), at('source'), { max: 500 });
	const url = readText(reading, fields.get('url'), at('url'), { max: 1000, absent: null });
	if (url !== null && !/^https?:\/\//.test(url)) fail(reading, at('url'), 'not_possible', 'A web address starts with https:// or http://.');
	const payer = readText(reading, fields.get('payer'), at('payer'), { max: 100, absent: null });
	const contains = (readList(reading, fields.get('contains'), at('contains'), 200) ?? []).map((one, i) =>
		readId(reading, one, join(at('contains'), i))
	);
	const frees = readChoice(reading, fields.get('frees'), at('frees'), freesKinds, 'unknown');
	const freesBecause = readText(reading, fields.get('freesBecause'), at('freesBecause'), { max: 500, absent: null });
	const volunteerHours = readFlag(reading, fields.get('volunteerHours'), at('volunteerHours'), false);
	if (code === null || name === null || price === null || unit === null || source === null || frees === null) return null;
	return {
		code,
		name,
		amount: price,
		unit,
		year,
		source,
		url,
		payer,
		contains: contains.filter((one) => one !== null),
		frees,
		freesBecause,
		volunteerHours
	};
};

const readParameter = (reading: Reading, value: unknown, path: string): Parameter | null => {
	const fields = readFields(reading, value, path, ['id', 'name', 'value', 'scope', 'source', 'by', 'on']);
	if (fields === null) return null;
	const at = (key: string): string => join(path, key);
	const text = (key: string, max: number): string | null => readText(reading, fields.get(key), at(key), { max, absent: null });
	const id = readId(reading, fields.get('id'), at('id'));
	const name = readText(reading, fields.get('name'), at('name'), { max: 300 });
	const number = readAmount(reading, fields.get('value'), at('value'), { min: 0, max: limits.amount });
	const scope = readChoice(reading, fields.get('scope'), at('scope'), ['shared', 'case'] as const, 'case');
	const source = text('source', 500);
	const by = text('by', 200);
	const on = text('on', 10);
	if (on !== null && !/^\d{4}-\d{2}-\d{2}$/.test(on)) fail(reading, at('on'), 'not_possible', 'Expected a date such as 2026-03-12.');
	if (id === null || name === null || number === null || scope === null) return null;
	return { id, name, value: number, scope, source, by, on };
};

const readEvent = (reading: Reading, value: unknown, path: string): LoomingEvent | null => {
	const fields = readFields(reading, value, path, ['id', 'name', 'chance']);
	if (fields === null) return null;
	const id = readId(reading, fields.get('id'), join(path, 'id'));
	const name = readText(reading, fields.get('name'), join(path, 'name'), { max: 300 });
	const chance = readQuantity(reading, fields.get('chance'), join(path, 'chance'), { min: 0, max: 1 });
	return id === null || name === null || chance === null ? null : { id, name, chance };
};

const readOption = (reading: Reading, value: unknown, path: string, horizonYears: number): Option | null => {
	const fields = readFields(reading, value, path, ['id', 'name', 'role', 'flows', 'trajectory']);
	if (fields === null) return null;
	const id = readId(reading, fields.get('id'), join(path, 'id'));
	const name = readText(reading, fields.get('name'), join(path, 'name'), { max: 300 });
	const role = readChoice(reading, fields.get('role'), join(path, 'role'), roles);
	const flowsPath = join(path, 'flows');
	const list = readList(reading, fields.get('flows'), flowsPath, limits.flows);
	const flows: Flow[] = [];
	(list ?? []).forEach((one, i) => {
		const flow = readFlow(reading, one, join(flowsPath, i), horizonYears);
		if (flow !== null) flows.push(flow);
	});
	const given = fields.get('trajectory');
	const trajectory = given === undefined || given === null ? null : readTrajectory(reading, given, join(path, 'trajectory'), horizonYears);
	return id === null || name === null || role === null ? null : { id, name, role, flows, trajectory };
};

const readEach = <T>(
	reading: Reading,
	value: unknown,
	path: string,
	max: number,
	min: number,
	read: (one: unknown, at: string) => T | null
): readonly T[] => {
	const list = readList(reading, value, path, max, min) ?? [];
	return list.map((one, i) => read(one, join(path, i))).filter((one) => one !== null);
};

/**
 * Reads a value map from parsed JSON. Every bad field is named at once, by its path. What is read is whole and bounded
 * (`limits`): references exist, nothing is counted twice, and the engine cannot fail on it.
 */
export const readValueMap = (json: unknown): ReadResult => {
	const reading = newReading();
	const fields = readFields(reading, json, '', [
		'$schema',
		'format',
		'version',
		'id',
		'title',
		'currency',
		'horizonYears',
		'conventions',
		'evidence',
		'prices',
		'parameters',
		'events',
		'adjustments',
		'options',
		'simulation'
	]);
	if (fields === null) return { ok: false, errors: reading.errors };
	readText(reading, fields.get('$schema'), '$schema', { max: 1000, absent: null });
	readChoice(reading, fields.get('format'), 'format', ['social-return/value-map'] as const);
	readNumber(reading, fields.get('version'), 'version', { min: 1, max: 1, whole: true });
	const id = fields.has('id') ? readId(reading, fields.get('id'), 'id') : 'case';
	const title = readText(reading, fields.get('title'), 'title', { max: 300 });
	const currency = readText(reading, fields.get('currency'), 'currency', { max: 12, absent: 'EUR' });
	const horizon = readNumber(reading, fields.get('horizonYears'), 'horizonYears', { min: 1, max: limits.horizonYears, whole: true });
	const conventions = readConventions(reading, fields.get('conventions'));
	const evidence = readEvidence(reading, fields.get('evidence'));
	const prices = readEach(reading, fields.get('prices'), 'prices', limits.prices, 0, (one, at) => readPrice(reading, one, at));
	const parameters = readEach(reading, fields.get('parameters'), 'parameters', limits.parameters, 0, (one, at) =>
		readParameter(reading, one, at)
	);
	const events = readEach(reading, fields.get('events'), 'events', limits.events, 0, (one, at) => readEvent(reading, one, at));
	const adjustments = readAdjustments(reading, fields.get('adjustments'), 'adjustments');
	// With a bad horizon the flows are still read, against the widest one, so that their own errors show too.
	const options = readEach(reading, fields.get('options'), 'options', limits.options, 2, (one, at) =>
		readOption(reading, one, at, horizon ?? limits.horizonYears)
	);
	const runFields = fields.has('simulation') ? readFields(reading, fields.get('simulation'), 'simulation', ['seed', 'draws']) : null;
	const seed = readNumber(reading, runFields?.get('seed'), 'simulation.seed', {
		min: 0,
		max: 4294967295,
		whole: true,
		absent: defaultSimulation.seed
	});
	const draws = readNumber(reading, runFields?.get('draws'), 'simulation.draws', {
		min: limits.minDraws,
		max: limits.maxDraws,
		whole: true,
		absent: defaultSimulation.draws
	});
	if (
		reading.errors.length === 0 &&
		id !== null &&
		title !== null &&
		currency !== null &&
		horizon !== null &&
		seed !== null &&
		draws !== null
	) {
		const map: ValueMap = {
			format: 'social-return/value-map',
			version: 1,
			id,
			title,
			currency,
			horizonYears: horizon,
			conventions,
			evidence,
			prices,
			parameters,
			events,
			adjustments,
			options,
			simulation: { seed, draws }
		};
		// References are looked at only in a map that is sound in itself: paths then match the file's own.
		guard(reading, map);
		if (reading.errors.length === 0) {
			const drawn = compile(map).slots.filter(({ key }) => key !== null).length;
			if (drawn * draws <= limits.drawnNumbers) return { ok: true, map };
			fail(
				reading,
				'simulation.draws',
				'too_large',
				`${String(drawn)} numbers are drawn ${String(draws)} times; at most ${String(limits.drawnNumbers)} together.`
			);
		}
	}
	if (reading.dropped > 0) {
		reading.errors.push({ path: '', code: 'too_many', message: `${String(reading.dropped)} more errors are not listed.` });
	}
	return { ok: false, errors: reading.errors };
};
