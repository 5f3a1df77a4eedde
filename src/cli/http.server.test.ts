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

	test('a page is never answered with "not modified", which would come without its own policy', async () => {
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
		for (const path of ['/inloggen', '/favicon.svg'])
			await fetch(`http://127.0.0.1:${listening.port}${path}`, { headers: { 'if-none-match': '"x"' } });
		expect(asked).toEqual([undefined, '"x"']);
	});

	test('what a door says of itself stands', async () => {
		const { headers } = await fetch(`${await serve()}/api/v1`);
		expect(headers.get('content-security-policy')).toBe("default-src 'none'");
	});
});
