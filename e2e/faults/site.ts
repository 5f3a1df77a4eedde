import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

const program = path.resolve(import.meta.dirname, '../../src/cli/loopplank.ts');
const startSeconds = 30;

/** Settings of a server elsewhere have no business here: the harness kills what it uses. */
export const ownEnvironment = (): NodeJS.ProcessEnv =>
	Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:DATABASE_|LOOPPLANK_DATA|SMTP_|MAIL_|ORIGIN$)/.test(name)));

/** One data folder and the server that stands on it now. Clients ask for `address` before every request and wait for it when it is away. */
export class Site {
	readonly folder: string;
	readonly #settings: Readonly<Record<string, string>>;
	readonly #say: string[] = [];
	#listening = Promise.withResolvers<string>();
	#child: ChildProcess | undefined;
	/** The server process that we ended ourselves: that it is gone is no news. */
	#ended: ChildProcess | undefined;

	/** @param settings of the server, e.g. where its letters go */
	constructor(folder: string, settings: Readonly<Record<string, string>> = {}) {
		this.folder = realpathSync(folder);
		this.#settings = settings;
	}

	/** Where the server listens, without a slash at the end, once it does. Rejects when it ended by itself. */
	address(): Promise<string> {
		return this.#listening.promise;
	}

	/** What servers said on their error output, newest last. */
	said(): string {
		return this.#say.slice(-20).join('\n');
	}

	/** Starts a server; `address` tells when it listens. */
	start(): void {
		const child = spawn(process.execPath, [program, '--data', this.folder, 'serve', '--port', '0'], {
			// These colleagues act without thinking or typing.
			env: { ...ownEnvironment(), LOOPPLANK_ACTS_PER_MINUTE: '1000000', ...this.#settings },
			stdio: ['ignore', 'pipe', 'pipe']
		});
		this.#child = child;
		const listening = this.#listening;
		// Whoever asks for the address hears of it; nobody may be asking just now.
		listening.promise.catch(() => undefined);
		createInterface({ input: child.stderr }).on('line', (line) => {
			// Nobody gave the harness a mail server; that letters wait is as it should be.
			if (!line.includes('mail_not_configured')) this.#say.push(line);
		});
		const timer = setTimeout(
			() => listening.reject(new Error(`The server did not listen within ${startSeconds} s.\n${this.said()}`)),
			startSeconds * 1000
		);
		let out = '';
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			out += text;
			const address = /http:\/\/localhost:\d+/.exec(out)?.[0];
			if (address === undefined) return;
			clearTimeout(timer);
			listening.resolve(address);
		});
		child.once('exit', (code, signal) => {
			clearTimeout(timer);
			if (this.#ended === child) return;
			const gone = Promise.withResolvers<string>();
			gone.promise.catch(() => undefined);
			gone.reject(new Error(`The server ended by itself (${code ?? signal}).\n${this.said()}`));
			listening.reject(new Error(`The server ended before it listened (${code ?? signal}).\n${this.said()}`));
			this.#listening = gone;
		});
	}

	/** Ends our own server process at once, also while it is starting, and waits until it is gone. */
	async killServer(): Promise<void> {
		await this.#end('SIGKILL');
	}

	/** Asks the server to stop, and waits. */
	async stop(): Promise<void> {
		await this.#end('SIGTERM');
	}

	async #end(signal: NodeJS.Signals): Promise<void> {
		const child = this.#child;
		if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
		this.#ended = child;
		// Those who wait already go on waiting for the same promise: a server that comes later keeps it.
		if (await isSettled(this.#listening.promise)) this.#listening = Promise.withResolvers();
		const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
		child.kill(signal);
		await gone;
	}

	/** Ends the database that our server started, at once. False when it is not running. */
	killDatabase(): boolean {
		const pid = this.#databasePid();
		if (pid === null) return false;
		try {
			process.kill(pid, 'SIGKILL');
			return true;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
			throw error;
		}
	}

	/** The postmaster's id, only when it is the server of our folder. */
	#databasePid(): number | null {
		try {
			const [pid = '', folder = ''] = readFileSync(path.join(this.folder, 'database/cluster/postmaster.pid'), 'utf8').split('\n');
			if (realpathSync(folder) !== path.join(this.folder, 'database/cluster')) return null;
			// A number left behind by a dead server may by now be someone else's.
			if (process.platform === 'linux' && !readFileSync(`/proc/${Number(pid)}/cmdline`, 'utf8').includes('postgres')) return null;
			return Number(pid);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
			throw error;
		}
	}
}

async function isSettled(promise: Promise<unknown>): Promise<boolean> {
	const pending = Symbol('pending');
	return (await Promise.race([promise, Promise.resolve(pending)]).catch(() => null)) !== pending;
}
