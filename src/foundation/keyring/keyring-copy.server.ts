import { Decrypter, Encrypter } from 'age-encryption';
import { readdir, readFile, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { createKeyFile, makeFolder, readKeyFile, syncFolder, writeSynced } from './key-file.server.ts';
import { destroyedPath, existsFile, isMissing, keyPath } from './keyring.server.ts';

/** How long a copy of the keys may live, in days: a key that was destroyed lives on in copies until then, and no longer. */
export const copyDays = 7;
const copyMs = copyDays * 86_400_000;

const copyName = /^keyring-(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})Z\.age$/;

export interface KeyringCopy {
	/** The file that was made. */
	readonly file: string;
	readonly keys: number;
	/** Older copies in the same folder that were taken away. */
	readonly pruned: readonly string[];
}

/**
 * Copies all keys to one file, encrypted with age, and takes away copies in that folder of more than 7 days old. The file is whole or not there.
 * @param recipient `age1…`, of which the identity is kept elsewhere
 */
export async function copyKeyring(folder: string, to: string, recipient: string, now: Date): Promise<KeyringCopy> {
	const lines = [`loopplank keyring 1 ${now.toISOString()}`];
	const master = readKeyFile(join(folder, 'installation.key'));
	if (master) lines.push(`installation ${encode(master)}`);
	let keys = 0;
	for await (const { networkId, caseId, destroyed } of listKeys(folder)) {
		const key = destroyed ? null : readKeyFile(keyPath(folder, { networkId, caseId }));
		if (key) keys++;
		lines.push(key ? `key ${networkId} ${caseId} ${encode(key)}` : `destroyed ${networkId} ${caseId}`);
	}
	const encrypter = new Encrypter();
	encrypter.addRecipient(recipient);
	const bytes = await encrypter.encrypt(lines.join('\n') + '\n');
	await makeFolder(to);
	const file = join(to, `keyring-${now.toISOString().slice(0, 19).replaceAll(':', '-')}Z.age`);
	const draft = `${file}.${process.pid}.new`;
	await writeSynced(draft, bytes);
	await rename(draft, file);
	await syncFolder(to);
	return { file, keys, pruned: await pruneCopies(to, now) };
}

/** Takes away copies of the keyring of more than 7 days old; other files in the folder stay. */
export async function pruneCopies(folder: string, now: Date): Promise<string[]> {
	const pruned: string[] = [];
	for (const name of await readdir(folder)) {
		const match = copyName.exec(name);
		if (!match || now.getTime() - Date.parse(`${match[1]}T${match[2]}:${match[3]}:${match[4]}Z`) <= copyMs) continue;
		await unlink(join(folder, name));
		pruned.push(name);
	}
	if (pruned.length > 0) await syncFolder(folder);
	return pruned;
}

/** Why a copy was not restored. Sentences under `keyring.<code>`. */
export type KeyringCopyCode = 'not_a_copy' | 'wrong_key' | 'too_old' | 'other_key';

/** An expected refusal of `restoreKeyring`. */
export class KeyringCopyError extends Error {
	readonly code: KeyringCopyCode;
	constructor(code: KeyringCopyCode, message: string, cause?: unknown) {
		super(message, cause === undefined ? undefined : { cause });
		this.name = 'KeyringCopyError';
		this.code = code;
	}
}

export interface RestoredKeys {
	readonly restored: number;
	/** Keys that stood there already, the same. */
	readonly kept: number;
	/** Keys in the copy that were destroyed here since; they stay destroyed. */
	readonly destroyed: number;
}

/**
 * Puts the keys of a copy in a keyring folder. What is there stays; what was destroyed there is not brought back.
 * @param identity `AGE-SECRET-KEY-1…`
 * @throws KeyringCopyError when the copy is more than 7 days old, is no copy of a keyring, or holds another key for a case that has one
 */
export async function restoreKeyring(
	file: string,
	folder: string,
	identity: string,
	now: Date,
	random: (size: number) => Uint8Array
): Promise<RestoredKeys> {
	const decrypter = new Decrypter();
	decrypter.addIdentity(identity);
	const lines = (await open(decrypter, file)).trimEnd().split('\n');
	const takenAt = Date.parse(/^loopplank keyring 1 (\S+)$/.exec(lines[0] ?? '')?.[1] ?? '');
	if (Number.isNaN(takenAt)) throw new KeyringCopyError('not_a_copy', `${file} is no copy of a keyring`);
	if (now.getTime() - takenAt > copyMs) {
		throw new KeyringCopyError(
			'too_old',
			`this copy of the keyring is more than ${copyDays} days old; keys in it may have been destroyed since, so it is not restored`
		);
	}
	const count = { restored: 0, kept: 0, destroyed: 0 };
	const put = async (path: string, key: Uint8Array) => {
		if (await createKeyFile(path, key, random)) count.restored++;
		else if (Buffer.from(readKeyFile(path) ?? []).equals(key)) count.kept++;
		else throw new KeyringCopyError('other_key', 'this keyring holds another key of the same name than the copy; it is not changed');
	};
	for (const line of lines.slice(1)) {
		const [kind, first = '', second = '', third = ''] = line.split(' ');
		if (kind === 'installation') await put(join(folder, 'installation.key'), decode(first));
		else if (kind === 'key' || kind === 'destroyed') {
			const path = keyPath(folder, { networkId: first, caseId: second });
			const mark = destroyedPath(path);
			if (await existsFile(mark)) count.destroyed++;
			else if (kind === 'key') await put(path, decode(third));
			else if (!(await existsFile(path))) {
				await makeFolder(join(path, '..'));
				await writeSynced(mark, new Uint8Array());
				count.destroyed++;
			}
		} else throw new Error(`${file} holds a line of a kind that is not known here: ${kind}`);
	}
	return count;
}

async function open(decrypter: Decrypter, file: string): Promise<string> {
	const bytes = await readFile(file);
	try {
		return await decrypter.decrypt(bytes, 'text');
	} catch (error) {
		// age has no codes; these are its words for a file that is whole but for someone else.
		if (error instanceof Error && error.message.startsWith('no identity matched'))
			throw new KeyringCopyError('wrong_key', `${file} was made for another key`, error);
		throw new KeyringCopyError('not_a_copy', `${file} is no copy of a keyring, or is damaged`, error);
	}
}

/** Every case that has or had a key. */
async function* listKeys(folder: string): AsyncGenerator<{ networkId: string; caseId: string; destroyed: boolean }> {
	for (const networkId of await listFolder(folder)) {
		if (networkId.endsWith('.key') || networkId.endsWith('.new')) continue;
		for (const end of await listFolder(join(folder, networkId))) {
			const names = new Set(await listFolder(join(folder, networkId, end)));
			for (const name of names) {
				const [, caseId, kind] = /^([0-9a-f-]{36})\.(key|destroyed)$/.exec(name) ?? [];
				if (caseId === undefined || (kind === 'key' && names.has(`${caseId}.destroyed`))) continue;
				yield { networkId, caseId, destroyed: kind === 'destroyed' };
			}
		}
	}
}

async function listFolder(folder: string): Promise<string[]> {
	try {
		return (await readdir(folder)).sort();
	} catch (error) {
		if (isMissing(error)) return [];
		throw error;
	}
}

const encode = (key: Uint8Array): string => Buffer.from(key).toString('base64');
const decode = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));
