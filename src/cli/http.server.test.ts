import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { listen } from './http.server.ts';
import type { Listening } from './http.server.ts';

let listening: Listening | undefined;
afterEach(async () => await listening?.stop());

const serve = async (): Promise<string> => {
	listening = await listen(
		{
			api: (_, response) => void response.setHeader('content-security-policy', "default-src 'none'").end('api'),
			pages: (_, response) => void response.end('a file that no page answered for'),
			origin: () => 'http://localhost:4173',
			trustedProxy: false,
			ready: () => Promise.resolve(true)
		},
		{ port: 0, host: '127.0.0.1' }
	);
	return `http://127.0.0.1:${listening.port}`;
};

describe('every answer', () => {
	test.each(['/health', '/ready', '/favicon.svg', '/_app/gone.js'])('%s may not be guessed at, framed, or run anything', async (path) => {
		const { headers } = await fetch((await serve()) + path);
		expect(headers.get('x-content-type-options')).toBe('nosniff');
		expect(headers.get('x-frame-options')).toBe('DENY');
		expect(headers.get('content-security-policy')).toBe(
			"default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
		);
		expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
	});

	test('a page is never answered with "not modified", which would come without its own policy; what is for everyone sees to that itself', async () => {
		const asked: (string | undefined)[] = [];
		listening = await listen(
			{
				api: (_, response) => void response.end(),
				pages: (request, response) => {
					asked.push(request.headers['if-none-match']);
					response.end();
				},
				origin: () => 'http://localhost:4173',
				trustedProxy: false,
				ready: () => Promise.resolve(true)
			},
			{ port: 0, host: '127.0.0.1' }
		);
		for (const path of ['/inloggen', '/favicon.svg', '/openbaar/haven/en', '/haven/openbaar'])
			await fetch(`http://127.0.0.1:${listening.port}${path}`, { headers: { 'if-none-match': '"x"' } });
		expect(asked).toEqual([undefined, '"x"', '"x"', undefined]);
	});

	test('a form that is too large, or does not say how large it is, is handed on as one to refuse; a receipt is not', async () => {
		const lengths: (string | undefined)[] = [];
		listening = await listen(
			{
				api: (_, response) => void response.end(),
				pages: (request, response) => {
					lengths.push(request.headers['content-length']);
					request.resume().on('end', () => response.end());
				},
				origin: () => 'http://localhost:4173',
				trustedProxy: false,
				ready: () => Promise.resolve(true)
			},
			{ port: 0, host: '127.0.0.1' }
		);
		const id = '01940000-0000-7000-8000-000000000001';
		const send = (path: string, body: BodyInit): Promise<Response> =>
			fetch(`http://127.0.0.1:${listening?.port ?? 0}${path}`, { method: 'POST', body, ...{ duplex: 'half' } });
		await send('/haven/casus/nieuw', 'x'.repeat(1_000));
		await send('/haven/casus/nieuw', 'x'.repeat(8_000_001));
		await send('/inloggen', new ReadableStream({ start: (stream) => (stream.enqueue(new Uint8Array(10)), stream.close()) }));
		await send(`/haven/casus/${id}/betalen/${id}`, 'x'.repeat(9_000_000));
		expect(lengths).toEqual(['1000', String(Number.MAX_SAFE_INTEGER), String(Number.MAX_SAFE_INTEGER), '9000000']);
	});

	test('what a door says of itself stands', async () => {
		const { headers } = await fetch(`${await serve()}/api/v1`);
		expect(headers.get('content-security-policy')).toBe("default-src 'none'");
	});
});

describe('compressed', () => {
	const page = `<p>${'Ik wil in mijn huis blijven. '.repeat(200)}</p>`;
	const answers: Record<string, (response: ServerResponse) => void> = {
		'/pagina': (response) => void response.setHeader('content-type', 'text/html; charset=utf-8').end(page),
		'/kort': (response) => void response.setHeader('content-type', 'text/html').end('<p>kort</p>'),
		'/foto': (response) => void response.setHeader('content-type', 'image/jpeg').end(Buffer.alloc(5000)),
		'/live': (response) => {
			response.setHeader('content-type', 'text/event-stream').write('event: changed\ndata: changed\n\n');
		}
	};
	const serveAll = async (): Promise<string> => {
		listening = await listen(
			{
				api: (_, response) => void response.setHeader('content-type', 'application/json').end(JSON.stringify({ page })),
				pages: (request, response) => answers[request.url ?? '']?.(response),
				origin: () => 'http://localhost:4173',
				trustedProxy: false,
				ready: () => Promise.resolve(true)
			},
			{ port: 0, host: '127.0.0.1' }
		);
		return `http://127.0.0.1:${listening.port}`;
	};
	const encodingOf = async (path: string, accept = 'gzip'): Promise<string | null> => {
		const response = await fetch((await serveAll()) + path, { headers: { 'accept-encoding': accept } });
		await response.body?.cancel();
		return response.headers.get('content-encoding');
	};

	test.each([
		['/pagina', 'gzip', 'gzip'],
		['/api/v1/cases', 'gzip', 'gzip'],
		['/pagina', 'identity', null],
		['/kort', 'gzip', null],
		['/foto', 'gzip', null],
		['/live', 'gzip', null]
	])('%s asked with %s is %s', async (path, accept, encoding) => expect(await encodingOf(path, accept)).toBe(encoding));

	test('is read back as it was, and says that it depends on what was asked', async () => {
		const response = await fetch(`${await serveAll()}/pagina`, { headers: { 'accept-encoding': 'gzip' } });
		expect(await response.text()).toBe(page);
		expect(response.headers.get('vary')).toMatch(/accept-encoding/i);
	});

	test('a stream of events leaves as it is said, while it is open', async () => {
		const response = await fetch(`${await serveAll()}/live`, { headers: { 'accept-encoding': 'gzip' } });
		const reader = response.body?.getReader();
		const first = await reader?.read();
		expect(new TextDecoder().decode(first?.value)).toBe('event: changed\ndata: changed\n\n');
		await reader?.cancel();
	});
});
