import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createApi } from '#lib/api/api.ts';
import { problemCodes, problemSchema } from '#lib/api/problem.ts';
import { openApiScene } from './api-scene.server.ts';
import { caseWords } from './scene.server.ts';

let scene: Awaited<ReturnType<typeof openApiScene>>;
beforeAll(async () => {
	scene = await openApiScene(2);
});
afterAll(() => scene.drop());

const post = (wish: Parameters<typeof scene.ask>[3]) => scene.ask('holder', 'POST', '/cases', wish);
const countCases = () => scene.countLines('case.open', 'done');

describe('signing in', () => {
	test.each([
		[{}, 'not_signed_in', 'Bearer realm="loopplank"'],
		[{ authorization: 'Bearer x' }, 'token_invalid', 'Bearer realm="loopplank", error="invalid_token"'],
		[{ authorization: `Bearer loopplank_${'A'.repeat(43)}` }, 'token_invalid', 'Bearer realm="loopplank", error="invalid_token"'],
		[{ authorization: 'Basic aG9sZGVyOmdlaGVpbQ==' }, 'token_invalid', 'Bearer realm="loopplank", error="invalid_token"'],
		[{ cookie: 'session=abc' }, 'not_signed_in', 'Bearer realm="loopplank"']
	])('%o is %s', async (headers, code, how) => {
		const asked = await scene.ask(null, 'GET', '/cases', { headers });
		expect([asked.status, asked.code, asked.headers.get('www-authenticate')]).toEqual([401, code, how]);
	});

	test('a token ends after its days', async () => {
		expect((await scene.ask('seated', 'GET', '/cases')).status).toBe(200);
		const now = scene.installation.world.now();
		scene.installation.world.tick(91 * 24 * 60 * 60 * 1000);
		expect((await scene.ask('seated', 'GET', '/cases')).code).toBe('token_invalid');
		scene.installation.world.set(now);
	});
});

describe('bodies', () => {
	test.each([
		['{', 'malformed_json'],
		['{"stuck": "x",}', 'malformed_json'],
		[new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]), 'malformed_json'],
		['', 'malformed_json']
	])('%s is %s', async (raw, code) => {
		expect((await post({ raw })).code).toBe(code);
	});

	test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'application/json; charset=iso-8859-1', 'x'])(
		'%s is 415',
		async (type) => {
			expect((await post({ body: caseWords, headers: { 'content-type': type } })).status).toBe(415);
		}
	);

	test('a content type with its charset is JSON; none is not', async () => {
		expect((await post({ body: caseWords, headers: { 'content-type': 'application/json; charset=UTF-8' } })).status).toBe(201);
		const raw = new TextEncoder().encode(JSON.stringify(caseWords));
		expect((await post({ raw, headers: { 'content-type': '' } })).status).toBe(415);
	});

	test.each([[[]], ['tekst'], [null], [7], [true]])('%j is no object', async (body) => {
		expect((await post({ body })).errors).toHaveLength(1);
	});

	test('more than 1 MB is refused', async () => {
		expect((await post({ raw: JSON.stringify({ ...caseWords, stuck: 'a'.repeat(1_000_000) }) })).status).toBe(413);
	});

	test('a stream without end is broken off at 1 MB', async () => {
		let sent = 0;
		const stream = new ReadableStream<Uint8Array>({
			pull(controller) {
				sent += 1;
				controller.enqueue(new Uint8Array(100_000));
			}
		});
		const asked = await scene.ask('holder', 'POST', '/cases', { raw: stream });
		expect(asked.status).toBe(413);
		expect(sent).toBeLessThan(15);
	});

	test('an act that asks nothing takes no body, or an empty object', async () => {
		const path = '/cases/00000000-0000-7000-8000-000000000000/reopenings';
		expect((await scene.ask('holder', 'POST', path)).status).toBe(404);
		expect((await scene.ask('holder', 'POST', path, { body: {} })).status).toBe(404);
		expect((await scene.ask('holder', 'POST', path, { body: { reason: 'x' } })).errors).toEqual(['reason unknown_field']);
	});
});

describe('paths and methods', () => {
	test.each([
		'/cases/',
		'/nothing',
		'/cases/not-an-id',
		'/cases/%00',
		'/cases/%E0%A4%A',
		'/Cases',
		'/openapi.json/',
		'/problems/nothing',
		'/cases//',
		'/'
	])('%s is not there', async (path) => {
		const asked = await scene.ask('holder', 'GET', path);
		expect([asked.status, asked.code]).toEqual([404, 'not_found']);
	});

	test.each(['/api', '/api/v2/cases', '/api/v1'])('%s is not there', async (path) => {
		const response = await scene.request(path);
		expect([response.status, response.headers.get('content-type'), response.headers.get('x-frame-options')]).toEqual([
			404,
			'application/problem+json',
			'DENY'
		]);
	});

	test.each([
		['PUT', '/cases', 'GET, POST, HEAD, OPTIONS'],
		['DELETE', '/cases/00000000-0000-7000-8000-000000000000', 'GET, HEAD, OPTIONS'],
		['GET', '/cases/00000000-0000-7000-8000-000000000000/closure', 'POST, OPTIONS'],
		['PATCH', '/openapi.json', 'GET, HEAD, OPTIONS'],
		['POST', '/figures', 'GET, HEAD, OPTIONS']
	])('%s %s says what is possible', async (method, path, allow) => {
		const asked = await scene.ask('holder', method, path);
		expect([asked.status, asked.code, asked.headers.get('allow')]).toEqual([405, 'method_not_allowed', allow]);
		const options = await scene.request(`/api/v1${path}`, { method: 'OPTIONS' });
		expect([options.status, options.headers.get('allow')]).toEqual([204, allow]);
	});

	test('HEAD is GET without a body', async () => {
		const head = await scene.request('/api/v1/openapi.json', { method: 'HEAD' });
		expect([head.status, head.headers.get('content-type'), await head.text()]).toEqual([200, 'application/json', '']);
	});

	test('the document is for everyone, from every site; nothing else is', async () => {
		const document = await scene.request('/api/v1/openapi.json', { headers: { origin: 'https://elsewhere.example' } });
		expect([document.status, document.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
		expect(await document.json()).toMatchObject({ openapi: '3.1.1', servers: [{ url: 'http://localhost:4173/api/v1' }] });
		const cases = await scene.ask('holder', 'GET', '/cases', { headers: { origin: 'https://elsewhere.example' } });
		expect(cases.headers.has('access-control-allow-origin')).toBe(false);
	});

	test('the kind of every problem tells about itself', async () => {
		for (const code of problemCodes) {
			const path = `/api/v1/problems/${code.replaceAll('_', '-')}`;
			const kind = await scene.request(path, { headers: { 'accept-language': 'en' } });
			expect(kind.status).toBe(200);
			expect(await kind.json()).toMatchObject({ code, type: `http://localhost:4173${path}` });
		}
	});
});

describe('languages', () => {
	test.each([
		['en', 'en'],
		['nl', 'nl'],
		['en-GB, nl;q=0.5', 'en'],
		['fr', 'nl'],
		['*', 'nl']
	])('%s is answered in %s', async (wished, given) => {
		const asked = await scene.ask('holder', 'GET', '/nothing', { headers: { 'accept-language': wished } });
		expect(asked.headers.get('content-language')).toBe(given);
		expect((asked.json as { title: string }).title).toBe(given === 'nl' ? 'Niet gevonden' : 'Not found');
	});
});

describe('Idempotency-Key', () => {
	const once = (key: string, body: object = caseWords, as: 'holder' | 'seated' = 'holder') =>
		scene.ask(as, 'POST', '/cases', { body, headers: { 'idempotency-key': key } });

	test('the same key is done once, also at the same time, and gets the same answer', async () => {
		const before = await countCases();
		const answers = await Promise.all(Array.from({ length: 6 }, () => once('"8e03978e-40d5-43dd-bc93-6894a57f9324"')));
		expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 6 }, () => 201));
		expect(new Set(answers.map((answer) => JSON.stringify([answer.json, answer.headers.get('location')]))).size).toBe(1);
		expect((await once('8e03978e-40d5-43dd-bc93-6894a57f9324')).json).toEqual(answers[0]?.json);
		expect(await countCases()).toBe(before + 1);
	});

	test('with other input it is 422, by someone else it is their own', async () => {
		await once('again');
		const other = await once('again', { ...caseWords, stuck: 'Iets anders.' });
		expect([other.status, other.code]).toEqual([422, 'key_reused']);
		expect((await once('again', caseWords, 'seated')).status).toBe(201);
	});

	test('what was refused may be sent again with the same key', async () => {
		expect((await once('mended', { ...caseWords, stuck: 'Bel 06-12345678.' })).status).toBe(400);
		expect((await once('mended', { ...caseWords, stuck: 'Bel.' })).status).toBe(201);
	});

	test.each([
		['""', 'Idempotency-Key required'],
		['x'.repeat(101), 'Idempotency-Key too_long'],
		['sleutel-é', 'Idempotency-Key wrong_type'],
		['a\tb', 'Idempotency-Key wrong_type']
	])('%s is refused', async (key, error) => {
		expect((await once(key)).errors).toEqual([error]);
	});

	test('a quoted key is what stands between the quotes', async () => {
		const first = await once('"a \\"b\\""');
		expect((await once('a "b"')).json).toEqual(first.json);
	});
});

describe('when it goes wrong on our side', () => {
	const broken = (error: Error) => {
		const { installation } = scene;
		return createApi({ ...installation, door: { ...installation.door, actor: () => Promise.reject(error) } });
	};
	const token = async () => {
		const { actors, accounts, installation } = scene;
		const unused = { slug: '', networkName: '', personName: '', organisationName: '', functionTitle: '' };
		const who = { account: { accountId: accounts.holder, email: '', locale: 'nl' as const }, acting: { ...actors.holder, ...unused } };
		const made = await installation.identity.makeToken(who, { key: installation.world.id(), name: 'test', days: '7' });
		if (!made.ok) throw new Error('A token can be made.');
		return made.value.token;
	};

	test.each([
		[Object.assign(new Error('terminating connection due to administrator command: Bakker'), { code: '57P01' }), 503, 'unavailable'],
		[Object.assign(new Error('connect ENOENT /run/Bakker'), { code: 'ENOENT', syscall: 'connect' }), 503, 'unavailable'],
		[new Error('Connection terminated unexpectedly'), 503, 'unavailable'],
		[Object.assign(new Error('could not extend file: Bakker'), { code: '53100' }), 503, 'unavailable'],
		[new TypeError('Bakker is not a function'), 500, 'unexpected'],
		[Object.assign(new Error('duplicate key: Bakker'), { code: '23505' }), 500, 'unexpected']
	])('%s is %i', async (error, status, code) => {
		const wrote = vi.spyOn(console, 'error').mockImplementation(() => undefined);
		const headers = { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' };
		const response = await broken(error).request('/api/v1/cases', { method: 'POST', headers, body: JSON.stringify(caseWords) });
		const lines = wrote.mock.calls.map(([line]) => String(line));
		wrote.mockRestore();
		const problem = problemSchema.parse(await response.json());
		expect([response.status, problem.status, problem.code]).toEqual([status, status, code]);
		expect(response.headers.get('x-content-type-options')).toBe('nosniff');
		expect(response.headers.get('retry-after')).toBe(status === 503 ? '5' : null);
		expect(lines).toHaveLength(1);
		const line = JSON.parse(lines[0] ?? '') as { id: string; route: string };
		expect(problem.instance).toBe(`urn:uuid:${line.id}`);
		expect(line.route).toBe('/api/v1/cases');
		expect(lines[0]).not.toMatch(/Bakker|huurschuld/);
	});
});
