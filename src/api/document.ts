import { OpenAPIHono, z } from '@hono/zod-openapi';
import { roles } from '#foundation/actor.ts';
import { apiVersion, basePath } from './operation.ts';
import type { Operation, Tag } from './operation.ts';
import { publicPageMeaning, publicPagePath, publicPageSchema } from './public-page.ts';
import { bodyLimitBytes } from './request-parts.ts';
import { problemCodes, problemSchema, problemStatus } from './problem.ts';
import type { ProblemCode } from './problem.ts';

const tags: Readonly<Record<Tag, string>> = {
	cases: 'Cases at whose table you sit.',
	invitations: 'Invitations to the table of a case. Until you accept one, the case does not exist for you.',
	agreements: 'Agreements at the table of a case, and whether they were kept.',
	mandates: 'What people may agree by themselves, and who may promise money or takes formal decisions.',
	returns: 'What a case costs if nothing changes and what it costs with help, and the prices behind it.',
	residents: 'The private link by which a resident sees their own plan, and what they do not agree with.',
	questions: 'Questions without a name: who may know what to do, asking, answering, and the cards of what helped.',
	people: 'People of the network, and what they wrote of themselves.',
	teams: 'Teams of people of several organisations, and who is on duty. Nobody is put in one without accepting.',
	start: 'How the network began, from what went before to the rules of the game, and the tables at which that was spoken of.',
	roles: 'What a role sees: figures per organisation, one’s own figures, the log. No case.',
	pot: 'The pot of the network: its sums, its book, contributions, and money for teams.',
	payments: 'Paying what was granted, and what organisations pay back.',
	causes: 'Why help was needed, counted over all cases of the network, and what is changed about it.',
	requests: 'Money asked of the pot: a small amount decided by a team, a larger one by the secretariat; and the rules of the pot.',
	papers: 'Papers for on the table, made as accessible PDF from how the network stands.',
	meetings:
		'Meetings of your organisation and of the network: fixed seats, the agenda, joining for one item, decisions with their reason, and cases at a case table.',
	trust: 'Trust between two organisations: five questions about each other, answered by one person of each, seen by those two alone.',
	projects: 'Work of organisations together, at whose table you sit: its agreements, the agreement of the chain, measures and orders.',
	lessons: 'What worked between organisations, to be taken over in an agreement of a case.',
	network: 'The network you work in: counts over all cases, organisations and colleagues.'
};

const versionHeader = { 'API-Version': { $ref: '#/components/headers/ApiVersion' } };
const problemContent = { 'application/problem+json': { schema: problemSchema } };

/** The OpenAPI 3.1 document, from the operations as they are mounted. */
export function describeApi(operations: readonly Operation[], origin: string): object {
	const app = new OpenAPIHono();
	const registry = app.openAPIRegistry;
	registry.registerComponent('securitySchemes', 'token', {
		type: 'http',
		scheme: 'bearer',
		description: `A personal token, made in your own settings, valid at most 90 days. It acts as one membership of yours (${roles.join(', ')}).`
	});
	registry.registerComponent('headers', 'ApiVersion', {
		description: 'The version of the API.',
		schema: { type: 'string', const: apiVersion } as object
	});
	for (const operation of operations) registry.registerPath(describe(operation));
	registry.registerPath(problemKinds);
	registry.registerPath(publicPage);
	const { hostname } = new URL(origin);
	return app.getOpenAPI31Document({
		openapi: '3.1.1',
		info: {
			title: 'Loopplank',
			version: apiVersion,
			description: [
				'Everything that people can do on the pages. Every change goes through the same command as on the page.',
				'What you may not see answers 404; 403 is for an act that is not yours on something you do see.',
				`Errors are problem details (RFC 9457), in Dutch or English by \`Accept-Language\`, all refused fields at once. A body is JSON of at most ${bodyLimitBytes} bytes.`,
				'Send `Idempotency-Key` with every act: the same key with the same input is done once and gets the same answer, for 30 days; with other input it is refused with 422.',
				'Moments are UTC, days are `YYYY-MM-DD` in Europe/Amsterdam, amounts are whole cents of a euro. Reading a case leaves a line in its log.'
			].join('\n\n'),
			license: { name: 'EUPL-1.2', url: 'https://eupl.eu/1.2/en/' },
			// Where mail for the domain is received, this address exists (RFC 5321, 4.5.1).
			contact: { name: 'Loopplank', url: origin, email: `postmaster@${hostname}` }
		},
		servers: [{ url: `${origin}${basePath}` }],
		security: [{ token: [] }],
		tags: Object.entries(tags).map(([name, description]) => ({ name, description }))
	});
}

const keyMeaning = 'A key of your own choice for this act, e.g. a UUID. After an answer that never came, send the same again.';

const kindSchema = problemSchema.pick({ type: true, code: true, status: true, title: true, detail: true }).openapi('ProblemKind');

type Route = Parameters<OpenAPIHono['openAPIRegistry']['registerPath']>[0];

/** Where the `type` of a problem leads. */
const problemKinds: Route = {
	method: 'get',
	path: '/problems/{kind}',
	operationId: 'getProblemKind',
	tags: ['network'],
	summary: 'What a kind of problem means, in the language asked for',
	security: [],
	request: { params: z.object({ kind: z.enum(problemCodes.map((code) => code.replaceAll('_', '-')) as [string, ...string[]]) }) },
	responses: {
		200: { description: 'The kind.', headers: versionHeader, content: { 'application/json': { schema: kindSchema } } },
		400: { description: '`invalid`', headers: versionHeader, content: problemContent },
		404: { description: '`not_found`', headers: versionHeader, content: problemContent }
	}
};

/** What anyone reads of a network, without a token. */
const publicPage: Route = {
	method: 'get',
	path: publicPagePath,
	operationId: 'getPublicPage',
	tags: ['network'],
	summary: 'What a network tells everyone',
	description: publicPageMeaning,
	security: [],
	request: { params: z.object({ slug: z.string().openapi({ description: 'The word of the network in addresses.' }) }) },
	responses: {
		200: { description: 'The page as it stands.', headers: versionHeader, content: { 'application/json': { schema: publicPageSchema } } },
		304: { description: 'It did not change since (`If-None-Match`).', headers: versionHeader },
		400: { description: '`invalid`', headers: versionHeader, content: problemContent },
		404: { description: '`not_found`', headers: versionHeader, content: problemContent }
	}
};

function describe(operation: Operation): Route {
	const ids = [...operation.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
	const acts = operation.method !== 'get';
	return {
		method: operation.method,
		path: operation.path,
		operationId: operation.operationId,
		tags: [operation.tag],
		summary: operation.summary,
		...(operation.description === undefined ? {} : { description: operation.description }),
		request: {
			...(ids.length === 0 ? {} : { params: z.object(Object.fromEntries(ids.map((name) => [name, z.uuid()]))) }),
			...(operation.query === undefined ? {} : { query: operation.query }),
			...(acts
				? { headers: z.object({ 'Idempotency-Key': z.string().min(1).max(100).optional().openapi({ description: keyMeaning }) }) }
				: {}),
			...(operation.body === undefined ? {} : { body: { required: true, content: { 'application/json': { schema: operation.body } } } })
		},
		responses: {
			[operation.status]: {
				description: operation.means,
				headers: { ...versionHeader, ...given(operation) },
				...(operation.file === undefined ? {} : { content: { [operation.file]: { schema: { type: 'string', format: 'binary' } } } }),
				...(operation.answer === undefined ? {} : { content: { 'application/json': { schema: operation.answer } } })
			},
			...problemResponses(operation)
		}
	};
}

const headerMeanings = {
	Location: 'Where what was made stands.',
	Link: 'The next page, as `rel="next"` (RFC 8288); absent on the last.'
} as const;

const given = (operation: Operation): Record<string, { description: string; schema: object }> =>
	Object.fromEntries(operation.gives.map((name) => [name, { description: headerMeanings[name], schema: { type: 'string' } }]));

/** The reasons for which an operation can say no, also those that every operation has. */
export function problemsOf(operation: Operation): ProblemCode[] {
	const acts = operation.method !== 'get';
	const always: ProblemCode[] = ['invalid', 'not_signed_in', 'token_invalid', 'too_many_tries', 'unexpected', 'unavailable'];
	const ofActs: ProblemCode[] = ['malformed_json', 'too_large', 'unsupported_media_type', 'key_reused'];
	const ofIds: ProblemCode[] = operation.path.includes('{') ? ['not_found'] : [];
	const wanted = new Set<ProblemCode>([...always, ...(acts ? ofActs : []), ...ofIds, ...operation.refusals]);
	return problemCodes.filter((code) => wanted.has(code));
}

function problemResponses(operation: Operation): Route['responses'] {
	const byStatus = Map.groupBy(problemsOf(operation), (code) => problemStatus[code]);
	return Object.fromEntries(
		[...byStatus].map(([status, codes]) => [
			String(status),
			{
				description: codes.map((code) => `\`${code}\``).join(', '),
				headers: {
					...versionHeader,
					...(status === 401
						? { 'WWW-Authenticate': { description: 'How to sign in (RFC 6750).', schema: { type: 'string' as const } } }
						: {}),
					...(status === 429 || status === 503
						? { 'Retry-After': { description: 'Seconds after which trying again makes sense.', schema: { type: 'integer' as const } } }
						: {})
				},
				content: problemContent
			}
		])
	);
}
