import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import compression from 'compression';
import { StartError } from '#foundation/database/start-problem.ts';

/** A web server that is listening. */
export interface Listening {
	/** The address on this machine, e.g. `http://localhost:4173`. */
	readonly address: string;
	readonly port: number;
	/** Lets running requests finish, for at most five seconds. */
	stop(): Promise<void>;
}

export interface WebParts {
	/** Answers everything under `/api/`. */
	readonly api: RequestListener;
	/** Answers everything else: SvelteKit's handler. */
	readonly pages: RequestListener;
	/** The address people use; its scheme and host are what the pages see, whatever a client claims. */
	readonly origin: () => string;
	/** True when a proxy stands before us whose x-forwarded-for can be believed. */
	readonly trustedProxy: boolean;
	/** Whether the database answers. */
	readonly ready: () => Promise<boolean>;
}

const graceMilliseconds = 5_000;

/** Largest form in bytes: six texts of 100,000 characters, each up to four bytes that a form writes as twelve. */
const largestForm = 8_000_000;
/** On a page where a receipt is sent the pages themselves say what is too large, so that nothing else that was typed is lost. */
export const largestReceiptForm = 48_000_000;
const takesReceipts = /^\/[a-z0-9-]+\/casus\/[0-9a-f-]{36}\/betalen\/[0-9a-f-]{36}(?:\/__data\.json)?$/;

/** Every other form keeps to `largestForm`: a body that says it is larger, or not how large it is, is handed on as one that is refused unread. */
function limitForm(request: IncomingMessage, path: string): void {
	if (takesReceipts.test(path)) return;
	const size = request.headers['content-length'];
	if (size === undefined ? request.headers['transfer-encoding'] !== undefined : Number(size) > largestForm)
		request.headers['content-length'] = String(Number.MAX_SAFE_INTEGER);
}

/** What anyone reads without signing in, the same for all. */
const forAll = /^\/(?:openbaar|api\/v1\/public)\//;

/** On every answer, also of a file and of an error before any page; pages and API say more for themselves. */
const firstHeaders: Readonly<Record<string, string>> = {
	'content-security-policy': "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
	'cross-origin-resource-policy': 'same-origin',
	'referrer-policy': 'same-origin',
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY'
};

/** The address people use decides scheme and host: what a client sends as such is dropped. */
function settle(request: IncomingMessage, origin: string, trustedProxy: boolean): void {
	const { protocol, host } = new URL(origin);
	for (const name of ['forwarded', 'x-forwarded-port']) delete request.headers[name];
	if (!trustedProxy) delete request.headers['x-forwarded-for'];
	request.headers['x-forwarded-proto'] = protocol.slice(0, -1);
	request.headers['x-forwarded-host'] = host;
}

/**
 * What is text is sent compressed, when the browser takes that: a first page must fit in what a slow line sends at once. Never a stream of events,
 * which has to leave as it is said. Nothing on a page is both secret and mixed with what a stranger can make it say (BREACH): sessions live in
 * cookies, and forms are guarded by the origin, not by a token.
 */
const compress = compression({
	threshold: 1024,
	filter: (request, response) =>
		!String(response.getHeader('content-type') ?? '').startsWith('text/event-stream') && compression.filter(request, response)
});

async function health(response: ServerResponse, ready: WebParts['ready']): Promise<void> {
	const fine = await ready();
	response
		.writeHead(fine ? 200 : 503, { 'content-type': 'application/json', 'cache-control': 'no-store' })
		.end(JSON.stringify({ ready: fine }));
}

/**
 * Serves pages and API on one port.
 * @param wish port 0 takes any free port
 * @throws StartError `port_in_use` when another program has the port
 */
export async function listen(parts: WebParts, wish: { readonly port: number; readonly host: string }): Promise<Listening> {
	const server: Server = createServer((request, response) => {
		for (const [name, value] of Object.entries(firstHeaders)) response.setHeader(name, value);
		const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
		if (path === '/health') return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"alive":true}');
		if (path === '/ready') return void health(response, parts.ready);
		settle(request, parts.origin(), parts.trustedProxy);
		if (!path.startsWith('/api')) limitForm(request, path);
		// A page is sent whole each time. SvelteKit's "not modified" leaves its content security policy out, and the browser would then take the one above.
		// What is for everyone answers that by itself, with all headers.
		if (!/\.[a-z0-9]+$/.test(path) && !forAll.test(path)) delete request.headers['if-none-match'];
		const answer = path === '/api' || path.startsWith('/api/') ? parts.api : parts.pages;
		// Express' own types of request and response are no more than Node's here.
		compress(request as Parameters<typeof compress>[0], response as Parameters<typeof compress>[1], () => answer(request, response));
	});
	server.headersTimeout = 20_000;
	server.requestTimeout = 60_000;
	await new Promise<void>((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) =>
			reject(
				error.code === 'EADDRINUSE' || error.code === 'EACCES' ? new StartError('port_in_use', { port: String(wish.port) }, error) : error
			)
		);
		server.listen(wish.port, wish.host, resolve);
	});
	const { port } = server.address() as AddressInfo;
	return {
		address: `http://localhost:${port}`,
		port,
		stop: () =>
			new Promise((resolve) => {
				const timer = setTimeout(() => server.closeAllConnections(), graceMilliseconds);
				server.close(() => {
					clearTimeout(timer);
					resolve();
				});
				server.closeIdleConnections();
			})
	};
}
