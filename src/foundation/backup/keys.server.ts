import { Decrypter, Encrypter, generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { readFile } from 'node:fs/promises';
import { asOutcome, BackupError } from './problem.ts';
import type { BackupOutcome } from './problem.ts';

/** A key pair for backups. Whoever has the identity can read every backup made to the recipient. */
export interface BackupKey {
	/** `AGE-SECRET-KEY-…`: kept away from the machine that makes the backups. */
	readonly identity: string;
	/** `age1…`: all that making a backup needs. */
	readonly recipient: string;
}

/**
 * Makes a key pair. `hybrid` (ML-KEM-768 with X25519) also holds against whoever stores a backup until there is a quantum computer, and is read by
 * age 1.3 and newer; `x25519` is short and read by every age.
 */
export async function makeBackupKey(kind: 'hybrid' | 'x25519'): Promise<BackupKey> {
	const identity = await (kind === 'hybrid' ? generateHybridIdentity() : generateX25519Identity());
	return { identity, recipient: await identityToRecipient(identity) };
}

/** A key file as `age-keygen` writes it. */
export const keyFileText = (key: BackupKey, now: Date): string =>
	`# created: ${now.toISOString()}\n# public key: ${key.recipient}\n${key.identity}\n`;

const lines = (text: string): string[] =>
	text
		.split(/\r?\n/)
		.map((line) => line.trim())
		.filter((line) => line !== '' && !line.startsWith('#'));

/** The identities in a key file. Problems: `unreadable`, `bad_identity`. */
export const listIdentities = (file: string): Promise<BackupOutcome<string[]>> =>
	asOutcome(async () => {
		const identities = lines(await readText(file));
		if (identities.length === 0) throw new BackupError('bad_identity', { file });
		decrypterFor(identities, file);
		return identities;
	});

/** Recipients that were given, and those in a file, one a line. Problems: `no_recipient`, `bad_recipient`, `unreadable`. */
export const listRecipients = (given: readonly string[], file?: string): Promise<BackupOutcome<string[]>> =>
	asOutcome(async () => {
		const recipients = [...given, ...(file === undefined ? [] : lines(await readText(file)))];
		encrypterFor(recipients);
		return recipients;
	});

async function readText(file: string): Promise<string> {
	try {
		return await readFile(file, 'utf8');
	} catch (error) {
		throw new BackupError('unreadable', { file, why: error instanceof Error ? error.message : String(error) }, error);
	}
}

/** Throws `BackupError` `no_recipient` or `bad_recipient`, without repeating what may be a secret. */
export function encrypterFor(recipients: readonly string[]): Encrypter {
	if (recipients.length === 0) throw new BackupError('no_recipient');
	const encrypter = new Encrypter();
	for (const recipient of recipients) {
		try {
			encrypter.addRecipient(recipient);
		} catch (error) {
			throw new BackupError('bad_recipient', { recipient: recipient.startsWith('age1') ? shorten(recipient) : '…' }, error);
		}
	}
	return encrypter;
}

const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 24)}…${text.slice(-8)}` : text);

export function decrypterFor(identities: readonly string[], file: string): Decrypter {
	const decrypter = new Decrypter();
	for (const identity of identities) {
		try {
			decrypter.addIdentity(identity);
		} catch (error) {
			throw new BackupError('bad_identity', { file }, error);
		}
	}
	return decrypter;
}
