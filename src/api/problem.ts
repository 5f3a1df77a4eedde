import { z } from '@hono/zod-openapi';
import { refusalStatus } from '#foundation/command/refusal-status.ts';
import { fieldCodes, refusalCodes } from '#foundation/outcome.ts';
import type { FieldError, Lift, RefusalCode } from '#foundation/outcome.ts';
import { say } from '#foundation/text/say.server.ts';
import { fieldSentence, liftSentence } from '#foundation/text/refusal-text.ts';
import type { Locale, Text } from '#foundation/text/text.ts';
import { basePath } from './operation.ts';

/** What is wrong with a request before anyone acts, or with us. */
export const transportStatus = {
	malformed_json: 400,
	method_not_allowed: 405,
	too_large: 413,
	unsupported_media_type: 415,
	unexpected: 500,
	unavailable: 503
} as const;
type TransportCode = keyof typeof transportStatus;
export type ProblemCode = RefusalCode | TransportCode;

/** The status of every problem. Input is 400 (NL API Design Rules); a key used again for other input is 422 (IETF draft on the Idempotency-Key header). */
export const problemStatus = { ...refusalStatus, ...transportStatus } as const satisfies Record<ProblemCode, number>;
export type ProblemStatus = (typeof problemStatus)[ProblemCode];
export const problemCodes: readonly ProblemCode[] = [...refusalCodes, ...(Object.keys(transportStatus) as TransportCode[])];

/** Seconds after which trying again makes sense: the product asks for a quarter of an hour after many tries, the database is back sooner. */
const retryAfter: Partial<Record<ProblemCode, number>> = { too_many_tries: 900, unavailable: 5 };

/** Which part of the request a field error is about. */
export type Part = 'body' | 'query' | 'header';

const namedPerson = () => z.object({ personId: z.uuid(), membershipId: z.uuid(), name: z.string() });

export const problemSchema = z
	.object({
		type: z.url().openapi({ description: 'What kind of problem it is; the address tells about it.' }),
		title: z.string().openapi({ description: 'The kind in a few words, in the language asked for.' }),
		status: z.int().min(400).max(599),
		detail: z.string().openapi({ description: 'What is wrong and what to do, in one or two sentences, in the language asked for.' }),
		instance: z.string().openapi({ description: 'What it is about: the path, or the id under which we wrote an unexpected error down.' }),
		code: z.enum(problemCodes as [ProblemCode, ...ProblemCode[]]).openapi({ description: 'The reason, for programs.' }),
		lift: z
			.object({
				kind: z.enum(['person', 'role', 'deciders']),
				personId: z.uuid().optional(),
				role: z.string().optional(),
				deciders: z.array(namedPerson()).optional(),
				administrators: z.array(namedPerson()).optional(),
				detail: z.string().optional()
			})
			.optional()
			.openapi({ description: 'Who can lift the refusal.' }),
		errors: z
			.array(
				z.object({
					in: z.enum(['body', 'query', 'header']),
					path: z.string().openapi({ description: 'The field, e.g. `looming.0.price`; empty when the body as a whole is meant.' }),
					code: z.enum(fieldCodes),
					detail: z.string()
				})
			)
			.optional()
			.openapi({ description: 'All fields that were refused, at once.' })
	})
	.openapi('Problem');

export interface ProblemWish {
	readonly code: ProblemCode;
	readonly locale: Locale;
	readonly origin: string;
	readonly instance: string;
	readonly fields?: readonly FieldError[];
	readonly part?: Part;
	readonly lift?: Lift;
	/** The name of the person in `lift`, where the actor may see it. */
	readonly liftName?: string;
}

const speak = (locale: Locale): Text => Object.assign((...[key, values]: Parameters<Text>) => say(locale, key, values), { locale });

const isRefusal = (code: ProblemCode): code is RefusalCode => !(code in transportStatus);

/** The sentence of a problem. */
export const problemDetail = (locale: Locale, code: ProblemCode): string =>
	isRefusal(code) ? say(locale, `refusal.${code}`) : say(locale, `problem.${code}`);

export const problemTitle = (locale: Locale, code: ProblemCode): string => say(locale, `problem.title.${problemStatus[code]}`);

/** The address of a kind of problem. */
export const problemType = (origin: string, code: ProblemCode): string => `${origin}${basePath}/problems/${code.replaceAll('_', '-')}`;

/** A problem as RFC 9457 wants it. */
export function problem(wish: ProblemWish): Response {
	const { code, locale, lift } = wish;
	const status = problemStatus[code];
	const body: z.input<typeof problemSchema> = {
		type: problemType(wish.origin, code),
		title: problemTitle(locale, code),
		status,
		detail: problemDetail(locale, code),
		instance: wish.instance,
		code,
		...(lift === undefined ? {} : { lift: describeLift(locale, lift, wish.liftName) }),
		...(wish.fields === undefined
			? {}
			: {
					errors: wish.fields.map((field) => ({
						in: wish.part ?? 'body',
						path: field.path.join('.'),
						code: field.code,
						detail: fieldSentence(speak(locale), field)
					}))
				})
	};
	const headers = new Headers({ 'content-type': 'application/problem+json', 'content-language': locale });
	const wait = retryAfter[code];
	if (wait !== undefined) headers.set('retry-after', String(wait));
	if (status === 401)
		headers.set(
			'www-authenticate',
			code === 'token_invalid' ? 'Bearer realm="loopplank", error="invalid_token"' : 'Bearer realm="loopplank"'
		);
	return new Response(JSON.stringify(body), { status, headers });
}

function describeLift(locale: Locale, lift: Lift, name: string | undefined): NonNullable<z.input<typeof problemSchema>['lift']> {
	if (lift.kind === 'role') return { kind: 'role', role: lift.role, detail: say(locale, `lift.${lift.role}`) };
	if (lift.kind === 'deciders') {
		const detail = liftSentence(speak(locale), { code: 'above_mandate', lift });
		return {
			kind: 'deciders',
			deciders: [...lift.deciders],
			administrators: [...lift.administrators],
			...(detail === undefined ? {} : { detail })
		};
	}
	return { kind: 'person', personId: lift.personId, ...(name === undefined ? {} : { detail: say(locale, 'lift.person', { name }) }) };
}
