import type { z } from 'zod';
import { fieldCodes, ok, refuseFields } from '#foundation/outcome.ts';
import type { FieldCode, FieldError, Outcome } from '#foundation/outcome.ts';
import { readTwoWays } from './number.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly (string | number)[];

/** Most field errors that are told at once. No form has as many fields; a body made to be wrong can have a hundred thousand. */
const mostErrors = 100;

/** Parses input, or refuses it with all field errors at once. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): Outcome<z.output<Schema>> {
	const result = schema.safeParse(input, { reportInput: true });
	return result.success ? ok(result.data) : refuseFields(toFieldErrors(result.error));
}

/**
 * Every issue of a zod error as a field error, all at once, in the order of zod, each field and code once. An issue whose message is itself
 * a field code (as the builders in free-text.schema.ts give) keeps that code.
 */
export function toFieldErrors(error: { readonly issues: readonly Issue[] }): FieldError[] {
	const seen = new Set<string>();
	return error.issues
		.flatMap((issue) => fromIssue(issue, []))
		.filter((field) => {
			const key = JSON.stringify([field.path, field.code]);
			return !seen.has(key) && seen.add(key);
		})
		.slice(0, mostErrors);
}

const isFieldCode = (text: string): text is FieldCode => (fieldCodes as readonly string[]).includes(text);

function fromIssue(issue: Issue, parent: Path): FieldError[] {
	const path: Path = [...parent, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
	const one = (code: FieldCode, values?: Readonly<Record<string, string | number>>): FieldError[] => [
		values ? { path, code, values } : { path, code }
	];
	if (isFieldCode(issue.message)) return one(issue.message, limitsOf(issue));
	switch (issue.code) {
		case 'invalid_type':
			if (isMissing(issue)) return one('required');
			if (issue.expected === 'number' || issue.expected === 'int' || issue.expected === 'bigint') {
				const two = typeof issue.input === 'string' ? readTwoWays(issue.input) : null;
				return two ? one('two_readings', { ...two }) : one('not_a_number');
			}
			return one(issue.expected === 'date' ? 'not_a_date' : 'wrong_type');
		case 'too_big':
			if (issue.origin === 'date') return one('not_a_date');
			return one(isNumeric(issue.origin) ? 'number_too_large' : 'too_long', limitsOf(issue));
		case 'too_small':
			if (issue.origin === 'date') return one('not_a_date');
			if (isNumeric(issue.origin)) return one('number_too_small', limitsOf(issue));
			return Number(issue.minimum) === 1 ? one('required') : one('too_short', limitsOf(issue));
		case 'invalid_format':
			return one(formatCodes[issue.format] ?? 'wrong_type');
		case 'not_multiple_of':
			return one('not_a_number');
		case 'invalid_value':
			return one(isMissing(issue) ? 'required' : 'not_a_choice');
		case 'unrecognized_keys':
			return issue.keys.map((key) => ({ path: [...path, key], code: 'unknown_field' }));
		case 'invalid_union':
			return fromUnion(issue, path);
		case 'invalid_key':
		case 'invalid_element':
			return issue.issues.length > 0 ? issue.issues.flatMap((inner) => fromIssue(inner, path)) : one('wrong_type');
		case 'custom':
			return one('wrong_type');
	}
}

/** Of a choice between forms, the form that came nearest tells what is wrong. */
function fromUnion(issue: z.core.$ZodIssueInvalidUnion, path: Path): FieldError[] {
	const nearest = issue.errors.toSorted((a, b) => depth(b) - depth(a) || a.length - b.length)[0];
	if (!nearest || nearest.length === 0) return [{ path, code: isMissing(issue) ? 'required' : 'not_a_choice' }];
	return nearest.flatMap((inner) => fromIssue(inner, path));
}

const depth = (issues: readonly Issue[]): number => Math.max(0, ...issues.map((issue) => issue.path.length));

const formatCodes: Readonly<Record<string, FieldCode>> = {
	email: 'not_an_email',
	uuid: 'not_an_id',
	guid: 'not_an_id',
	date: 'not_a_date',
	datetime: 'not_a_date',
	time: 'not_a_date'
};

const isNumeric = (origin: string): boolean => origin === 'number' || origin === 'int' || origin === 'bigint';

/** zod keeps the input in the issue only when asked (`reportInput`); without it the sentence tells. */
function isMissing(issue: Issue): boolean {
	if ('input' in issue) return issue.input === undefined || issue.input === null;
	return /received (?:undefined|null)$/.test(issue.message);
}

function limitsOf(issue: Issue): Readonly<Record<string, string | number>> | undefined {
	if (issue.code === 'too_big') return { max: plainNumber(issue.maximum) };
	if (issue.code === 'too_small') return { min: plainNumber(issue.minimum) };
	if (issue.code === 'custom' && issue.params) {
		const values = Object.entries(issue.params).filter(
			(entry): entry is [string, string | number] => typeof entry[1] === 'string' || typeof entry[1] === 'number'
		);
		return values.length > 0 ? Object.fromEntries(values) : undefined;
	}
	return undefined;
}

const plainNumber = (limit: number | bigint): number => Number(limit);
