import { access, constants, stat } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { readKeyFile } from '../keyring/key-file.server.ts';
import { destroyedPath, existsFile, isMissing, keyPath, openFolderKeyring } from '../keyring/keyring.server.ts';
import { realWorld } from '../world.ts';

export interface KeyCount {
	readonly cases: number;
	/** Cases of which the key is here. */
	readonly here: number;
	/** Cases of which the key was destroyed here, on purpose. */
	readonly destroyed: number;
	/** Cases whose key is nowhere to be found: their words cannot be read. */
	readonly missing: number;
}

/** Holds the cases, projects and pairs in the database against the keys in the keyring. Makes nothing: a keyring that is not there stays so. */
export async function countKeys(owner: pg.ClientBase, keyringFolder: string): Promise<KeyCount> {
	const count = { cases: 0, here: 0, destroyed: 0, missing: 0 };
	const found = await owner.query<{ network_id: string; case_id: string }>('select network_id, case_id from subject');
	for (const { network_id: networkId, case_id: caseId } of found.rows) {
		const file = keyPath(keyringFolder, { networkId, caseId });
		count.cases++;
		if (await existsFile(destroyedPath(file))) count.destroyed++;
		else if (await existsFile(file)) count.here++;
		else count.missing++;
	}
	return count;
}

export type KeyringState = 'absent' | 'open_to_all' | 'not_readable' | 'not_writable' | 'fine';

/** Whether the keyring can be used by this user, and by no other. Makes nothing. */
export async function lookAtKeyring(keyringFolder: string): Promise<KeyringState> {
	try {
		const folder = await stat(keyringFolder);
		if (process.platform !== 'win32' && (folder.mode & 0o007) !== 0) return 'open_to_all';
		await access(keyringFolder, constants.R_OK | constants.X_OK);
	} catch (error) {
		return isMissing(error) ? 'absent' : 'not_readable';
	}
	try {
		if (readKeyFile(path.join(keyringFolder, 'installation.key')) === null) return 'absent';
	} catch {
		return 'not_readable'; // damaged, or closed to this user
	}
	try {
		await access(keyringFolder, constants.W_OK);
	} catch {
		return 'not_writable';
	}
	return 'fine';
}

/** Opens some words taken at random. Answers how many were tried, and how many did not open although their key is there. */
export async function sampleWords(
	owner: pg.ClientBase,
	keyringFolder: string,
	size = 20
): Promise<{ readonly tried: number; readonly closed: number }> {
	const keyring = await openFolderKeyring(keyringFolder, realWorld.random);
	const found = await owner.query<{
		network_id: string;
		case_id: string;
		about_id: string;
		part: string;
		words_id: string;
		ciphertext: Buffer;
	}>(
		`select network_id, case_id, about_id, part, words_id, ciphertext from case_words
		where (network_id, words_id) in (select network_id, words_id from case_words order by random() limit $1)`,
		[size]
	);
	let closed = 0;
	let tried = 0;
	for (const row of found.rows) {
		try {
			const about = { aboutId: row.about_id, part: row.part, wordsId: row.words_id };
			if ((await keyring.openWords({ networkId: row.network_id, caseId: row.case_id }, about, row.ciphertext)) !== null) tried++;
		} catch {
			tried++;
			closed++; // counted; which words it was concerns nobody who runs this
		}
	}
	return { tried, closed };
}
