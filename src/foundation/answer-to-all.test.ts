import { expect, test } from 'vitest';
import { answerToAll } from './answer-to-all.server.ts';

const asked = (mark?: string): Request =>
	new Request('http://localhost/', mark === undefined ? {} : { headers: { 'if-none-match': mark } });
const answered = (body: string, mark?: string): Response =>
	answerToAll(
		asked(mark),
		body,
		new Headers({ 'content-type': 'text/html', 'content-security-policy': "default-src 'self'", 'set-cookie': 'a=b' })
	);

test('an answer for everyone may be kept and sets no cookie', async () => {
	const response = answered('Netwerk');
	expect(response.status).toBe(200);
	expect(await response.text()).toBe('Netwerk');
	expect(response.headers.get('cache-control')).toContain('public');
	expect(response.headers.has('set-cookie')).toBe(false);
});

test('who has it already gets no body, and every header that guards the page', async () => {
	const etag = answered('Netwerk').headers.get('etag') ?? '';
	for (const mark of [etag, `"other", ${etag}`, etag.replace('W/', ''), '*']) {
		const response = answered('Netwerk', mark);
		expect({ mark, status: response.status, body: await response.text() }).toEqual({ mark, status: 304, body: '' });
		expect(response.headers.get('content-security-policy')).toBe("default-src 'self'");
		expect(response.headers.get('etag')).toBe(etag);
	}
	for (const mark of ['"other"', '']) expect(answered('Netwerk', mark).status).toBe(200);
	expect(answered('Ander', etag).status).toBe(200);
});
