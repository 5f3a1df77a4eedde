import type { Command } from 'commander';
import { answer, answerNo } from './answer.ts';
import type { Answering } from './answer.ts';
import { asOwner, dataFolderOf, hasEmbedded, hasOwnServer, withDatabase } from './command-database.server.ts';
import { sayLocally } from './words.ts';

interface Options extends Answering {
	readonly dryRun?: boolean;
	readonly network?: string;
}

/** `loopplank retention`: destroys what was kept long enough, as happens each day by itself; with --dry-run it says what would go. */
export function register(program: Command): void {
	program
		.command('retention')
		.description(sayLocally('cli.retention'))
		.option('--dry-run', sayLocally('cli.retention.dry_run'))
		.option('--network <name>', sayLocally('cli.verify.network'))
		.option('--json', sayLocally('cli.option.json'))
		.action(async (options: Options) => {
			const dataFolder = dataFolderOf(program);
			if (!hasOwnServer(process.env) && !hasEmbedded(dataFolder))
				return answerNo(options, { problem: { code: 'no_database' } }, sayLocally('cli.no_database', { folder: dataFolder }));
			await withDatabase(dataFolder, process.env, (urls) =>
				asOwner(urls, async (owner, connections) => {
					const { openDoor } = await import('#foundation/database/door.server.ts');
					const { appliedMigrations, listMigrations } = await import('#foundation/database/migrate.server.ts');
					const { realWorld } = await import('#foundation/world.ts');
					const { clearKept } = await import('#rooms/privacy/retention/clearing/jobs.server.ts');
					const [applied, newest] = [(await appliedMigrations(owner)).length, (await listMigrations()).length];
					if (applied < newest)
						return answerNo(
							options,
							{ problem: { code: 'migrations_missing' } },
							sayLocally('doctor.migrations_missing', { applied, newest })
						);
					const door = openDoor(connections);
					const all = await door.listNetworks();
					const networks = all.filter(({ slug }) => options.network === undefined || slug === options.network);
					if (options.network !== undefined && networks.length === 0) {
						const names = all.map(({ slug }) => slug).join(', ');
						return answerNo(
							options,
							{ problem: { code: 'which_network' } },
							sayLocally('cli.verify.which_network', { name: options.network, names })
						);
					}
					const dryRun = options.dryRun === true;
					const cleared: { network: string; table: string; rows: number }[] = [];
					for (const { networkId, slug } of networks)
						for (const { tableName, destroyed } of await clearKept({ door, world: realWorld }, networkId, realWorld.now(), { dryRun }))
							cleared.push({ network: slug, table: tableName, rows: destroyed });
					const lines = cleared.map((line) => sayLocally('cli.retention.line', line));
					const whole = sayLocally(dryRun ? 'cli.retention.would' : 'cli.retention.done', {
						rows: cleared.reduce((sum, { rows }) => sum + rows, 0)
					});
					answer(options, { dryRun, cleared }, [...lines, whole].join('\n'));
				})
			);
		});
}
