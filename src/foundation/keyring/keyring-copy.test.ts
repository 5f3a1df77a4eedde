import { generateIdentity, identityToRecipient } from 'age-encryption';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { v7 } from 'uuid';
import { copyKeyring, restoreKeyring } from './keyring-copy.server.ts';
import { openFolderKeyring } from './keyring.server.ts';

const day = 86_400_000;
const now = new Date('2026-11-23T10:00:00Z');
const networkId = v7();
let root: string;
let identity: string;
let recipient: string;

beforeAll(async () => {
	root = await mkdtemp(join(tmpdir(), 'keyring-copy-'));
	identity = await generateIdentity();
	recipient = await identityToRecipient(identity);
});
afterAll(() => rm(root, { recursive: true }));

async function newKeyring(name: string, cases: readonly string[]) {
	const folder = join(root, name);
	const keyring = await openFolderKeyring(folder, randomBytes);
	for (const caseId of cases) await keyring.createKey(networkId, caseId);
	return { folder, keyring };
}
const about = { aboutId: v7(), part: 'stuck', wordsId: v7() };

test('a copy restores into an empty folder, words open again', async () => {
	const [first, second] = [v7(), v7()];
	const { folder, keyring } = await newKeyring('one', [first, second]);
	const sealed = await keyring.sealWords({ networkId, caseId: first }, about, 'De huur staat open.');
	await keyring.destroyKey(networkId, second);
	const copy = await copyKeyring(folder, join(root, 'copies-one'), recipient, now);
	expect(copy.keys).toBe(1);
	expect((await readFile(copy.file)).includes(first)).toBe(false);

	const empty = join(root, 'one-again');
	expect(await restoreKeyring(copy.file, empty, identity, new Date(now.getTime() + 7 * day), randomBytes)).toEqual({
		restored: 2,
		kept: 0,
		destroyed: 1
	});
	const again = await openFolderKeyring(empty, randomBytes);
	expect(await again.openWords({ networkId, caseId: first }, about, sealed)).toBe('De huur staat open.');
	expect(await again.secret('link-token')).toEqual(await keyring.secret('link-token'));
	await expect(again.createKey(networkId, second)).rejects.toThrow('had a key');
	expect(await restoreKeyring(copy.file, empty, identity, now, randomBytes)).toEqual({ restored: 0, kept: 2, destroyed: 1 });
});

test('a key that was destroyed since the copy stays destroyed', async () => {
	const caseId = v7();
	const { folder, keyring } = await newKeyring('two', [caseId]);
	const copy = await copyKeyring(folder, join(root, 'copies-two'), recipient, now);
	await keyring.destroyKey(networkId, caseId);
	expect(await restoreKeyring(copy.file, folder, identity, now, randomBytes)).toEqual({ restored: 0, kept: 1, destroyed: 1 });
	expect(await keyring.hasKey(networkId, caseId)).toBe(false);
});

test('a copy of more than 7 days old is taken away, and refused when kept elsewhere', async () => {
	const { folder } = await newKeyring('three', [v7()]);
	const to = join(root, 'copies-three');
	const old = await copyKeyring(folder, to, recipient, now);
	const kept = join(root, 'kept-elsewhere.age');
	await writeFile(kept, await readFile(old.file));
	await writeFile(join(to, 'other.txt'), '');
	const later = new Date(now.getTime() + 7 * day + 1000);
	const copy = await copyKeyring(folder, to, recipient, later);
	expect(copy.pruned).toEqual(['keyring-2026-11-23T10-00-00Z.age']);
	expect((await readdir(to)).sort()).toEqual(['keyring-2026-11-30T10-00-01Z.age', 'other.txt']);
	await expect(restoreKeyring(kept, join(root, 'three-again'), identity, later, randomBytes)).rejects.toThrow('more than 7 days old');
});

test('a changed copy, another identity and another keyring are refused', async () => {
	const caseId = v7();
	const { folder } = await newKeyring('four', [caseId]);
	const copy = await copyKeyring(folder, join(root, 'copies-four'), recipient, now);
	const bytes = await readFile(copy.file);
	bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
	const changed = join(root, 'changed.age');
	await writeFile(changed, bytes);
	const target = join(root, 'four-again');
	await expect(restoreKeyring(changed, target, identity, now, randomBytes)).rejects.toThrow();
	await expect(restoreKeyring(copy.file, target, await generateIdentity(), now, randomBytes)).rejects.toThrow();
	expect(await readdir(root)).not.toContain('four-again');
	const { folder: other } = await newKeyring('other', [caseId]);
	await expect(restoreKeyring(copy.file, other, identity, now, randomBytes)).rejects.toThrow('another key');
});
