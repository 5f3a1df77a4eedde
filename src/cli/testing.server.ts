import { fork, spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DatabaseUrls } from '#foundation/database/urls.ts';

const program = fileURLToPath(new URL('loopplank.ts', import.meta.url));
const manyCommands = fileURLToPath(new URL('many-commands.ts', import.meta.url));

/** What a command answered. */
export interface Ran {
	readonly code: number | null;
	readonly signal: NodeJS.Signals | null;
	readonly out: string;
	readonly err: string;
}

/** Settings of the person who runs the tests are theirs; a command in a test gets only its own. */
const bare = (): NodeJS.ProcessEnv => {
	const { PATH, HOME, TMPDIR, LOOPPLANK_POSTGRES_BIN, SystemRoot } = process.env;
	return { PATH, HOME, TMPDIR, LOOPPLANK_POSTGRES_BIN, SystemRoot, LANG: 'C.UTF-8' };
};

/** The variables that name a server of one's own. */
export const serverSettings = (urls: DatabaseUrls): NodeJS.ProcessEnv => ({
	DATABASE_URL: urls.app,
	DATABASE_JOBS_URL: urls.jobs,
	DATABASE_IDENTITY_URL: urls.identity,
	DATABASE_OWNER_URL: urls.owner
});

/** Starts `loopplank` as a process of its own. */
export const startCommand = (words: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcessWithoutNullStreams =>
	spawn(process.execPath, [program, ...words], { env: { ...bare(), ...env } });

/** Waits for a started command. */
export const finishCommand = (child: ChildProcessWithoutNullStreams, input?: string): Promise<Ran> =>
	new Promise((resolve, reject) => {
		let [out, err] = ['', ''];
		child.stdout.on('data', (data: Buffer) => (out += data.toString('utf8')));
		child.stderr.on('data', (data: Buffer) => (err += data.toString('utf8')));
		child.once('error', reject);
		child.once('close', (code, signal) => resolve({ code, signal, out, err }));
		child.stdin.end(input);
	});

/** Runs `loopplank` with these words to its end. */
export const runCommand = (words: readonly string[], env?: NodeJS.ProcessEnv, input?: string): Promise<Ran> =>
	finishCommand(startCommand(words, env), input);

/** One process that runs command after command: starting a process costs ten times what most commands do. */
export interface Commands {
	/** As `runCommand`, after what was asked before. */
	run(words: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ran>;
	/** Ends the process. */
	close(): Promise<void>;
}

/** Opens a process for many commands; close it in `afterAll`. What ends, hangs or dies as a process is shown with `runCommand`. */
export function openCommands(): Commands {
	const child = fork(manyCommands, { env: bare(), execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
	const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	const waiting: { resolve(ran: Ran): void; reject(error: Error): void }[] = [];
	child.on('message', (said: Pick<Ran, 'code' | 'out' | 'err'>) => waiting.shift()?.resolve({ ...said, signal: null }));
	child.once('exit', (code) => {
		for (const { reject } of waiting.splice(0)) reject(new Error(`The process for commands ended with ${code ?? 'a signal'}.`));
	});
	return {
		run: (words, env = {}) =>
			new Promise((resolve, reject) => {
				waiting.push({ resolve, reject });
				child.send({ words, env });
			}),
		async close() {
			if (child.connected) child.disconnect();
			await ended;
		}
	};
}
