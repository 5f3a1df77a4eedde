import { fork } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { v7 } from 'uuid';
import { createKeyFile } from './key-file.server.ts';
import { keyPath, openFolderKeyring } from './keyring.server.ts';
import type { Keyring } from './keyring.server.ts';

let folder: string;
let keyring: Keyring;
const networkId = v7();

beforeAll(async () => {
	folder = join(await mkdtemp(join(tmpdir(), 'keyring-')), 'keys');
	keyring = await openFolderKeyring(folder, randomBytes);
});
afterAll(() => rm(dirname(folder), { recursive: true }));

async function newCase() {
	const key = { networkId, caseId: v7() };
	await keyring.createKey(key.networkId, key.caseId);
	return { key, about: { aboutId: key.caseId, part: 'stuck', wordsId: v7() } };
}

describe('words', () => {
	test('come out as they went in', async () => {
		const { key, about } = await newCase();
		for (const text of ['', 'De huur staat open.', '<b>👩‍👧</b>\r\n\u202eوصل', 'x'.repeat(100_000)]) {
			const sealed = await keyring.sealWords(key, about, text);
			expect(await keyring.openWords(key, about, sealed)).toBe(text);
			if (text) expect(Buffer.from(sealed).includes(text)).toBe(false);
		}
		const twice = [await keyring.sealWords(key, about, 'a'), await keyring.sealWords(key, about, 'a')];
		expect(twice[0]).not.toEqual(twice[1]);
		await expect(keyring.sealWords(key, about, 'half \ud83d')).rejects.toThrow('surrogate');
	});

	test('and files too, byte for byte', async () => {
		const { key, about } = await newCase();
		const bytes = randomBytes(300_000);
		const sealed = await keyring.sealFile(key, about, bytes);
		expect(Buffer.from((await keyring.openFile(key, about, sealed)) ?? []).equals(bytes)).toBe(true);
		await expect(keyring.openFile(key, { ...about, part: 'other' }, sealed)).rejects.toThrow();
		await keyring.destroyKey(key.networkId, key.caseId);
		expect(await keyring.openFile(key, about, sealed)).toBeNull();
	});

	test('do not open when one bit is changed, wherever', async () => {
		const { key, about } = await newCase();
		const sealed = await keyring.sealWords(key, about, 'De huur staat open.');
		for (let i = 0; i < sealed.length; i++) {
			const changed = Uint8Array.from(sealed);
			changed[i] = (changed[i] ?? 0) ^ 1;
			await expect(keyring.openWords(key, about, changed), `byte ${i}`).rejects.toThrow();
		}
		for (const length of [0, 1, 28, sealed.length - 1])
			await expect(keyring.openWords(key, about, sealed.subarray(0, length))).rejects.toThrow();
	});

	test('open only in their own place', async () => {
		const { key, about } = await newCase();
		const other = await newCase();
		const sealed = await keyring.sealWords(key, about, 'De huur staat open.');
		const places = [
			[other.key, about],
			[key, { ...about, aboutId: v7() }],
			[key, { ...about, part: 'goal' }],
			[key, { ...about, wordsId: v7() }]
		] as const;
		for (const [otherKey, otherAbout] of places)
			await expect(keyring.openWords(otherKey, otherAbout, sealed)).rejects.toThrow('belong elsewhere');
	});
});

describe('a key', () => {
	test('is a file for this user alone, whole, without drafts beside it', async () => {
		const { key } = await newCase();
		const path = keyPath(folder, key);
		if (process.platform !== 'win32') {
			expect((await stat(path)).mode & 0o777).toBe(0o600);
			expect((await stat(folder)).mode & 0o777).toBe(0o700);
		}
		expect((await readFile(path)).length).toBe(41);
		expect((await readdir(dirname(path))).filter((name) => name.endsWith('.new'))).toEqual([]);
	});

	test('that is destroyed is gone for every process, and never made again', async () => {
		const { key, about } = await newCase();
		const sealed = await keyring.sealWords(key, about, 'De huur staat open.');
		const elsewhere = await openFolderKeyring(folder, randomBytes);
		expect(await elsewhere.openWords(key, about, sealed)).toBe('De huur staat open.');
		await keyring.destroyKey(key.networkId, key.caseId);
		expect(await elsewhere.openWords(key, about, sealed)).toBeNull();
		expect(await elsewhere.hasKey(key.networkId, key.caseId)).toBe(false);
		await expect(elsewhere.sealWords(key, about, 'meer')).rejects.toThrow('no key');
		await expect(elsewhere.createKey(key.networkId, key.caseId)).rejects.toThrow('had a key');
		await elsewhere.destroyKey(key.networkId, key.caseId);
	});

	test('half made by a crash is no key, and its draft goes with the key', async () => {
		const key = { networkId, caseId: v7() };
		const path = keyPath(folder, key);
		await keyring.destroyKey(networkId, v7());
		await createKeyFile(path, randomBytes(32), randomBytes);
		await rm(path);
		await writeFile(`${path}.0011223344556677.new`, randomBytes(20));
		expect(await keyring.hasKey(networkId, key.caseId)).toBe(false);
		await keyring.createKey(networkId, key.caseId);
		await keyring.destroyKey(networkId, key.caseId);
		expect((await readdir(dirname(path))).filter((name) => name.startsWith(key.caseId))).toEqual([`${key.caseId}.destroyed`]);
	});

	test('that is damaged is said to be so, not taken for destroyed', async () => {
		const { key, about } = await newCase();
		const sealed = await keyring.sealWords(key, about, 'a');
		await writeFile(keyPath(folder, key), randomBytes(41));
		await expect(keyring.openWords(key, about, sealed)).rejects.toThrow('damaged');
	});

	test('has a name that cannot leave the folder', async () => {
		await expect(keyring.createKey(networkId, '../../etc/passwd')).rejects.toThrow(RangeError);
		await expect(keyring.hasKey('..', v7())).rejects.toThrow(RangeError);
	});

	test('is whole or not there when its maker is killed', async () => {
		const killed = join(folder, '..', 'killed');
		const script = join(folder, '..', 'kill.mjs');
		await writeFile(
			script,
			`import { randomBytes } from 'node:crypto';
			import { openFolderKeyring } from ${JSON.stringify(new URL('./keyring.server.ts', import.meta.url).href)};
			const keyring = await openFolderKeyring(process.argv[2], randomBytes);
			for (let i = 0; ; i++) {
				await keyring.createKey(process.argv[3], '00000000-0000-7000-8000-' + String(i).padStart(12, '0'));
				if (i === 10) process.send('under way');
			}`
		);
		const child = fork(script, [killed, networkId], { execArgv: [] });
		await once(child, 'message');
		await new Promise((resolve) => setTimeout(resolve, 50));
		child.kill('SIGKILL');
		await once(child, 'exit');
		const again = await openFolderKeyring(killed, randomBytes);
		const files = (await readdir(killed, { recursive: true })).filter((name) => name.endsWith('.key') && name.includes('-8000-'));
		expect(files.length).toBeGreaterThan(10);
		for (const name of files) expect(await again.hasKey(networkId, basename(name, '.key')), name).toBe(true);
	});

	test('is made by one of two processes that try at once', async () => {
		const caseIds = Array.from({ length: 40 }, () => v7());
		const script = join(folder, '..', 'create.mjs');
		await writeFile(
			script,
			`import { randomBytes } from 'node:crypto';
			import { openFolderKeyring } from ${JSON.stringify(new URL('./keyring.server.ts', import.meta.url).href)};
			const [, , folder, networkId, ...caseIds] = process.argv;
			const keyring = await openFolderKeyring(folder, randomBytes);
			process.send('ready');
			process.once('message', async () => {
				const made = [];
				for (const caseId of caseIds) await keyring.createKey(networkId, caseId).then(() => made.push(caseId), (error) => { if (!/has or had a key/.test(error.message)) throw error; });
				process.send(made, () => process.disconnect());
			});`
		);
		const children = [1, 2].map(() => fork(script, [folder, networkId, ...caseIds], { execArgv: [] }));
		await Promise.all(children.map((child) => once(child, 'message')));
		const made = Promise.all(children.map(async (child) => (await once(child, 'message'))[0] as string[]));
		for (const child of children) child.send('go');
		const [first = [], second = []] = await made;
		await Promise.all(children.map(async (child) => child.exitCode ?? (await once(child, 'exit'))));
		expect([...first, ...second].toSorted()).toEqual(caseIds.toSorted());
		for (const caseId of caseIds) expect(await keyring.hasKey(networkId, caseId)).toBe(true);
	});
});

test('a secret is the same in every process, another for every purpose', async () => {
	const elsewhere = await openFolderKeyring(folder, randomBytes);
	const secret = await keyring.secret('link-token');
	expect(secret.length).toBe(32);
	expect(await elsewhere.secret('link-token')).toEqual(secret);
	expect(await keyring.secret('command-key')).not.toEqual(secret);
	await expect(keyring.secret('../x')).rejects.toThrow(RangeError);
});

test.skipIf(process.platform === 'win32')('a folder that everyone may enter is refused', async () => {
	const open = await mkdtemp(join(tmpdir(), 'keyring-open-'));
	try {
		await chmod(open, 0o755);
		await expect(openFolderKeyring(open, randomBytes)).rejects.toThrow('chmod o-rwx');
	} finally {
		await rm(open, { recursive: true });
	}
});
