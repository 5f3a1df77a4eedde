import type { RequestEvent } from '@sveltejs/kit';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ok, refuse } from '#foundation/outcome.ts';
import { handle, handleError } from './hooks.server.ts';

const place = Symbol.for('loopplank.installation');
const processWide = globalThis as { [key: symbol]: unknown };

/** As much of who is signed in as the hooks touch. */
const who = { account: { accountId: 'a' }, sessionId: 's', actor: null, acting: null, memberships: [] };

/** As much of a request as the hooks touch. */
function eventOf(
	address: string,
	headers: Record<string, string> = {},
	cookies: Record<string, string> = {},
	route = '/[network]',
	params: Record<string, string> = {}
): RequestEvent {
	const locals = {};
	return {
		url: new URL(address),
		request: new Request(address, { headers }),
		cookies: { get: (name: string) => cookies[name], getAll: () => [], set: () => undefined, delete: () => undefined },
		locals,
		params,
		route: { id: route }
	} as unknown as RequestEvent;
}

async function answer(event: RequestEvent): Promise<Response> {
	return handle({
		event,
		resolve: async (_event, options) =>
			new Response(await options?.transformPageChunk?.({ html: '<html lang="%loopplank.lang%">', done: true }))
	});
}

describe('an answer', () => {
	beforeEach(() => {
		processWide[place] = {
			settings: { origin: 'http://localhost', demo: false, dataFolder: '' },
			identity: {
				cookie: { name: 'loopplank' },
				actorOf: (cookie: string | undefined) => Promise.resolve(cookie === 'true' ? ok(who) : refuse('not_signed_in'))
			}
		};
	});
	afterEach(() => {
		delete processWide[place];
	});

	test('is in the language of the cookie, else that of the browser, else Dutch', async () => {
		expect(await (await answer(eventOf('http://localhost/'))).text()).toBe('<html lang="nl">');
		expect(await (await answer(eventOf('http://localhost/', { 'accept-language': 'en-GB' }))).text()).toBe('<html lang="en">');
		expect(await (await answer(eventOf('http://localhost/', { 'accept-language': 'en-GB' }, { locale: 'nl' }))).text()).toBe(
			'<html lang="nl">'
		);
	});

	test('reads what is no id as the id that nothing has, and takes no zero byte', async () => {
		const params = { network: 'haven\0stad', id: 'x', meeting: '0190a1b2-0000-7000-8000-00000000000A', punt: '\0', deel: 'wie' };
		await answer(eventOf('http://localhost/', {}, {}, '/[network]/[id]', params));
		expect(params).toEqual({
			network: 'haven\uFFFDstad',
			id: '00000000-0000-0000-0000-000000000000',
			meeting: '0190a1b2-0000-7000-8000-00000000000a',
			punt: '00000000-0000-0000-0000-000000000000',
			deel: 'wie'
		});
	});

	test('carries the headers that guard it', async () => {
		const { headers } = await answer(eventOf('http://localhost/'));
		expect(headers.get('x-content-type-options')).toBe('nosniff');
		expect(headers.get('x-frame-options')).toBe('DENY');
		expect(headers.get('referrer-policy')).toBe('same-origin');
		expect(headers.get('permissions-policy')).toContain('camera=()');
	});

	test('asks for https from then on, where it came by https', async () => {
		expect((await answer(eventOf('https://pot.example/'))).headers.get('strict-transport-security')).toContain('max-age=31536000');
		expect((await answer(eventOf('http://localhost/'))).headers.has('strict-transport-security')).toBe(false);
	});

	test('to who is signed in is kept by no cache; to a visitor it may be', async () => {
		const signedIn = await answer(eventOf('http://localhost/', {}, { loopplank: 'true' }));
		expect(signedIn.headers.get('cache-control')).toBe('no-store');
		const visitor = await answer(eventOf('http://localhost/', {}, { loopplank: 'forged' }));
		expect(visitor.headers.has('cache-control')).toBe(false);
	});

	test('for everyone is the same whoever asks, in the language of its address, and may be kept by anyone', async () => {
		const asked = (below: string, headers = {}, cookies = {}) =>
			answer(eventOf(`http://localhost/openbaar/haven${below}`, headers, cookies, `/openbaar/[network]${below}`));
		const visitor = await asked('');
		const signedIn = await asked('', { 'accept-language': 'en' }, { loopplank: 'true', locale: 'en' });
		expect(await signedIn.text()).toBe(await visitor.text());
		expect([...signedIn.headers]).toEqual([...visitor.headers]);
		expect(visitor.headers.get('cache-control')).toContain('public');
		expect(visitor.headers.has('vary')).toBe(false);
		expect(await (await asked('/en', { 'accept-language': 'nl' })).text()).toBe('<html lang="en">');
		const again = await asked('', { 'if-none-match': visitor.headers.get('etag') ?? '' });
		expect([again.status, again.headers.get('x-frame-options')]).toEqual([304, 'DENY']);
	});

	test('of a blank workbook is for everyone too, to the byte', async () => {
		const bytes = Uint8Array.from([0x25, 0x50, 0x44, 0x46, 0xff, 0xfe, 0x00, 0x80]);
		const asked = (cookies = {}) => {
			const event = eventOf('http://localhost/werkboek/opzet.pdf?taal=en', {}, cookies, '/werkboek/opzet.pdf');
			return handle({ event, resolve: () => Promise.resolve(new Response(bytes, { headers: { 'content-type': 'application/pdf' } })) });
		};
		const [visitor, signedIn] = [await asked(), await asked({ loopplank: 'true', locale: 'en' })];
		expect(new Uint8Array(await visitor.arrayBuffer())).toEqual(bytes);
		expect(visitor.headers.has('vary')).toBe(false);
		expect(visitor.headers.get('cache-control')).toContain('public');
		expect([...signedIn.headers]).toEqual([...visitor.headers]);
	});

	test('to a visitor is not kept from a cache that tells visitors apart', async () => {
		const { headers } = await answer(eventOf('http://localhost/'));
		expect(headers.get('vary')).toContain('cookie');
	});
});

test('without an installation it says in plain words how pages are served', async () => {
	await expect(answer(eventOf('http://localhost/'))).rejects.toThrow('loopplank serve');
});

describe('an unexpected error', () => {
	const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
	afterEach(() => log.mockClear());

	const tell = (error: unknown, kind: 'unknown' | 'framework' = 'unknown') =>
		handleError({ kind, error, event: eventOf('http://localhost/havenstad?q=geheim') } as Parameters<typeof handleError>[0]);

	test('is logged under the id that the page shows, without what anyone typed', async () => {
		const answered = await tell(Object.assign(new RangeError('Sanne woont op\n   at home'), { code: '22P02', detail: 'geheim' }));
		const line = String(log.mock.calls[0]?.[0]);
		expect(JSON.parse(line)).toMatchObject({ level: 'error', id: answered?.id, error: 'RangeError', code: '22P02', route: '/[network]' });
		expect(line).not.toMatch(/Sanne|woont|geheim|at home/);
		expect(line).toContain('hooks.server.test.ts');
	});

	test('that is no Error is logged too', async () => {
		expect((await tell('geheim'))?.id).toBeDefined();
		expect(String(log.mock.calls[0]?.[0])).not.toContain('geheim');
	});

	test.each([
		Object.assign(new Error('the database system is starting up'), { code: '57P03' }),
		Object.assign(new Error('connect ENOENT /run/socket'), { code: 'ENOENT', syscall: 'connect' }),
		new Error('Connection terminated unexpectedly')
	])('that passes, as when the database starts again, says that it can be tried again: %s', async (error) => {
		const answered = await tell(error);
		const line = JSON.parse(String(log.mock.calls[0]?.[0])) as object;
		expect(answered).toEqual({ status: 503, message: 'Service Unavailable', id: answered?.id });
		expect(line).toMatchObject({ level: 'warning', id: answered?.id });
		expect(line).not.toHaveProperty('stack');
	});

	test('of the framework, such as an unknown address, is no line in the log', async () => {
		expect(await tell({ status: 404, message: 'Not Found' }, 'framework')).toBeUndefined();
		expect(log).not.toHaveBeenCalled();
	});

	test.each([
		['application/json', '{}'],
		['multipart/form-data; boundary=x', 'no boundary']
	])('a body of type %s that is no form is a mistake of the sender', async (type, body) => {
		const error: unknown = await new Request('http://localhost/', { method: 'POST', headers: { 'content-type': type }, body })
			.formData()
			.catch((reason: unknown) => reason);
		expect(error).toBeInstanceOf(TypeError);
		expect(await tell(error)).toMatchObject({ status: 400 });
		expect(log).not.toHaveBeenCalled();
	});
});
