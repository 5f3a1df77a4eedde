import type { BackupProblem } from '#foundation/backup/problem.ts';
import { sayLocally } from './words.ts';

/** How a command answers: sentences for people, or one JSON document on stdout. */
export interface Answering {
	readonly json?: boolean;
}

/** What was done. */
export function answer(options: Answering, value: object, sentence: string): void {
	process.stdout.write(options.json === true ? `${JSON.stringify({ ok: true, ...value })}\n` : `${sentence}\n`);
}

/** What was found wrong, or refused: the process ends with 1. */
export function answerNo(options: Answering, value: object, sentence: string): void {
	process.exitCode = 1;
	if (options.json === true) process.stdout.write(`${JSON.stringify({ ok: false, ...value, sentence })}\n`);
	else process.stderr.write(`${sentence}\n`);
}

export const refuseBackup = (options: Answering, problem: BackupProblem): void =>
	answerNo(options, { problem }, sayLocally(`backup.${problem.code}`, problem.values));

/** Says on stderr how far it is: each percent in place on a terminal, else each tenth on a line. */
export function progressTeller(): (progress: { readonly rows: number; readonly of: number }) => void {
	const terminal = process.stderr.isTTY;
	const step = terminal ? 1 : 10;
	let said = -1;
	return ({ rows, of }) => {
		const percent = of === 0 ? 100 : Math.floor((rows / of) * 100);
		const reached = percent - (percent % step);
		if (reached <= said) return;
		said = reached;
		const sentence = sayLocally('cli.progress.percent', { percent: reached });
		process.stderr.write(terminal ? `\r${sentence}${reached === 100 ? '\n' : ''}` : `${sentence}\n`);
	};
}
