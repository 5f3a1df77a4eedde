import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createKeyFile, destroyKeyFile, readKeyFile } from './key-file.server.ts';

/** Whose key: one case in one network. */
export interface KeyName {
	readonly networkId: string;
	readonly caseId: string;
}

/** Which words: sealed to their place, so that a ciphertext moved to another row does not open. */
export interface WordsName {
	/** What the words are about: the case, an agreement, an invitation. */
	readonly aboutId: string;
	readonly part: string;
	readonly wordsId: string;
}

/**
 * Keys outside the database, one a case. Words and identity are stored as ciphertext under the key of their case; destroying the key
 * destroys the words everywhere, in backups too. Ids are UUIDs.
 */
export interface Keyring {
	/** Makes the key of a case, on disk when this returns. Throws when the case has or had one. */
	createKey(networkId: string, caseId: string): Promise<void>;
	/** Seals a text. Throws when the case has no key, or the text holds half a surrogate pair. */
	sealWords(key: KeyName, about: WordsName, text: string): Promise<Uint8Array>;
	/** Opens sealed words. Null when the key is gone; throws when the ciphertext was changed or belongs elsewhere. */
	openWords(key: KeyName, about: WordsName, sealed: Uint8Array): Promise<string | null>;
	/** Seals a file, as words are sealed. Throws when the case has no key. */
	sealFile(key: KeyName, about: WordsName, bytes: Uint8Array): Promise<Uint8Array>;
	/** Opens a sealed file. Null when the key is gone; throws when the ciphertext was changed or belongs elsewhere. */
	openFile(key: KeyName, about: WordsName, sealed: Uint8Array): Promise<Uint8Array | null>;
	/** HMAC of words under a key made from the key of their case: it proves them, and without the key nothing can be guessed from it. Null when the key is gone. */
	hashWords(key: KeyName, words: string): Promise<Uint8Array | null>;
	/** Destroys the key of a case for good. It can be called again after a crash. */
	destroyKey(networkId: string, caseId: string): Promise<void>;
	hasKey(networkId: string, caseId: string): Promise<boolean>;
	/** 32 secret bytes of this installation for one purpose (`[a-z-]+`), the same at every call and in every process. */
	secret(purpose: string): Promise<Uint8Array>;
}

/** Layout of sealed words: this byte, 12 bytes nonce, the ciphertext, 16 bytes tag (AES-256-GCM). */
const sealVersion = 1;
const nonceSize = 12;
const tagSize = 16;

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * A keyring of small files in a folder that all processes share: `<network>/<end of id>/<case>.key`. The file is read at every use: a
 * cache would let another process open words after their key was destroyed, and a reading costs as little as looking whether it is there.
 * @param folder made when it is not there, with access for this user alone; refused when everyone on the machine may enter
 * @param random gives that many random bytes, fit for keys
 */
export async function openFolderKeyring(folder: string, random: (size: number) => Uint8Array): Promise<Keyring> {
	const master = join(folder, 'installation.key');
	await refuseOpenFolder(folder);
	const readMaster = async (): Promise<Uint8Array> => {
		const found = readKeyFile(master);
		if (found) return found;
		// Two processes may start at once: one makes it, both read what was made.
		await createKeyFile(master, random(32), random);
		const made = readKeyFile(master);
		if (!made) throw new Error('the secret of this installation was made and is gone again');
		return made;
	};
	await readMaster();

	const sealFile = async (key: KeyName, about: WordsName, bytes: Uint8Array): Promise<Uint8Array> => {
		const secret = readKeyFile(keyPath(folder, key));
		if (!secret) throw new Error(`case ${key.caseId} has no key`);
		const nonce = random(nonceSize);
		const cipher = createCipheriv('aes-256-gcm', secret, nonce, { authTagLength: tagSize });
		cipher.setAAD(placeOf(key, about));
		return Buffer.concat([Uint8Array.of(sealVersion), nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
	};
	const openFile = async (key: KeyName, about: WordsName, sealed: Uint8Array): Promise<Uint8Array | null> => {
		const secret = readKeyFile(keyPath(folder, key));
		if (!secret) return null;
		if (sealed[0] !== sealVersion || sealed.length < 1 + nonceSize + tagSize)
			throw new Error('these sealed words have no form that is known here');
		const decipher = createDecipheriv('aes-256-gcm', secret, sealed.subarray(1, 1 + nonceSize), { authTagLength: tagSize });
		decipher.setAAD(placeOf(key, about));
		decipher.setAuthTag(sealed.subarray(sealed.length - tagSize));
		const opened = decipher.update(sealed.subarray(1 + nonceSize, sealed.length - tagSize));
		try {
			return Buffer.concat([opened, decipher.final()]);
		} catch (cause) {
			throw new Error(`sealed words ${about.wordsId} were changed, or belong elsewhere`, { cause });
		}
	};

	return {
		async createKey(networkId, caseId) {
			const path = keyPath(folder, { networkId, caseId });
			if ((await existsFile(destroyedPath(path))) || !(await createKeyFile(path, random(32), random))) {
				throw new Error(`case ${caseId} has or had a key already`);
			}
		},

		sealFile,
		openFile,

		async sealWords(key, about, text) {
			if (/\p{Cs}/u.test(text)) throw new RangeError('a text with half a surrogate pair cannot be stored as it is');
			return sealFile(key, about, Buffer.from(text, 'utf8'));
		},

		async openWords(key, about, sealed) {
			const opened = await openFile(key, about, sealed);
			return opened && Buffer.from(opened).toString('utf8');
		},

		async hashWords(key, words) {
			const secret = readKeyFile(keyPath(folder, key));
			if (!secret) return null;
			return createHmac('sha256', new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), 'loopplank words hash', 32)))
				.update(words, 'utf8')
				.digest();
		},

		async destroyKey(networkId, caseId) {
			const path = keyPath(folder, { networkId, caseId });
			await destroyKeyFile(path, destroyedPath(path), random);
		},

		hasKey: async (networkId, caseId) => readKeyFile(keyPath(folder, { networkId, caseId })) !== null,

		async secret(purpose) {
			if (!/^[a-z-]+$/.test(purpose)) throw new RangeError(`not the name of a purpose: ${purpose}`);
			return new Uint8Array(hkdfSync('sha256', await readMaster(), new Uint8Array(), `loopplank ${purpose}`, 32));
		}
	};
}

/** UUIDv7 begin with the time; their ends are random and spread evenly over 4096 folders. */
export function keyPath(folder: string, { networkId, caseId }: KeyName): string {
	for (const id of [networkId, caseId]) if (!uuidPattern.test(id)) throw new RangeError(`not an id: ${id}`);
	return join(folder, networkId, caseId.slice(-3), `${caseId}.key`);
}

/** A mark without content: this case had a key and may never have one again, not from a copy either. */
export const destroyedPath = (path: string): string => path.replace(/\.key$/, '.destroyed');

/** Everything that says where the words belong; as JSON no two places give the same bytes. */
const placeOf = (key: KeyName, about: WordsName): Uint8Array =>
	Buffer.from(JSON.stringify(['words', sealVersion, key.networkId, key.caseId, about.aboutId, about.part, about.wordsId]));

export async function existsFile(path: string): Promise<boolean> {
	return (await statOrNull(path)) !== null;
}

async function refuseOpenFolder(folder: string): Promise<void> {
	const found = await statOrNull(folder);
	if (found && process.platform !== 'win32' && (found.mode & 0o007) !== 0) {
		throw new Error(`the keyring folder ${folder} is open to everyone on this machine; close it with: chmod o-rwx ${folder}`);
	}
}

async function statOrNull(path: string) {
	try {
		return await stat(path);
	} catch (error) {
		if (isMissing(error)) return null;
		throw error;
	}
}

export const isMissing = (error: unknown): boolean =>
	error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
