import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeSealed } from './backup.server.ts';
import { encodeFrame, firstLine } from './frames.ts';
import type { BackupHeader } from './frames.ts';
import { encrypterFor, makeBackupKey } from './keys.server.ts';
import type { BackupKey } from './keys.server.ts';
import { verifyBackup } from './read-backup.server.ts';

let folder: string;
let key: BackupKey;
let files = 0;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'read-backup-'));
	key = await makeBackupKey('x25519');
});
afterAll(() => rm(folder, { recursive: true }));

const rowsOf = (table: string): Buffer => Buffer.from(`${table}\tone\n${table}\ttwo\n`);
const header: BackupHeader = {
	format: 1,
	product: '0.1.0',
	madeAt: '2026-03-02T09:00:00.000Z',
	epoch: 1,
	migrations: [{ number: 1, name: 'first', sha256: 'a'.repeat(64) }],
	tables: ['one', 'two'].map((name) => ({ schema: 'public', name, columns: ['id', 'name'], rows: 2 }))
};
const tableFrames = (name: string, rows = rowsOf(name), counted = 2): Buffer[] => [
	encodeFrame('T', { table: `public.${name}` }),
	encodeFrame('D', rows),
	encodeFrame('E', { rows: counted, bytes: rows.length, sha256: createHash('sha256').update(rows).digest('hex') })
];
const withTrailer = (frames: readonly Buffer[], rows = 4): Buffer[] => [
	...frames,
	encodeFrame('Z', { tables: 2, rows, sha256: createHash('sha256').update(Buffer.concat(frames)).digest('hex') })
];
const whole = (): Buffer[] => withTrailer([firstLine, encodeFrame('H', header), ...tableFrames('one'), ...tableFrames('two')]);

const writeBytes = async (bytes: Buffer): Promise<string> => {
	const file = join(folder, `${files++}.age`);
	await writeFile(file, bytes);
	return file;
};
const seal = async (frames: readonly Buffer[]): Promise<string> => {
	const file = join(folder, `${files++}.age`);
	await writeSealed(file, (async function* () { yield* frames; })(), encrypterFor([key.recipient])); // prettier-ignore
	return file;
};
const check = (file: string): ReturnType<typeof verifyBackup> => verifyBackup(file, [key.identity]);
/** The code of the problem, or null when all is well. */
const codeOf = async (file: string): Promise<string | null> => {
	const outcome = await check(file);
	return outcome.ok ? null : outcome.problem.code;
};

describe('a file that was changed', () => {
	test('is found, whichever byte it was, and wherever it was cut or added to', async () => {
		const good = await readFile(await seal(whole()));
		expect(await codeOf(await writeBytes(good))).toBeNull();
		for (let at = 0; at < good.length; at++) {
			const bad = Buffer.from(good);
			bad[at] = (bad[at] ?? 0) ^ (1 << (at % 8));
			expect(await codeOf(await writeBytes(bad)), `byte ${at}`).not.toBeNull();
			if (at % 13 === 0) expect(await codeOf(await writeBytes(good.subarray(0, at))), `cut at ${at}`).not.toBeNull();
		}
		expect(await codeOf(await writeBytes(Buffer.concat([good, Buffer.of(0)])))).toBe('damaged');
		expect(await codeOf(await writeBytes(Buffer.concat([good, good])))).toBe('damaged');
	});

	test('says where, to within one piece of 64 kB', async () => {
		// Rows that do not pack, so that the sealed file has some ten pieces.
		const rows = Buffer.from(
			Array.from({ length: 10_000 }, (_, i) => `${createHash('sha512').update(`row ${i}`).digest('base64')}\n`).join('')
		);
		const frames = withTrailer(
			[firstLine, encodeFrame('H', { ...header, tables: header.tables.map((table) => ({ ...table, rows: table.name === 'one' ? 10_000 : 2 })) }), ...tableFrames('one', rows, 10_000), ...tableFrames('two')], // prettier-ignore
			10_002
		);
		const good = await readFile(await seal(frames));
		expect(await codeOf(await writeBytes(good))).toBeNull();
		expect(good.length).toBeGreaterThan(500_000);
		for (const at of [1_000, 65_000, 70_000, 200_001, 400_000, good.length - 1]) {
			const bad = Buffer.from(good);
			bad[at] = (bad[at] ?? 0) ^ 1;
			const outcome = await check(await writeBytes(bad));
			if (outcome.ok || outcome.problem.code !== 'damaged') throw new Error(`byte ${at} was not found`);
			const { from, to } = outcome.problem.values;
			expect(Number(from), `byte ${at}`).toBeLessThanOrEqual(at);
			expect(Number(to), `byte ${at}`).toBeGreaterThanOrEqual(at);
			expect(Number(to) - Number(from)).toBeLessThan(70_000);
		}
		// Two whole pieces exchanged: each is as it was made, but not where it was.
		const start = good.indexOf('\n', good.indexOf('\n--- ') + 1) + 1 + 16;
		const piece = 64 * 1024 + 16;
		const swapped = Buffer.concat([
			good.subarray(0, start),
			good.subarray(start + piece, start + 2 * piece),
			good.subarray(start, start + piece),
			good.subarray(start + 2 * piece)
		]);
		expect(await check(await writeBytes(swapped))).toMatchObject({ ok: false, problem: { code: 'damaged', values: { from: start } } });
		expect(await codeOf(await writeBytes(good.subarray(0, start + piece)))).toBe('damaged');
	});
});

describe('a file that someone sealed again by hand', () => {
	test.each([
		['a table left out', () => withTrailer([firstLine, encodeFrame('H', header), ...tableFrames('one')], 2)],
		['tables in another order', () => withTrailer([firstLine, encodeFrame('H', header), ...tableFrames('two'), ...tableFrames('one')])],
		[
			'a table twice',
			() => withTrailer([firstLine, encodeFrame('H', header), ...tableFrames('one'), ...tableFrames('one'), ...tableFrames('two')])
		],
		[
			'a row more than was counted',
			() => withTrailer([firstLine, encodeFrame('H', header), ...tableFrames('one', Buffer.from('a\nb\nc\n'), 3), ...tableFrames('two')], 5)
		],
		['another digest of the whole', () => [...whole().slice(0, -1), encodeFrame('Z', { tables: 2, rows: 4, sha256: 'b'.repeat(64) })]],
		['no end', () => whole().slice(0, -1)],
		['something behind the end', () => [...whole(), encodeFrame('D', rowsOf('one'))]],
		['half a frame', () => [...whole(), Buffer.from('D\0')]]
	])('%s', async (_, frames) => {
		expect(await codeOf(await seal(frames()))).toBe('damaged');
	});

	test('a changed row under the old digest', async () => {
		const frames = [...tableFrames('one')];
		frames[1] = encodeFrame('D', Buffer.from('one\tONE\none\ttwo\n'));
		expect(await codeOf(await seal(withTrailer([firstLine, encodeFrame('H', header), ...frames, ...tableFrames('two')])))).toBe('damaged');
	});
});

describe('what is no backup for us', () => {
	test('a file of something else, sealed or not, a folder, nothing', async () => {
		expect(await codeOf(await writeBytes(Buffer.from('PGDMP nothing of ours')))).toBe('not_a_backup');
		expect(await codeOf(await writeBytes(Buffer.of()))).toBe('not_a_backup');
		expect(await codeOf(await seal([Buffer.from('a letter to a friend, quite long')]))).toBe('not_a_backup');
		expect(await codeOf(folder)).toBe('not_a_backup');
		expect(await codeOf(join(folder, 'not-there'))).toBe('unreadable');
	});

	test('one that a newer product made says which', async () => {
		const newer = [firstLine, encodeFrame('H', { format: 2, product: '3.1.4', shape: 'unknown' }), Buffer.from('Q....')];
		expect(await check(await seal(newer))).toMatchObject({ ok: false, problem: { code: 'newer_format', values: { product: '3.1.4' } } });
	});

	test('another key does not open it, and what is no key is refused without being repeated', async () => {
		const file = await seal(whole());
		const other = await makeBackupKey('x25519');
		expect(await verifyBackup(file, [other.identity])).toMatchObject({ ok: false, problem: { code: 'wrong_key' } });
		expect((await verifyBackup(file, [other.identity, key.identity])).ok).toBe(true);
		const nonsense = await verifyBackup(file, ['AGE-SECRET-KEY-1QQQQ']);
		expect(nonsense).toMatchObject({ ok: false, problem: { code: 'bad_identity' } });
		expect(JSON.stringify(nonsense)).not.toContain('QQQQ');
	});
});
