import type { Command } from 'commander';
import { answer } from './answer.ts';
import type { Answering } from './answer.ts';
import { dataFolderOf, withDatabase } from './command-database.server.ts';
import { sayLocally } from './words.ts';

/** `loopplank migrate`: brings the database to the newest version. */
export function register(program: Command): void {
	program
		.command('migrate')
		.description(sayLocally('cli.migrate'))
		.option('--json', sayLocally('cli.option.json'))
		.action(async (options: Answering) => {
			const { listMigrations, migrate } = await import('#foundation/database/migrate.server.ts');
			const applied = await withDatabase(dataFolderOf(program), process.env, (urls) => migrate(urls.owner));
			const newest = (await listMigrations()).at(-1)?.number ?? 0;
			answer(options, { applied, newest }, sayLocally('cli.migrate.done', { count: applied.length, newest }));
		});
}
