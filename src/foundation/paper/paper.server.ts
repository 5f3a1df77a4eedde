import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Outcome } from '#foundation/outcome.ts';
import type { Paper } from './paper.ts';
import type { PaperAnswer, PaperTask } from './paper-process.server.ts';
import { typesetterPackage } from './typesetter.server.ts';

export interface PaperMaker {
	/** Sets one paper as PDF/UA-1. Refuses where the platform has no typesetter, and when this one could not be made now. */
	make(paper: Paper, madeAt: Date): Promise<Outcome<Uint8Array>>;
	/** Ends its process, when it has one. */
	end(): Promise<void>;
}

export interface PaperMakerSettings {
	readonly typesetter: string;
	/** Milliseconds that one paper may take. */
	readonly patience: number;
	/** Milliseconds without a paper after which the process ends. */
	readonly idle: number;
	/** Papers that may wait for the one that is made. */
	readonly mostWaiting: number;
}

const ordinary: PaperMakerSettings = { typesetter: typesetterPackage, patience: 20_000, idle: 5 * 60_000, mostWaiting: 12 };

const refused = (code: 'papers_unavailable' | 'paper_failed'): Outcome<never> => ({ ok: false, refusal: { code } });

/** The program of the process stands in the source, also when this module was built into the pages. */
const findProgram = (): string => {
	const place = 'src/foundation/paper/paper-process.server.ts';
	for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
		const file = path.join(folder, place);
		if (existsSync(file)) return file;
		if (folder === path.dirname(folder)) throw new Error(`${place} is not there`);
	}
};

/** Makes papers one after the other, in a process of its own that starts with the first and stays warm for the next. */
export function openPaperMaker(settings: Partial<PaperMakerSettings> = {}): PaperMaker {
	const { typesetter, patience, idle, mostWaiting } = { ...ordinary, ...settings };
	let child: ChildProcess | null = null;
	let restTimer: NodeJS.Timeout | undefined;
	let last: Promise<unknown> = Promise.resolve();
	let waiting = 0;

	const start = (): ChildProcess => {
		const made = fork(findProgram(), [typesetter], {
			execArgv: ['--max-old-space-size=512'],
			serialization: 'advanced',
			stdio: ['ignore', 'ignore', 'ignore', 'ipc']
		});
		made.once('exit', () => {
			if (child === made) child = null;
		});
		return made;
	};
	const end = async (): Promise<void> => {
		clearTimeout(restTimer);
		const ending = child;
		child = null;
		if (ending === null || ending.exitCode !== null || ending.signalCode !== null) return;
		// Whoever asks for its end waits until it is there, also when nothing else holds this process.
		ending.ref();
		await new Promise<void>((resolve) => {
			ending.once('exit', () => resolve());
			ending.kill('SIGKILL');
		});
	};
	/** While it works, this process stays for it; while it rests, it keeps nobody. */
	const hold = (process: ChildProcess, wanted: boolean): void => {
		if (wanted) process.ref();
		else process.unref();
		if (wanted) process.channel?.ref();
		else process.channel?.unref();
	};

	const ask = async (task: PaperTask): Promise<Outcome<Uint8Array>> => {
		clearTimeout(restTimer);
		const asked = (child ??= start());
		hold(asked, true);
		const answer = await new Promise<PaperAnswer | null>((resolve) => {
			const settle = (what: PaperAnswer | null): void => {
				clearTimeout(timer);
				asked.removeAllListeners('message');
				asked.removeListener('exit', gone);
				asked.removeListener('error', gone);
				resolve(what);
			};
			const gone = (): void => settle(null);
			const timer = setTimeout(gone, patience);
			asked.once('message', (what) => settle(what as PaperAnswer));
			asked.once('exit', gone);
			asked.once('error', gone);
			asked.send(task, (error) => {
				if (error) gone();
			});
		});
		if (answer === null) {
			// It died or took too long: this paper is refused, the next one begins with a new process.
			await end();
			return refused('paper_failed');
		}
		hold(asked, false);
		restTimer = setTimeout(() => void end(), idle);
		restTimer.unref();
		if (answer.ok) return { ok: true, value: answer.bytes };
		console.error(JSON.stringify({ time: new Date().toISOString(), level: 'error', paper: answer.why, error: answer.what }));
		return refused(answer.why === 'unavailable' ? 'papers_unavailable' : 'paper_failed');
	};

	return {
		async make(paper, madeAt) {
			if (waiting > mostWaiting) return refused('paper_failed');
			waiting++;
			const before = last;
			const made = (async () => {
				await before;
				return await ask({ data: JSON.stringify(paper), madeAt });
			})().finally(() => waiting--);
			last = made.catch(() => undefined);
			return await made;
		},
		end
	};
}

const shared = openPaperMaker();

/** Sets one paper, by the one process that this process keeps for papers. */
export const makePaper = (paper: Paper, madeAt: Date): Promise<Outcome<Uint8Array>> => shared.make(paper, madeAt);
/** Ends that process; it also ends with who started it. */
export const endPapers = (): Promise<void> => shared.end();
