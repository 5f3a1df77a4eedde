import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Letter } from './letter.ts';
import { listMailbox, openMailbox } from './mailbox.server.ts';

let folder: string;
let now = new Date('2026-03-02T09:00:00Z');
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'loopplank-mailbox-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const letter: Letter = { to: 'anna@voorbeeld.nl', locale: 'en', subject: 'mail.log_anchor.subject', text: 'Hello' };
const post = () => openMailbox(folder, { now: () => now });

test('letters lie there, newest first; the same letter once', async () => {
	expect(await listMailbox(folder)).toEqual([]);
	const [first, second] = [randomUUID(), randomUUID()];
	await post().send(letter, first);
	now = new Date('2026-03-02T09:01:00Z');
	await post().send({ ...letter, locale: 'nl' }, second);
	await post().send({ ...letter, text: 'again' }, first);
	expect(await listMailbox(folder)).toEqual([
		{
			id: second,
			at: '2026-03-02T09:01:00.000Z',
			to: letter.to,
			locale: 'nl',
			subject: 'Het zegel van het logboek van vandaag',
			text: 'Hello'
		},
		{ id: first, at: '2026-03-02T09:00:00.000Z', to: letter.to, locale: 'en', subject: "Today's seal of the log", text: 'Hello' }
	]);
});

test('only their owner reads them', async () => {
	await post().send(letter, randomUUID());
	if (process.platform === 'win32') return;
	expect((await stat(join(folder, 'mailbox'))).mode & 0o077).toBe(0);
});

test('a half-written letter and a foreign file are not letters', async () => {
	await post().send(letter, randomUUID());
	await writeFile(join(folder, 'mailbox', `${randomUUID()}.json.new`), '{"id"');
	await writeFile(join(folder, 'mailbox', 'notes.txt'), 'x');
	expect(await listMailbox(folder)).toHaveLength(1);
});

test('the newest 200 are kept', async () => {
	for (let n = 0; n < 205; n++) {
		now = new Date(Date.UTC(2026, 2, 2, 9, 0, n));
		await post().send(letter, randomUUID());
	}
	const letters = await listMailbox(folder);
	expect(letters).toHaveLength(200);
	expect(letters[0]?.at).toBe(now.toISOString());
	expect(await readdir(join(folder, 'mailbox'))).toHaveLength(200);
});

test.each(['../../../etc/passwd', 'x', ''])('a name that is no id makes no file: %j', async (id) => {
	await expect(post().send(letter, id)).rejects.toThrow(RangeError);
});

test('an address with a line end is refused', async () => {
	await expect(post().send({ ...letter, to: 'a@b.nl\nx' }, randomUUID())).rejects.toMatchObject({ code: 'mail_address_malformed' });
});
