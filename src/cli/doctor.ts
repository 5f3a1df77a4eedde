import type { Command } from 'commander';
import { answer } from './answer.ts';
import type { Answering } from './answer.ts';
import { dataFolderOf, withDatabase } from './command-database.server.ts';
import { sayLocally } from './words.ts';

interface Options extends Answering {
	readonly retryJobs?: boolean;
}

/** `loopplank doctor`: what is wrong with this installation, and what to do about each thing. */
export function register(program: Command): void {
	program
		.command('doctor')
		.description(sayLocally('cli.doctor'))
		.option('--retry-jobs', sayLocally('cli.doctor.retry_jobs'))
		.option('--json', sayLocally('cli.option.json'))
		.action(async (options: Options) => {
			const dataFolder = dataFolderOf(program);
			if (options.retryJobs === true) {
				const revived = await retryJobs(dataFolder);
				if (options.json !== true) process.stdout.write(`${sayLocally('cli.doctor.retried', { count: revived })}\n`);
			}
			const { examine } = await import('./doctor-checks.server.ts');
			const findings = (await examine({ dataFolder, env: process.env, now: new Date() })).map(({ level, key, values }) => ({
				level,
				code: key.slice(key.indexOf('.') + 1),
				values,
				sentence: sayLocally(key, values)
			}));
			const wrong = findings.filter(({ level }) => level === 'wrong').length;
			if (wrong > 0) process.exitCode = 1;
			if (options.json === true) return void process.stdout.write(`${JSON.stringify({ ok: wrong === 0, findings })}\n`);
			for (const { level, sentence } of findings) process.stdout.write(`${level === 'wrong' ? '✗' : '!'} ${sentence}\n`);
			answer({}, {}, sayLocally('cli.doctor.end', { wrong, advice: findings.length - wrong }));
		});
}

async function retryJobs(dataFolder: string): Promise<number> {
	const { openConnections } = await import('#foundation/database/connections.server.ts');
	const { reviveDeadLetters } = await import('#foundation/jobs/dead-letters.server.ts');
	return await withDatabase(dataFolder, process.env, async (urls) => {
		const connections = openConnections(urls);
		try {
			return await reviveDeadLetters(connections.jobs);
		} finally {
			await connections.end();
		}
	});
}
