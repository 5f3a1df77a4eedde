import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasUniversalAccessMark, structureTexts } from '#foundation/paper/testing.server.ts';
import { runCommand } from './testing.server.ts';

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'paper-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test(
	'the blank workbook is made without a database, in the language that is asked, and the command ends',
	{ timeout: 60_000 },
	async () => {
		for (const [lang, title] of [
			['nl', 'Werkboek: hoe een netwerk begint'],
			['en', 'Workbook: how a network begins']
		] as const) {
			const file = path.join(folder, `${lang}.pdf`);
			expect(await runCommand(['paper', 'opzet', '--lang', lang, '-o', file], {})).toMatchObject({ code: 0, out: '' });
			const bytes = new Uint8Array(await readFile(file));
			expect(hasUniversalAccessMark(bytes)).toBe(true);
			expect(await structureTexts(bytes)).toMatchObject({ title, language: lang });
		}
	}
);

test('another paper, another language and a missing file are wrong use', { timeout: 60_000 }, async () => {
	const file = path.join(folder, 'none.pdf');
	for (const words of [
		['paper', 'bestuur', '-o', file],
		['paper', 'opzet', '--lang', 'fr', '-o', file],
		['paper', 'opzet']
	])
		expect((await runCommand(words, {})).code, words.join(' ')).toBe(2);
});
