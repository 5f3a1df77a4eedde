import { z } from '@hono/zod-openapi';
import type { Actor } from '#foundation/actor.ts';
import type { Call, Command } from '#foundation/command/command.server.ts';
import type { Installation } from '#foundation/installation.ts';
import { ok } from '#foundation/outcome.ts';
import type { Outcome, RefusalCode } from '#foundation/outcome.ts';
import { parseInput } from '#foundation/text/field-errors.ts';

/** Where the API stands on the server. */
export const basePath = '/api/v1';
/** SemVer of the API itself. It stands in the OpenAPI document and, as `API-Version`, on every answer. */
export const apiVersion = '1.0.0';

export type Method = 'get' | 'post' | 'delete';
export type Tag =
	| 'cases'
	| 'invitations'
	| 'agreements'
	| 'mandates'
	| 'returns'
	| 'residents'
	| 'questions'
	| 'people'
	| 'teams'
	| 'start'
	| 'roles'
	| 'pot'
	| 'payments'
	| 'causes'
	| 'requests'
	| 'meetings'
	| 'trust'
	| 'projects'
	| 'papers'
	| 'lessons'
	| 'network';

/** What a request asks, after sign-in and after its parts were read. */
export interface Asked<Param extends string = string, Query = unknown> {
	readonly installation: Installation;
	readonly actor: Actor;
	/** UUIDs in lower case. */
	readonly params: Readonly<Record<Param, string>>;
	/** As its schema gave it. */
	readonly query: Query;
	readonly body: unknown;
	readonly call: Call;
}

export interface Answer<Body = unknown> {
	/** Nothing for 204. */
	readonly body: Body;
	/** Path of what was made, below the base path. */
	readonly location?: string;
	/** Path and query of the next page, below the base path. */
	readonly next?: string;
}

export type AnswerStatus = 200 | 201 | 204;

interface Described {
	readonly operationId: string;
	readonly method: Method;
	/** With `{caseId}` for a path parameter; each is the id of something, a UUID. */
	readonly path: string;
	readonly tag: Tag;
	readonly summary: string;
	readonly description?: string;
	readonly status: AnswerStatus;
	/** What the answer of `status` means. */
	readonly means: string;
	/** Largest body in bytes, where it is another than that of every operation. */
	readonly bodyLimitBytes?: number;
	/** Reasons for which it says no, besides those that every operation has. */
	readonly refusals: readonly RefusalCode[];
}

/** One operation of the API, as it is mounted and as it is documented. */
export interface Operation extends Described {
	readonly query?: z.ZodObject;
	readonly body?: z.ZodType;
	readonly answer?: z.ZodType;
	/** Whether it gives a `Location`, or a `Link` to the next page. */
	readonly gives: readonly ('Location' | 'Link')[];
	/** The media type of an answer that is a file and not JSON; its body is then the bytes. */
	readonly file?: string;
	run(asked: Asked): Promise<Outcome<Answer>>;
}

type ParamOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | ParamOf<Rest> : never;

/** The names of the path parameters, in order. */
export const paramNames = (path: string): string[] => [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');

/** An operation that reads. What it answers is typed by the schema that documents it. */
export function reading<const Path extends string, Query extends z.ZodObject, Schema extends z.ZodType>(
	spec: Omit<Described, 'method' | 'status'> & {
		readonly path: Path;
		readonly query?: Query;
		readonly answer: Schema;
		readonly gives?: Operation['gives'];
		readonly read: (asked: Asked<ParamOf<Path>, z.output<Query>>) => Promise<Outcome<Answer<z.input<Schema>>>>;
	}
): Operation {
	const { read, gives = [], ...described } = spec;
	return { ...described, method: 'get', status: 200, gives, run: (asked) => read(asked as Asked<ParamOf<Path>, z.output<Query>>) };
}

/** An operation that hands out a file, e.g. a paper. */
export function download<const Path extends string, Query extends z.ZodObject>(
	spec: Omit<Described, 'method' | 'status'> & {
		readonly path: Path;
		readonly file: string;
		readonly query: Query;
		readonly read: (asked: Asked<ParamOf<Path>, z.output<Query>>) => Promise<Outcome<Answer<Uint8Array>>>;
	}
): Operation {
	const { read, ...described } = spec;
	return { ...described, method: 'get', status: 200, gives: [], run: (asked) => read(asked as Asked<ParamOf<Path>, z.output<Query>>) };
}

/**
 * An operation that acts: the path parameters and the body together are the input of one command. What is documented as body is looked at
 * first, so that a field of the path in the body is an unknown field.
 */
export function act<const Path extends string, Value, Schema extends z.ZodType = z.ZodUndefined>(
	spec: Omit<Described, 'method'> & {
		readonly method?: 'post' | 'delete';
		readonly path: Path;
		readonly command: Command<Value>;
		readonly body?: z.ZodType;
		readonly answer?: Schema;
		readonly toAnswer: (value: Value, params: Readonly<Record<ParamOf<Path>, string>>) => Answer<z.input<Schema>>;
		readonly gives?: Operation['gives'];
	}
): Operation {
	const { command, toAnswer, method = 'post', gives = [], ...described } = spec;
	return {
		...described,
		method,
		gives,
		async run({ installation, actor, params, body, call }) {
			if (spec.body !== undefined) {
				const seen = parseInput(spec.body, body);
				if (!seen.ok) return seen;
			}
			const input = { ...(body as Record<string, unknown>), ...params };
			const outcome = await command(installation, actor, input, call);
			return outcome.ok ? ok(toAnswer(outcome.value, params as Readonly<Record<ParamOf<Path>, string>>)) : outcome;
		}
	};
}

/** How many a page of a long list holds. */
export const pageLimit = z
	.string()
	.regex(/^[0-9]{1,3}$/, { error: 'not_a_number', abort: true })
	.transform(Number)
	.pipe(z.int().min(1).max(200))
	.default(50);

/** What an act answers that made nothing that can be pointed at. */
export const nothing = (): Answer<undefined> => ({ body: undefined });
