import type { Door } from './database/door.server.ts';
import type { Identity } from './identity/identity.server.ts';
import type { Keyring } from './keyring/keyring.server.ts';
import type { Live } from './live/live.server.ts';

/** The moment, ids and randomness are arguments: a test gives its own, the product the real ones. */
export interface World {
	/** The moment, with milliseconds, UTC. */
	now(): Date;
	/** A new UUIDv7 (time-ordered). */
	id(): string;
	/** `size` random bytes, fit for keys. */
	random(size: number): Uint8Array;
}

/** What every act and reading stands on. One a process; holds connections, never state of the product. */
export interface Installation {
	readonly door: Door;
	readonly identity: Identity;
	readonly keyring: Keyring;
	readonly live: Live;
	readonly world: World;
	readonly settings: Settings;
}

export interface Settings {
	/** The address people use, e.g. `https://pot.voorbeeld.nl`, without a slash at the end. */
	readonly origin: string;
	/** True only for `loopplank demo`: shows "sign in as" and the mailbox page. */
	readonly demo: boolean;
	/** Folder for the keyring, the demo's mailbox and, when embedded, the database. */
	readonly dataFolder: string;
}

/** Where a process keeps its installation, so that the built pages (with their own copy of the modules) find it. */
export const installationKey = Symbol.for('loopplank.installation');

/** File in the data folder in which the demo keeps the path of a resident's link, for its page "sign in as". */
export const residentOfDemo = 'demo-resident';
