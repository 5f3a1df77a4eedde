import { describe, expect, test } from 'vitest';
import { bodyLimitBytes, readBody, readIds, readKey, readQuery } from './request-parts.ts';

const request = (body: BodyInit | null, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
	new Request('http://localhost/', { method: 'POST', body, headers });

describe('a body', () => {
	test('is JSON in UTF-8', async () => {
		expect(await readBody(request('{"a":"é😀"}'))).toEqual({ ok: true, value: { a: 'é😀' } });
		expect(await readBody(request(new Uint8Array([0x22, 0xc3, 0x22])))).toEqual({ ok: false, code: 'malformed_json' });
	});

	test('may have every byte of the limit, and not one more', async () => {
		const full = JSON.stringify('a'.repeat(bodyLimitBytes - 2));
		expect(await readBody(request(full))).toMatchObject({ ok: true });
		expect(await readBody(request(`${full} `))).toEqual({ ok: false, code: 'too_large' });
	});

	test('says its length honestly or not: both are looked at', async () => {
		expect(await readBody(request('{}', { 'content-type': 'application/json', 'content-length': String(bodyLimitBytes + 1) }))).toEqual({
			ok: false,
			code: 'too_large'
		});
	});

	test('that is not there is an empty object; one without a type is not', async () => {
		expect(await readBody(request(null, {}))).toEqual({ ok: true, value: {} });
		expect(await readBody(request(new Uint8Array([0x7b, 0x7d]), {}))).toEqual({ ok: false, code: 'unsupported_media_type' });
	});
});

test.each([
	[undefined, { ok: true, value: null }],
	['abc', { ok: true, value: 'abc' }],
	['"abc"', { ok: true, value: 'abc' }],
	['"a\\"b\\\\c"', { ok: true, value: 'a"b\\c' }],
	['"open', { ok: true, value: '"open' }]
])('the key in %s', (header, read) => {
	expect(readKey(header)).toEqual(read);
});

test('a query names each field once, also names that JavaScript has already', () => {
	expect(readQuery(new URL('http://localhost/?limit=2&toString=1'))).toEqual({ ok: true, value: { limit: '2', toString: '1' } });
	expect(readQuery(new URL('http://localhost/?limit=2&limit=3'))).toMatchObject({
		ok: false,
		fields: [{ path: ['limit'], code: 'wrong_type' }]
	});
});

test('ids are UUIDs, in lower case from here on', () => {
	const id = '0196f0b4-0000-7000-8000-00000000000A';
	expect(readIds({ caseId: id })).toEqual({ caseId: id.toLowerCase() });
	expect(readIds({})).toEqual({});
	for (const wrong of ['', 'x', `${id}\0`, `{${id}}`, id.replaceAll('-', '')]) expect(readIds({ caseId: wrong })).toBeNull();
});
