import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { Letter } from './letter.ts';
import { checkSmtpSettings, openSmtpPost } from './smtp.server.ts';
import { openMailServer } from './testing.server.ts';
import type { MailServer } from './testing.server.ts';

const letter: Letter = {
	to: 'anna@voorbeeld.nl',
	locale: 'nl',
	subject: 'mail.log_anchor.subject',
	text: 'Dag Zoë,\n\nhttps://pot.voorbeeld.nl/a'
};
const from = 'pot@voorbeeld.nl';
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
	for (const close of closing.splice(0)) await close();
});
const server = async (...wish: Parameters<typeof openMailServer>): Promise<MailServer> => {
	const opened = await openMailServer(...wish);
	closing.push(() => opened.close());
	return opened;
};
// Patience for a busy machine; only who tries a server that says nothing has less.
const post = (port: number, patience = 10_000) => openSmtpPost({ url: `smtp://127.0.0.1:${port}`, from, patience });

describe('a letter by SMTP', () => {
	test('arrives as text and as HTML, in its language, marked as sent by a machine, under its own id', async () => {
		const { port, letters } = await server();
		const id = randomUUID();
		await post(port).send(letter, id);
		expect(letters).toHaveLength(1);
		const [{ to, source } = { to: [], source: '' }] = letters;
		expect(to).toEqual(['anna@voorbeeld.nl']);
		expect(source).toContain(`Message-ID: <${id}@voorbeeld.nl>`);
		expect(source).toContain('Subject: Het zegel van het logboek van vandaag');
		expect(source).toContain('Content-Language: nl');
		expect(source).toContain('Auto-Submitted: auto-generated');
		expect(source).toMatch(/^From: Loopplank <pot@voorbeeld\.nl>\r$/m);
		expect(source).toContain('Content-Type: text/plain; charset=utf-8');
		expect(source).toContain('Content-Type: text/html; charset=utf-8');
		expect(source).toContain('Dag Zo=C3=AB,');
	});

	test.each(['anna@voorbeeld.nl\r\nBcc: piet@voorbeeld.nl', 'anna@voorbeeld.nl, piet@voorbeeld.nl', 'Anna <a@b.nl>', ''])(
		'an address that is not one plain address never reaches a server: %j',
		async (to) => {
			const { port, letters } = await server();
			await expect(post(port).send({ ...letter, to }, randomUUID())).rejects.toMatchObject({
				code: 'mail_address_malformed',
				permanent: true
			});
			expect(letters).toEqual([]);
		}
	);

	test.each([
		[550, 'mail_address_refused', true],
		[450, 'mail_server_busy', false]
	])('an address that is refused with %i', async (status, code, permanent) => {
		const { port } = await server({ refuseTo: status });
		const failure: unknown = await post(port)
			.send(letter, randomUUID())
			.catch((error: unknown) => error);
		expect(failure).toMatchObject({ name: 'PostFailure', code, permanent, message: code });
		// What the server said quotes the address; nothing of it is kept.
		expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toContain('anna');
	});

	test.each([
		[554, 'mail_letter_refused', true],
		[451, 'mail_server_busy', false]
	])('a letter that is refused with %i', async (status, code, permanent) => {
		const { port } = await server({ refuseLetter: status });
		await expect(post(port).send(letter, randomUUID())).rejects.toMatchObject({ code, permanent });
	});

	test('a server that is not there', async () => {
		const { port, close } = await openMailServer();
		await close();
		await expect(post(port).send(letter, randomUUID())).rejects.toMatchObject({ code: 'mail_server_unreachable', permanent: false });
	});

	test('a server that takes the call and says nothing is given up', async () => {
		const silent = createServer(() => undefined);
		await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
		closing.push(() => new Promise((resolve) => silent.close(() => resolve())));
		const began = performance.now();
		await expect(post((silent.address() as AddressInfo).port, 300).send(letter, randomUUID())).rejects.toMatchObject({
			code: 'mail_server_unreachable'
		});
		expect(performance.now() - began).toBeLessThan(3000);
	});

	test('a server that becomes silent in the middle of a letter is given up', async () => {
		const { port } = await server({ silentAfterLetter: true });
		await expect(post(port, 300).send(letter, randomUUID())).rejects.toMatchObject({ permanent: false });
	});

	test('a wrong password is a matter of settings, not of the letter', async () => {
		const { port } = await server({ password: 'right' });
		const wrong = openSmtpPost({ url: `smtp://pot:wrong@127.0.0.1:${port}`, from, patience: 10_000 });
		await expect(wrong.send(letter, randomUUID())).rejects.toMatchObject({ code: 'mail_sign_in_refused', permanent: false });
	});

	test('without encryption nothing is sent to another machine', async () => {
		const { port, letters } = await server();
		// Another way to write 127.0.0.1, so that it is not taken for this machine.
		const strict = openSmtpPost({ url: `smtp://127.1:${port}`, from, patience: 10_000 });
		await expect(strict.send(letter, randomUUID())).rejects.toMatchObject({ code: 'mail_encryption_failed' });
		expect(letters).toEqual([]);
		await openSmtpPost({ url: `smtp://127.1:${port}?requireTLS=false`, from, patience: 10_000 }).send(letter, randomUUID());
		expect(letters).toHaveLength(1);
	});
});

describe('settings', () => {
	test.each([
		['http://mail.voorbeeld.nl', from],
		['mail.voorbeeld.nl', from],
		['smtp://', from],
		['smtp://mail.voorbeeld.nl', 'Pot <pot@voorbeeld.nl>']
	])('%s from %s cannot be used, and the reason holds no password', (url, sender) => {
		expect(() => checkSmtpSettings({ url, from: sender })).toThrow(RangeError);
	});

	test('a password in the address is not told', () => {
		expect(() => checkSmtpSettings({ url: 'http://pot:secret@mail', from })).toThrow(/^SMTP_URL must be/);
	});
});
