import { limits } from './types.ts';
import type { Distribution, ErrorCode, FieldError, Quantity } from './types.ts';

/** Collects every bad field. Stops keeping them (not reading) after `limits.errors`. */
export interface Reading {
	readonly errors: FieldError[];
	dropped: number;
}

export const newReading = (): Reading => ({ errors: [], dropped: 0 });

export const fail = (reading: Reading, path: string, code: ErrorCode, message: string, other?: string): null => {
	if (reading.errors.length >= limits.errors) reading.dropped += 1;
	else reading.errors.push(other === undefined ? { path, code, message } : { path, code, message, other });
	return null;
};

export const join = (path: string, key: string | number): string => (path === '' ? String(key) : `${path}.${String(key)}`);

/** A foreign key name, shortened and without characters that could mislead a reader of the message. */
const shown = (key: string): string => {
	const clean = key.replace(/[^\p{L}\p{N}_ .-]/gu, '?');
	return clean.length > 60 ? `${clean.slice(0, 60)}…` : clean;
};

/** An object's own fields as a Map, so that names like `__proto__` or `constructor` are nothing but names. */
export type Fields = ReadonlyMap<string, unknown>;

/** Reads an object with only the allowed fields; each other field is an error of its own. */
export const readFields = (reading: Reading, value: unknown, path: string, allowed: readonly string[]): Fields | null => {
	if (value === undefined) return fail(reading, path, 'required', 'This field is required.');
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return fail(reading, path, 'wrong_type', 'Expected an object.');
	const fields = new Map<string, unknown>();
	for (const key of Object.keys(value)) {
		if (allowed.includes(key)) fields.set(key, (value as Record<string, unknown>)[key]);
		else
			fail(
				reading,
				join(path, shown(key)),
				'unknown_field',
				`Unknown field. Known here: ${allowed.length > 20 ? `${allowed[0] ?? ''} to ${allowed.at(-1) ?? ''}` : allowed.join(', ')}.`
			);
	}
	return fields;
};

export const readList = (reading: Reading, value: unknown, path: string, max: number, min = 0): readonly unknown[] | null => {
	if (value === undefined) return min > 0 ? fail(reading, path, 'required', 'This list is required.') : [];
	if (!Array.isArray(value)) return fail(reading, path, 'wrong_type', 'Expected a list.');
	if (value.length > max) return fail(reading, path, 'too_many', `At most ${String(max)} here; this list has ${String(value.length)}.`);
	if (value.length < min) return fail(reading, path, 'too_few', `At least ${String(min)} here.`);
	return value as readonly unknown[];
};

export interface TextRule {
	readonly max: number;
	/** What stands here when the field is absent or null; without it the field is required. */
	readonly absent?: string | null;
}

export const readText = (reading: Reading, value: unknown, path: string, rule: TextRule): string | null => {
	if (value === undefined || (value === null && rule.absent === null)) {
		if (rule.absent !== undefined) return rule.absent;
		return fail(reading, path, 'required', 'This field is required.');
	}
	if (typeof value !== 'string') return fail(reading, path, 'wrong_type', 'Expected text.');
	if (value.trim() === '') return fail(reading, path, 'empty', 'This text may not be empty.');
	if (value.length > rule.max) return fail(reading, path, 'too_long', `At most ${String(rule.max)} characters.`);
	if (value.includes('\u0000')) return fail(reading, path, 'not_possible', 'Text may not hold a null character.');
	return value;
};

/** An id or code: letters, digits, and . _ : / - ( ) in between, at most 100 characters. */
export const readId = (reading: Reading, value: unknown, path: string): string | null => {
	const text = readText(reading, value, path, { max: 100 });
	if (text === null) return null;
	if (!/^[\p{L}\p{N}][\p{L}\p{N}._:/()-]*$/u.test(text)) {
		return fail(reading, path, 'not_possible', 'An id starts with a letter or digit and holds letters, digits, . _ : / ( ) and - only.');
	}
	return text;
};

export interface NumberRule {
	readonly min: number;
	readonly max: number;
	readonly whole?: boolean;
	readonly absent?: number;
	/** The lowest value itself is refused. */
	readonly above?: boolean;
}

export const readNumber = (reading: Reading, value: unknown, path: string, rule: NumberRule): number | null => {
	if (value === undefined) return rule.absent ?? fail(reading, path, 'required', 'This field is required.');
	if (typeof value !== 'number') return fail(reading, path, 'wrong_type', 'Expected a number.');
	if (!Number.isFinite(value)) return fail(reading, path, 'not_finite', 'Expected a finite number.');
	if (rule.whole === true && !Number.isInteger(value)) return fail(reading, path, 'wrong_type', 'Expected a whole number.');
	if (value < rule.min || (rule.above === true && value === rule.min)) {
		return fail(
			reading,
			path,
			'too_small',
			rule.above === true ? `Must be above ${String(rule.min)}.` : `Must be at least ${String(rule.min)}.`
		);
	}
	if (value > rule.max) return fail(reading, path, 'too_large', `Must be at most ${String(rule.max)}.`);
	// -0 would print as 0 and divide as minus infinity.
	return value === 0 ? 0 : value;
};

export const readChoice = <T extends string>(
	reading: Reading,
	value: unknown,
	path: string,
	choices: readonly T[],
	absent?: T
): T | null => {
	if (value === undefined) return absent ?? fail(reading, path, 'required', 'This field is required.');
	if (typeof value !== 'string') return fail(reading, path, 'wrong_type', 'Expected text.');
	const found = choices.find((choice) => choice === value);
	return found ?? fail(reading, path, 'not_a_choice', `Choose one of: ${choices.join(', ')}.`);
};

export const readFlag = (reading: Reading, value: unknown, path: string, absent: boolean): boolean => {
	if (value === undefined) return absent;
	if (typeof value === 'boolean') return value;
	fail(reading, path, 'wrong_type', 'Expected true or false.');
	return absent;
};

/** Where a quantity may lie. A normal, lognormal or gamma may leave it in a draw; shares are then held at 0 and 1. */
export interface Range {
	readonly min: number;
	readonly max: number;
}

const distributionFields = {
	triangular: ['low', 'mid', 'high'],
	pert: ['low', 'mid', 'high'],
	'mean-only': ['mean'],
	uniform: ['low', 'high'],
	normal: ['mean', 'standardDeviation'],
	lognormal: ['median', 'low', 'high'],
	gamma: ['mean', 'standardError'],
	beta: ['events', 'of', 'mean', 'standardError'],
	empirical: ['values']
} as const satisfies Record<Distribution['distribution'], readonly string[]>;
const distributionNames = Object.keys(distributionFields) as Distribution['distribution'][];

const readDistribution = (reading: Reading, value: object, path: string, range: Range): Distribution | null => {
	const name = readChoice(reading, (value as Record<string, unknown>)['distribution'], join(path, 'distribution'), distributionNames);
	if (name === null) return null;
	const fields = readFields(reading, value, path, ['distribution', ...distributionFields[name]]);
	if (fields === null) return null;
	const number = (key: string, rule: Partial<NumberRule> = {}): number | null =>
		readNumber(reading, fields.get(key), join(path, key), { ...range, ...rule });
	switch (name) {
		case 'triangular':
		case 'pert': {
			const [low, mid, high] = [number('low'), number('mid'), number('high')];
			if (low === null || mid === null || high === null) return null;
			if (low > mid || mid > high) return fail(reading, path, 'not_ordered', 'Expected low <= mid <= high.');
			return { distribution: name, low, mid, high };
		}
		case 'mean-only': {
			const mean = number('mean');
			if (mean === null) return null;
			if (mean * 1.5 > range.max)
				return fail(reading, join(path, 'mean'), 'too_large', `One and a half times the mean must be at most ${String(range.max)}.`);
			return { distribution: name, mean };
		}
		case 'uniform': {
			const [low, high] = [number('low'), number('high')];
			if (low === null || high === null) return null;
			return low > high ? fail(reading, path, 'not_ordered', 'Expected low <= high.') : { distribution: name, low, high };
		}
		case 'normal': {
			const [mean, standardDeviation] = [number('mean'), number('standardDeviation', { min: 0, max: limits.amount })];
			return mean === null || standardDeviation === null ? null : { distribution: name, mean, standardDeviation };
		}
		case 'lognormal': {
			const positive = { min: 0, above: true };
			const [median, low, high] = [number('median', positive), number('low', positive), number('high', positive)];
			if (median === null || low === null || high === null) return null;
			if (low > median || median > high) return fail(reading, path, 'not_ordered', 'Expected low <= median <= high.');
			return { distribution: name, median, low, high };
		}
		case 'gamma': {
			const [mean, standardError] = [number('mean', { min: 0, above: true }), number('standardError', { min: 0, max: limits.amount })];
			if (mean === null || standardError === null) return null;
			if (standardError > 100 * mean) return fail(reading, join(path, 'standardError'), 'too_large', 'At most a hundred times the mean.');
			return { distribution: name, mean, standardError };
		}
		case 'beta':
			return readBeta(reading, fields, path);
		case 'empirical': {
			const list = readList(reading, fields.get('values'), join(path, 'values'), limits.values, 1);
			if (list === null) return null;
			const values: number[] = [];
			list.forEach((one, i) => {
				const read = readNumber(reading, one, join(join(path, 'values'), i), range);
				if (read !== null) values.push(read);
			});
			return values.length === list.length ? { distribution: name, values } : null;
		}
	}
};

const readBeta = (reading: Reading, fields: Fields, path: string): Distribution | null => {
	const byEvents = fields.has('events') || fields.has('of');
	if (byEvents && (fields.has('mean') || fields.has('standardError'))) {
		return fail(reading, path, 'not_possible', 'Give events and of, or mean and standardError, not both.');
	}
	if (byEvents) {
		const events = readNumber(reading, fields.get('events'), join(path, 'events'), { min: 0, max: limits.amount });
		const of = readNumber(reading, fields.get('of'), join(path, 'of'), { min: 0, max: limits.amount, above: true });
		if (events === null || of === null) return null;
		return events > of ? fail(reading, path, 'not_ordered', 'Expected events <= of.') : { distribution: 'beta', events, of };
	}
	const mean = readNumber(reading, fields.get('mean'), join(path, 'mean'), { min: 0, max: 1 });
	const standardError = readNumber(reading, fields.get('standardError'), join(path, 'standardError'), { min: 0, max: 0.5 });
	if (mean === null || standardError === null) return null;
	if (standardError > 0 && standardError * standardError >= mean * (1 - mean)) {
		return fail(reading, join(path, 'standardError'), 'too_large', 'A share with this mean cannot have so large a standard error.');
	}
	return { distribution: 'beta', mean, standardError };
};

export const readAmount = (reading: Reading, value: unknown, path: string, range: Range): number | Distribution | null =>
	typeof value === 'object' && value !== null && !Array.isArray(value)
		? readDistribution(reading, value, path, range)
		: readNumber(reading, value, path, range);

/** A number, a distribution or `{parameter: id}`; whether the parameter exists and fits is checked once all are known. */
export const readQuantity = (reading: Reading, value: unknown, path: string, range: Range): Quantity | null => {
	if (typeof value === 'object' && value !== null && Object.hasOwn(value, 'parameter')) {
		const fields = readFields(reading, value, path, ['parameter']);
		const parameter = fields === null ? null : readId(reading, fields.get('parameter'), join(path, 'parameter'));
		return parameter === null ? null : { parameter };
	}
	return readAmount(reading, value, path, range);
};
