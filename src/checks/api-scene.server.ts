import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { expect } from 'vitest';
import { operations } from '#lib/api/all-operations.ts';
import { createApi } from '#lib/api/api.ts';
import { describeApi } from '#lib/api/document.ts';
import { apiVersion, basePath } from '#lib/api/operation.ts';
import type { Operation } from '#lib/api/operation.ts';
import { problemSchema } from '#lib/api/problem.ts';
import { openScene, sure } from './scene.server.ts';
import type { Officer, Scene, SceneRole } from './scene.server.ts';

/** Operations that are tried with follow-up and studies, and not with the value map and the network. */
export const triedWithReturns: ReadonlySet<string> = new Set(['listStudies', 'attachStudy', 'withdrawStudy', 'getOrganisationParties']);

/** An answer of the API, after it was held against the document. */
export interface Answered {
	readonly status: number;
	readonly headers: Headers;
	/** The body as JSON, of a file its bytes as characters; null when there is none. */
	readonly json: unknown;
	/** `code` of a problem. */
	readonly code: string | undefined;
	/** `path code` of every refused field, sorted. */
	readonly errors: readonly string[];
}

export interface AskWish {
	readonly body?: unknown;
	/** The body as it goes over the wire, instead of `body`. */
	readonly raw?: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;
	readonly headers?: Readonly<Record<string, string>>;
}

export interface ApiScene extends Scene {
	/** Asks the API as someone, or as nobody. Fails when the answer is not as documented. */
	ask(as: SceneRole | Officer | null, method: string, path: string, wish?: AskWish): Promise<Answered>;
	/** Asks without looking at the answer. */
	request(path: string, init?: RequestInit): Promise<Response>;
	/** How many lines of this act stand in the log, with this result. */
	countLines(act: string, result: string): Promise<number>;
}

const formats = {
	uuid: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
	uri: /^[a-z][a-z0-9+.-]*:\S+$/i,
	date: /^\d{4}-\d\d-\d\d$/,
	binary: /^/,
	'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/
};

/** Holds answers against the OpenAPI document: status, media type, schema, headers. */
export class DocumentedAnswers {
	readonly #document = describeApi(operations, 'http://localhost:4173') as {
		paths: Record<
			string,
			Record<string, { responses: Record<string, { content?: Record<string, unknown>; headers: Record<string, unknown> }> }>
		>;
	};
	readonly #ajv = new Ajv2020({ strict: false, allErrors: true, formats });
	readonly #compiled = new Map<string, ValidateFunction>();
	/** Operations and statuses that were seen. */
	readonly seen = new Set<string>();

	constructor() {
		this.#ajv.addSchema({ ...this.#document, $id: 'openapi' });
	}

	/** Which of these operations were not yet seen to be done, and which not to be refused. Each room's test of the API asks it for its own. */
	neverSeen(own: readonly Operation[]): { readonly done: string[]; readonly refused: string[] } {
		const ids = (missing: (operation: Operation) => boolean): string[] => own.filter(missing).map(({ operationId }) => operationId);
		return {
			done: ids(({ operationId, status }) => !this.seen.has(`${operationId} ${status}`)),
			refused: ids(({ operationId }) => ![...this.seen].some((seen) => seen.startsWith(`${operationId} 4`)))
		};
	}

	check(method: string, path: string, response: Response, json: unknown): void {
		expect(response.headers.get('api-version')).toBe(apiVersion);
		expect(response.headers.get('cache-control')).toBe('no-store');
		expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
		expect(response.headers.get('strict-transport-security')).toMatch(/^max-age=\d{8}/);
		expect(response.headers.get('x-content-type-options')).toBe('nosniff');
		expect(response.headers.get('x-frame-options')).toBe('DENY');
		const type = response.headers.get('content-type')?.split(';')[0];
		if (response.status >= 400) {
			expect(type).toBe('application/problem+json');
			problemSchema.parse(json);
			expect(json).toMatchObject({ status: response.status });
		}
		const operation = findOperation(method, path);
		if (operation === undefined) {
			expect(response.status, `${method} ${path} is not documented`).toBeGreaterThanOrEqual(400);
			return;
		}
		const described = this.#document.paths[operation.path]?.[operation.method]?.responses[String(response.status)];
		if (described === undefined) throw new Error(`${operation.operationId} answered ${response.status}, which is not documented.`);
		this.seen.add(`${operation.operationId} ${response.status}`);
		for (const name of ['location', 'link', 'retry-after', 'www-authenticate'])
			if (response.headers.has(name)) expect(Object.keys(described.headers).map((header) => header.toLowerCase())).toContain(name);
		if (described.content === undefined) return expect(json).toBeNull();
		expect(Object.keys(described.content)).toEqual([type]);
		const validate = this.#validatorOf(operation, response.status, type ?? '');
		validate(json);
		expect(validate.errors ?? [], `${operation.operationId} ${response.status}`).toEqual([]);
	}

	#validatorOf(operation: Operation, status: number, type: string): ValidateFunction {
		const name = `${operation.operationId} ${status}`;
		const known = this.#compiled.get(name);
		if (known) return known;
		const pointer = ['paths', operation.path, operation.method, 'responses', String(status), 'content', type, 'schema']
			.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1')))
			.join('/');
		const made = this.#ajv.compile({ $ref: `openapi#/${pointer}` });
		this.#compiled.set(name, made);
		return made;
	}
}

function findOperation(method: string, path: string): Operation | undefined {
	const [bare = ''] = path.split('?');
	return operations.find(
		(operation) => operation.method === method.toLowerCase() && new RegExp(`^${operation.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(bare)
	);
}

/** Opens a scene with the API before it and a token for everyone; drop it in `afterAll`. */
export async function openApiScene(seed = 1): Promise<ApiScene & { readonly documented: DocumentedAnswers }> {
	const scene = await openScene(seed);
	const { installation, officers, accounts, database } = scene;
	const actors = { ...officers, ...scene.actors };
	const api = createApi(installation);
	const documented = new DocumentedAnswers();
	const tokens = new Map<SceneRole | Officer, string>();
	const tokenOf = async (role: SceneRole | Officer): Promise<string> => {
		const known = tokens.get(role);
		if (known !== undefined) return known;
		const unused = { slug: '', networkName: '', personName: '', organisationName: '', functionTitle: '' };
		const who = { account: { accountId: accounts[role], email: '', locale: 'nl' as const }, acting: { ...actors[role], ...unused } };
		const { token } = sure(await installation.identity.makeToken(who, { key: installation.world.id(), name: 'test', days: '90' }));
		tokens.set(role, token);
		return token;
	};
	const request: ApiScene['request'] = async (path, init) => await api.request(`http://localhost:4173${path}`, init);
	return {
		...scene,
		documented,
		request,
		async ask(as, method, path, wish = {}) {
			const headers = new Headers(wish.headers);
			if (as !== null && !headers.has('authorization')) headers.set('authorization', `Bearer ${await tokenOf(as)}`);
			const body = wish.raw ?? (wish.body === undefined ? undefined : JSON.stringify(wish.body));
			if (body !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json');
			const response = await request(basePath + path, {
				method,
				headers,
				...(body === undefined ? {} : { body, duplex: 'half' as const })
			});
			const bytes = Buffer.from(await response.arrayBuffer());
			const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
			const json: unknown = bytes.length === 0 ? null : isJson ? JSON.parse(bytes.toString()) : bytes.toString('latin1');
			documented.check(method, path, response, json);
			const problem = response.status >= 400 ? problemSchema.parse(json) : undefined;
			return {
				status: response.status,
				headers: response.headers,
				json,
				code: problem?.code,
				errors: (problem?.errors ?? []).map((error) => `${error.path} ${error.code}`).sort()
			};
		},
		async countLines(act, result) {
			const owner = await database.connections.owner();
			try {
				const { rows } = await owner.query<{ lines: number }>(
					'select count(*)::int as lines from log_line where act = $1 and result = $2',
					[act, result]
				);
				return rows[0]?.lines ?? 0;
			} finally {
				await owner.end();
			}
		}
	};
}
