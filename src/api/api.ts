import { z } from '@hono/zod-openapi';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { routePath } from 'hono/route';
import type { Actor } from '#foundation/actor.ts';
import { answerToAll } from '#foundation/answer-to-all.server.ts';
import { read } from '#foundation/command/reading.server.ts';
import { isPassing } from '#foundation/database/passing.ts';
import type { Installation } from '#foundation/installation.ts';
import type { Refusal } from '#foundation/outcome.ts';
import { parseInput } from '#foundation/text/field-errors.ts';
import { localeFrom } from '#foundation/text/text.ts';
import type { Locale } from '#foundation/text/text.ts';
import { listPeople } from '#rooms/people/read.server.ts';
import { operations } from './all-operations.ts';
import { describeApi } from './document.ts';
import { apiVersion, basePath } from './operation.ts';
import type { Answer, Operation } from './operation.ts';
import { publicPagePath, tellPublicPage } from './public-page.ts';
import { problem, problemCodes, problemDetail, problemStatus, problemTitle, problemType } from './problem.ts';
import type { ProblemCode, ProblemWish } from './problem.ts';
import { readBody, readIds, readKey, readQuery } from './request-parts.ts';
import { findActor } from './sign-in.server.ts';
import { describeError } from './unexpected.ts';

/** On every answer, errors included (NL API Design Rules: version-header, security-headers). */
const headersOfEveryAnswer: Readonly<Record<string, string>> = {
	'api-version': apiVersion,
	'cache-control': 'no-store',
	'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
	'referrer-policy': 'no-referrer',
	'strict-transport-security': 'max-age=31536000; includeSubDomains',
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
	vary: 'Accept-Language, Authorization'
};

/** The HTTP API of an installation, answering everything under `/api`. */
export function createApi(installation: Installation): Hono {
	const { origin } = installation.settings;
	const app = new Hono();
	const say = (c: Context, code: ProblemCode, more: Partial<ProblemWish> = {}): Response =>
		problem({ code, locale: localeOf(c), origin, instance: new URL(c.req.url).pathname, ...more });

	app.use('*', async (c, next) => {
		await next();
		// What may be kept, and by whom it differs, an answer for everyone has said already.
		for (const [name, value] of Object.entries(headersOfEveryAnswer)) if (!c.res.headers.has(name)) c.res.headers.set(name, value);
	});
	app.notFound((c) => say(c, 'not_found'));
	app.onError((error, c) => {
		if (c.req.raw.signal.aborted) return say(c, 'unavailable');
		const id = crypto.randomUUID();
		console.error(describeError(error, { id, now: installation.world.now(), method: c.req.method, route: routePath(c, -1) }));
		return say(c, isPassing(error) ? 'unavailable' : 'unexpected', { instance: `urn:uuid:${id}` });
	});

	const byPath = Map.groupBy(operations, (operation) => operation.path);
	for (const [path, ofPath] of byPath) {
		const route = basePath + path.replace(/\{(\w+)\}/g, ':$1');
		for (const operation of ofPath) app.on(operation.method.toUpperCase(), route, (c) => answer(c, installation, operation, say));
		closeOther(
			app,
			route,
			ofPath.map((operation) => operation.method.toUpperCase()),
			say
		);
	}

	app.get(basePath + publicPagePath.replace('{slug}', ':slug'), async (c) => {
		const told = await tellPublicPage(installation, c.req.param('slug') ?? '');
		if (told === null) return say(c, 'not_found');
		const headers = { 'content-type': 'application/json', 'access-control-allow-origin': '*', vary: 'Accept-Encoding' };
		return answerToAll(c.req.raw, JSON.stringify(told), new Headers(headers));
	});
	closeOther(app, basePath + publicPagePath.replace('{slug}', ':slug'), ['GET'], say);

	let document: string | undefined;
	const documentPath = `${basePath}/openapi.json`;
	app.get(documentPath, (c) => {
		document ??= JSON.stringify(describeApi(operations, origin));
		return c.body(document, 200, { 'content-type': 'application/json', 'access-control-allow-origin': '*' });
	});
	closeOther(app, documentPath, ['GET'], say);

	const problemPath = `${basePath}/problems/:kind`;
	app.get(problemPath, (c) => {
		const code = problemCodes.find((known) => known.replaceAll('_', '-') === c.req.param('kind'));
		if (code === undefined) return say(c, 'not_found');
		const locale = localeOf(c);
		return c.json(
			{
				type: problemType(origin, code),
				code,
				status: problemStatus[code],
				title: problemTitle(locale, code),
				detail: problemDetail(locale, code)
			},
			200,
			{ 'content-language': locale }
		);
	});
	closeOther(app, problemPath, ['GET'], say);
	return app;
}

type Say = (c: Context, code: ProblemCode, more?: Partial<ProblemWish>) => Response;

const localeOf = (c: Context): Locale => localeFrom(undefined, c.req.header('accept-language') ?? null);

/** Says which methods a path has, when asked (OPTIONS) or when another one is tried. */
function closeOther(app: Hono, route: string, methods: readonly string[], say: Say): void {
	const allow = [...new Set([...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'])].join(', ');
	app.all(route, (c) => {
		const response = c.req.method === 'OPTIONS' ? new Response(null, { status: 204 }) : say(c, 'method_not_allowed');
		response.headers.set('allow', allow);
		return response;
	});
}

const noQuery = z.strictObject({});

async function answer(c: Context, installation: Installation, operation: Operation, say: Say): Promise<Response> {
	const signedIn = await findActor(installation, c.req.header('authorization'));
	if (!signedIn.ok) return say(c, signedIn.refusal.code);
	const actor = signedIn.value;
	if (operation.method === 'get' && !(await installation.identity.keepsPace(actor.personId, 'search'))) return say(c, 'too_many_tries');
	const params = readIds(c.req.param());
	if (params === null) return say(c, 'not_found');
	const asked = readQuery(new URL(c.req.url));
	if (!asked.ok) return say(c, asked.code, asked);
	const query = parseInput(operation.query ?? noQuery, asked.value);
	if (!query.ok) return say(c, 'invalid', { part: 'query', fields: query.refusal.fields ?? [] });
	const key = readKey(operation.method === 'get' ? undefined : c.req.header('idempotency-key'));
	if (!key.ok) return say(c, key.code, key);
	const body = operation.method === 'get' ? { ok: true as const, value: undefined } : await readBody(c.req.raw, operation.bodyLimitBytes);
	if (!body.ok) return say(c, body.code, body);
	const outcome = await operation.run({
		installation,
		actor,
		params,
		query: query.value,
		body: body.value,
		call: key.value === null ? {} : { key: key.value }
	});
	if (outcome.ok) return show(operation, outcome.value, installation.settings.origin);
	return say(c, outcome.refusal.code, {
		...(outcome.refusal.fields === undefined ? {} : { fields: outcome.refusal.fields }),
		...(await lifting(installation, actor, outcome.refusal))
	});
}

function show(operation: Operation, { body, location, next }: Answer, origin: string): Response {
	const headers = new Headers();
	if (location !== undefined) headers.set('location', basePath + location);
	if (next !== undefined) headers.set('link', `<${origin}${basePath}${next}>; rel="next"`);
	if (operation.status === 204) return new Response(null, { status: 204, headers });
	if (operation.file !== undefined) {
		headers.set('content-type', operation.file);
		return new Response(body as Uint8Array<ArrayBuffer>, { status: operation.status, headers });
	}
	headers.set('content-type', 'application/json');
	return new Response(JSON.stringify(body), { status: operation.status, headers });
}

/** Who can lift a refusal, by name. */
async function lifting(installation: Installation, actor: Actor, { lift }: Refusal): Promise<Pick<ProblemWish, 'lift' | 'liftName'>> {
	if (lift === undefined) return {};
	if (lift.kind !== 'person') return { lift };
	const people = await read(installation, actor, (tx) => listPeople(tx, actor, [lift.personId]));
	const person = people.get(lift.personId);
	return person === undefined ? { lift } : { lift, liftName: person.displayName };
}
