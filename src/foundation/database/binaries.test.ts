import { mkdirSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findBinaries, makeLibraryLinks } from './binaries.server.ts';

test('the library links that a skipped install script would have made', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'loopplank-links-'));
	try {
		await makeLibraryLinks(folder); // no list: nothing to make
		mkdirSync(join(folder, 'native/lib'), { recursive: true });
		writeFileSync(join(folder, 'native/lib/libicuuc.so.60.2'), '');
		const links = ['libicuuc.so', 'libicuuc.so.60'].map((name) => ({
			source: 'native/lib/libicuuc.so.60.2',
			target: `native/lib/${name}`
		}));
		writeFileSync(join(folder, 'native/pg-symlinks.json'), JSON.stringify(links));
		await Promise.all([makeLibraryLinks(folder), makeLibraryLinks(folder)]);
		for (const { target } of links) expect(readlinkSync(join(folder, target))).toBe('libicuuc.so.60.2');
	} finally {
		rmSync(folder, { recursive: true });
	}
});

test('a platform without programs, and a folder without them, are one plain problem', async () => {
	await expect(findBinaries(undefined, 'freebsd', 'riscv64')).rejects.toMatchObject({
		problem: { code: 'binaries_missing', values: { platform: 'freebsd riscv64' } }
	});
	await expect(findBinaries(tmpdir())).rejects.toMatchObject({ problem: { code: 'binaries_missing', values: { folder: tmpdir() } } });
});
