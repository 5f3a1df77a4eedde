import type { ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { endWithUs, stopServer } from './cluster.server.ts';
import type { Cluster } from './cluster.server.ts';
import { processBegan } from './folder-lock.server.ts';
import { StartError, startProblemOf } from './start-problem.ts';

export interface KeptServer {
	/** Process number of the server now. */
	readonly pid: number;
	/** Rejects with a `StartError` when the server was given up; never resolves. */
	readonly lost: Promise<never>;
	stop(): Promise<void>;
}

export interface KeepWish {
	readonly cluster: Cluster;
	/** A server that runs; without `child` it is one that an earlier process of ours started. */
	readonly server: { readonly pid: number; readonly child?: ChildProcess };
	/** Starts it again at the same address, so that connection strings stay true. */
	readonly start: () => Promise<ChildProcess & { readonly pid: number }>;
	readonly onRecovering?: () => void;
}

const manyDeaths = 5; // within a minute: then something is wrong that starting again does not mend
const patience = 20_000; // milliseconds that starting again may keep failing: processes of the dead server hold its memory for a while

/** Watches a server and starts it again when it dies (crash recovery is PostgreSQL's own, from its log). */
export const keepRunning = (wish: KeepWish): KeptServer => {
	let { pid, child } = { child: undefined, ...wish.server };
	let stopping: Promise<void> | undefined;
	let recovering: Promise<void> | undefined;
	let timer: NodeJS.Timeout | undefined;
	const forget = child === undefined ? endWithUs(pid) : () => undefined; // one that we start ends with us already

	let giveUp: (error: StartError) => void = () => undefined;
	const lost = new Promise<never>((_, reject) => (giveUp = reject));
	lost.catch(() => undefined); // whoever wants to know awaits it; alone it must not end the process

	const deaths: number[] = [];
	const recover = async (): Promise<void> => {
		const died = performance.now();
		deaths.push(died);
		if (deaths.filter((moment) => died - moment < 60_000).length > manyDeaths) {
			giveUp(new StartError('server_keeps_stopping', { logFile: wish.cluster.logFile }));
			return;
		}
		wish.onRecovering?.();
		for (let pause = 20; stopping === undefined; pause = Math.min(pause * 2, 1000)) {
			try {
				child = await wish.start();
				pid = child.pid ?? pid;
				watch();
				return;
			} catch (error) {
				if (performance.now() - died > patience) {
					const problem = startProblemOf(error);
					giveUp(
						problem === undefined
							? new StartError('server_keeps_stopping', { logFile: wish.cluster.logFile }, error)
							: new StartError(problem.code, problem.values, error)
					);
					return;
				}
				await wait(pause);
			}
		}
	};
	const onGone = (): void => {
		clearInterval(timer);
		forget();
		if (stopping === undefined) recovering = recover();
	};
	const watch = (): void => {
		if (child === undefined) {
			timer = setInterval(() => {
				if (processBegan(pid) === undefined) onGone();
			}, 250);
			timer.unref();
		} else if (child.exitCode !== null || child.signalCode !== null) onGone();
		else child.once('exit', onGone);
	};
	watch();

	const stop = async (): Promise<void> => {
		await recovering;
		await stopServer(wish.cluster, pid);
		clearInterval(timer);
		forget();
	};
	return {
		get pid() {
			return pid;
		},
		lost,
		stop: () => (stopping ??= stop())
	};
};
