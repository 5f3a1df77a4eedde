import path from 'node:path';
import type { Command } from 'commander';
import { freePort } from '#foundation/database/address.server.ts';
import type { Serving, ServeWish } from './serving.server.ts';
import { sayLocally } from './words.ts';

export interface ServeOptions {
	readonly port: string;
	readonly host: string;
}

/** What a serving command is told, from options and environment. */
export async function serveWish(program: Command, options: ServeOptions, demo: boolean): Promise<ServeWish> {
	const wanted = Number(options.port);
	if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65_535)
		program.error(sayLocally('cli.bad_port', { port: options.port }), { exitCode: 2 });
	// The address is part of what is signed in with, so it is known before anything listens.
	const port = wanted === 0 ? await freePort() : wanted;
	const { data } = program.opts<{ data: string }>();
	return {
		dataFolder: path.resolve(data),
		origin: process.env['ORIGIN'] ?? `http://localhost:${port}`,
		demo,
		env: process.env,
		port,
		host: options.host,
		trustedProxy: process.env['LOOPPLANK_TRUSTED_PROXY'] === 'true',
		sayProgress: (step) => process.stderr.write(`${sayLocally(`cli.progress.${step}`)}\n`)
	};
}

/**
 * Says that it serves, and stays until Ctrl-C, SIGTERM, or until the database is given up; then stops everything. Whoever reads the words may stop it at
 * once: it listens for that before they are said, and no signal is without a listener in between, since one that has just come would be lost.
 */
export async function stayUntilStopped(serving: Pick<Serving, 'lost' | 'stop'>, words: string): Promise<void> {
	const asked = new Promise<void>((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
			const before = process.listeners(signal);
			process.on(signal, () => resolve());
			for (const listener of before) process.removeListener(signal, listener);
		}
	});
	process.stdout.write(`${words}\n`);
	try {
		await Promise.race([asked, serving.lost]);
	} finally {
		await serving.stop();
	}
}

/** `loopplank serve` */
export function register(program: Command): void {
	program
		.command('serve')
		.description(sayLocally('cli.serve'))
		.option('--port <number>', sayLocally('cli.option.port'), process.env['PORT'] ?? '4173')
		.option('--host <address>', sayLocally('cli.option.host'), process.env['HOST'] ?? '127.0.0.1')
		.action(async (options: ServeOptions) => {
			const { serve } = await import('./serving.server.ts');
			const serving = await serve(await serveWish(program, options, false));
			await stayUntilStopped(serving, sayLocally('cli.serving', { address: serving.listening.address }));
		});
}
