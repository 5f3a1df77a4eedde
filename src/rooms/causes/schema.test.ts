import { describe, expect, test } from 'vitest';
import { asksResponsible, causeKinds } from './rules.ts';
import { closeCaseSchema, nameCauseSchema } from './schema.ts';

const caseId = '0197c1c4-0000-7000-8000-000000000001';
const causeId = '0197c1c4-0000-7000-8000-000000000002';
const lacks = (schema: typeof nameCauseSchema | typeof closeCaseSchema, said: object): unknown =>
	schema.safeParse({ caseId, ...(schema === closeCaseSchema ? { outcome: 'helped' } : {}), ...said }).error?.issues.map(({ path }) => path);

describe.each([
	['naming', nameCauseSchema],
	['closing', closeCaseSchema]
])('at %s', (_when, schema) => {
	test('a cause is named: one that is known, or a kind; "not known yet" is one of them', () => {
		expect(lacks(schema, {})).toEqual([['cause']]);
		expect(lacks(schema, { causeId })).toBeUndefined();
		expect(lacks(schema, { cause: 'not_known_yet' })).toBeUndefined();
	});
	test('who goes about it is said of every kind that someone can change', () => {
		for (const cause of causeKinds) {
			expect(lacks(schema, { cause })).toEqual(asksResponsible(cause) ? [['responsible']] : undefined);
			expect(lacks(schema, { cause, responsible: 'uwv' })).toBeUndefined();
			expect(lacks(schema, { cause, causeId })).toBeUndefined();
		}
	});
});

test('who confirms at closing what was named says nothing more', () => {
	expect(lacks(closeCaseSchema, { same: true })).toBeUndefined();
	expect(lacks(closeCaseSchema, { same: false })).toEqual([['cause']]);
});
