import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { makeFolder } from '../keyring/key-file.server.ts';
import { isMissing } from '../keyring/keyring.server.ts';

/** When the last backup of this installation was made here, for `doctor`. Says nothing of backups that something else makes. */
export interface BackupNote {
	readonly file: string;
	/** ISO 8601, UTC. */
	readonly madeAt: string;
}

const noteSchema = z.object({ file: z.string(), madeAt: z.iso.datetime() });

const noteFile = (dataFolder: string): string => join(dataFolder, 'last-backup.json');

/** Leaves the note in the data folder, whole or not at all. */
export async function noteBackup(dataFolder: string, note: BackupNote): Promise<void> {
	await makeFolder(dataFolder);
	const draft = `${noteFile(dataFolder)}.${process.pid}.new`;
	await writeFile(draft, JSON.stringify(note), { mode: 0o600 });
	await rename(draft, noteFile(dataFolder));
}

/** The last note; null when there is none, or it cannot be read as one. */
export async function findBackupNote(dataFolder: string): Promise<BackupNote | null> {
	let text: string;
	try {
		text = await readFile(noteFile(dataFolder), 'utf8');
	} catch (error) {
		if (isMissing(error)) return null;
		throw error;
	}
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch (error) {
		if (error instanceof SyntaxError) return null;
		throw error;
	}
	const note = noteSchema.safeParse(json);
	return note.success ? note.data : null;
}
