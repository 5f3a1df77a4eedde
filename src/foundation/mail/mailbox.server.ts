import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { World } from '../installation.ts';
import { say } from '../text/say.server.ts';
import { isPlainAddress, PostFailure } from './letter.ts';
import type { Post } from './letter.ts';

/** A letter as it lies in the demo's mailbox. */
export interface MailboxLetter {
	readonly id: string;
	/** Moment, ISO 8601 in UTC. */
	readonly at: string;
	readonly to: string;
	readonly locale: string;
	readonly subject: string;
	readonly text: string;
}

/** Letters that are kept; older ones go. */
const keptLetters = 200;

const fileName = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.json$/;

const mailboxFolder = (dataFolder: string): string => join(dataFolder, 'mailbox');

/** The demo's post: every letter becomes a file, nothing leaves the machine. */
export function openMailbox(dataFolder: string, world: Pick<World, 'now'>): Post {
	const folder = mailboxFolder(dataFolder);
	return {
		async send(letter, id) {
			if (!isPlainAddress(letter.to)) throw new PostFailure('mail_address_malformed', true);
			const name = `${id}.json`;
			if (!fileName.test(name)) throw new RangeError('The id of a letter is a UUID.');
			await mkdir(folder, { recursive: true, mode: 0o700 });
			const names = await letterNames(folder);
			if (names.includes(name)) return;
			const { to, locale, text } = letter;
			const content: MailboxLetter = { id, at: world.now().toISOString(), to, locale, subject: say(locale, letter.subject), text };
			// Written beside it and renamed: a reader sees a whole letter or none.
			await writeFile(join(folder, `${name}.new`), JSON.stringify(content), { mode: 0o600 });
			await rename(join(folder, `${name}.new`), join(folder, name));
			if (names.length < keptLetters) return;
			for (const old of (await listMailbox(dataFolder)).slice(keptLetters)) await rm(join(folder, `${old.id}.json`), { force: true });
		}
	};
}

/** The letters in the demo's mailbox, newest first. */
export async function listMailbox(dataFolder: string): Promise<readonly MailboxLetter[]> {
	const folder = mailboxFolder(dataFolder);
	const letters = await Promise.all((await letterNames(folder)).map((name) => readLetter(join(folder, name))));
	return letters.filter((letter) => letter !== null).toSorted((a, b) => (a.at === b.at ? (a.id < b.id ? 1 : -1) : a.at < b.at ? 1 : -1));
}

const letterNames = async (folder: string): Promise<readonly string[]> => {
	try {
		return (await readdir(folder)).filter((name) => fileName.test(name));
	} catch (error) {
		if (isMissing(error)) return [];
		throw error;
	}
};

const readLetter = async (file: string): Promise<MailboxLetter | null> => {
	try {
		return JSON.parse(await readFile(file, 'utf8')) as MailboxLetter;
	} catch (error) {
		// Removed by the one who writes, between listing and reading.
		if (isMissing(error)) return null;
		throw error;
	}
};

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';
