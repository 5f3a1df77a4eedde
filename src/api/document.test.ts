import { Validator } from '@seriousme/openapi-schema-validator';
import { beforeAll, describe, expect, test } from 'vitest';
import { operations } from './all-operations.ts';
import { describeApi, problemsOf } from './document.ts';
import { apiVersion } from './operation.ts';
import { problemStatus } from './problem.ts';

interface Described {
	operationId: string;
	summary?: string;
	parameters?: { name: string; in: string; required: boolean }[];
	requestBody?: object;
	security?: object[];
	responses: Record<string, { description: string; headers?: Record<string, unknown>; content?: Record<string, { schema: object }> }>;
}
interface Document {
	openapi: string;
	info: { version: string; contact: Record<string, string> };
	servers: { url: string }[];
	security: object[];
	tags: { name: string }[];
	paths: Record<string, Record<string, Described>>;
	components: { schemas: Record<string, { properties?: Record<string, { format?: string }> }>; securitySchemes: Record<string, object> };
}

const document = describeApi(operations, 'https://pot.voorbeeld.nl') as Document;
const described = Object.entries(document.paths).flatMap(([path, methods]) =>
	Object.entries(methods).map(([method, operation]) => ({ path, method, operation }))
);

describe('OpenAPI', () => {
	let valid: boolean;
	let errors: unknown;
	beforeAll(async () => {
		const result = await new Validator().validate(structuredClone(document) as never);
		valid = result.valid;
		errors = result.valid ? [] : result.errors;
	});

	test('the document is OpenAPI 3.1, and every reference in it leads somewhere', () => {
		expect(errors).toEqual([]);
		expect(valid).toBe(true);
		const wrong = structuredClone(document) as { info: object };
		wrong.info = {};
		return expect(new Validator().validate(wrong as never)).resolves.toMatchObject({ valid: false });
	});

	test('every operation that is mounted is in it, once, with a summary', () => {
		const ids = described.map(({ operation }) => operation.operationId);
		expect(new Set(ids).size).toBe(ids.length);
		expect(ids.toSorted()).toEqual([...operations.map(({ operationId }) => operationId), 'getProblemKind', 'getPublicPage'].toSorted());
		expect(described.every(({ operation }) => (operation.summary ?? '') !== '')).toBe(true);
	});

	test('path parameters are described, and required', () => {
		for (const { path, operation } of described) {
			const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
			const parameters = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
			expect(parameters.map(({ name }) => name)).toEqual(named);
			expect(parameters.every(({ required }) => required)).toBe(true);
		}
	});
});

/** Logius-standaarden/API-Design-Rules, media/linter.yaml, rule by rule. */
describe('NL API Design Rules', () => {
	test('version: SemVer, on every answer, major in the address', () => {
		expect(document.info.version).toBe(apiVersion);
		expect(apiVersion).toMatch(/^\d+\.\d+\.\d+$/);
		expect(document.servers).toEqual([{ url: 'https://pot.voorbeeld.nl/api/v1' }]);
		for (const { operation } of described)
			for (const response of Object.values(operation.responses)) expect(Object.keys(response.headers ?? {})).toContain('API-Version');
	});

	test('whom to ask', () => {
		expect(document.info.contact).toEqual({ name: 'Loopplank', url: 'https://pot.voorbeeld.nl', email: 'postmaster@pot.voorbeeld.nl' });
	});

	test('methods and names', () => {
		for (const { path, method, operation } of described) {
			expect(['get', 'post', 'delete']).toContain(method);
			expect(path).toMatch(/^(?:\/(?:[a-z0-9-]+|\{[a-z][A-Za-z]*\}))+$/);
			for (const parameter of operation.parameters ?? []) if (parameter.in === 'query') expect(parameter.name).toMatch(/^[a-z][A-Za-z]*$/);
		}
		for (const [name, schema] of Object.entries(document.components.schemas)) {
			expect(name).toMatch(/^[A-Z][A-Za-z]*$/);
			for (const property of Object.keys(schema.properties ?? {})) expect(property).toMatch(/^[a-z][A-Za-z0-9]*$/);
		}
	});

	test('errors are problem details, and every operation that takes anything can answer 400', () => {
		for (const { operation } of described) {
			for (const [status, response] of Object.entries(operation.responses))
				if (Number(status) >= 400)
					expect(response.content).toEqual({ 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } });
			expect(Object.keys(operation.responses)).toContain('400');
		}
		expect(Object.keys(document.components.schemas['Problem']?.properties ?? {})).toEqual(
			expect.arrayContaining(['status', 'title', 'detail'])
		);
	});

	test('signing in is asked everywhere, save where a problem is explained and where a network tells everyone', () => {
		expect(document.security).toEqual([{ token: [] }]);
		expect(document.components.securitySchemes['token']).toMatchObject({ type: 'http', scheme: 'bearer' });
		expect(described.filter(({ operation }) => operation.security !== undefined).map(({ operation }) => operation.operationId)).toEqual([
			...['getProblemKind', 'getPublicPage']
		]);
	});
});

test('every status that an operation can answer is described, and no other', () => {
	for (const operation of operations) {
		const responses = document.paths[operation.path]?.[operation.method]?.responses ?? {};
		const wanted = [operation.status, ...problemsOf(operation).map((code) => problemStatus[code])].map(String);
		expect(Object.keys(responses).toSorted()).toEqual([...new Set(wanted)].toSorted());
	}
});

test('an act takes a key of its own', () => {
	for (const { method, operation } of described)
		expect((operation.parameters ?? []).some(({ name }) => name === 'Idempotency-Key')).toBe(method !== 'get');
});
