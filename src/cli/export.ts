import type { Command } from 'commander';
import { answerNo } from './answer.ts';
import { asOwner, dataFolderOf, hasEmbedded, hasOwnServer, withDatabase } from './command-database.server.ts';
import { sayLocally } from './words.ts';

/** `loopplank export --network NAME`: the facts of a network as lines of JSON on stdout. */
export function register(program: Command): void {
	program
		.command('export')
		.description(sayLocally('cli.export'))
		.requiredOption('--network <name>', sayLocally('cli.export.network'))
		.action(async ({ network: slug }: { network: string }) => {
			const dataFolder = dataFolderOf(program);
			if (!hasOwnServer(process.env) && !hasEmbedded(dataFolder))
				return answerNo({}, { problem: { code: 'no_database' } }, sayLocally('cli.no_database', { folder: dataFolder }));
			await withDatabase(dataFolder, process.env, (urls) =>
				asOwner(urls, async (owner, connections) => {
					const { openDoor } = await import('#foundation/database/door.server.ts');
					const { exportFacts } = await import('#foundation/export/facts.server.ts');
					const networks = await openDoor(connections).listNetworks();
					const network = networks.find((one) => one.slug === slug);
					if (!network) {
						const names = networks.map((one) => one.slug).join(', ');
						return answerNo({}, { problem: { code: 'which_network' } }, sayLocally('cli.verify.which_network', { name: slug, names }));
					}
					const rows = await exportFacts(
						owner,
						network,
						new Date(),
						(line) =>
							new Promise<void>((resolve) => {
								if (process.stdout.write(`${JSON.stringify(line)}\n`)) resolve();
								else process.stdout.once('drain', resolve);
							})
					);
					process.stderr.write(`${sayLocally('cli.export.done', { rows })}\n`);
				})
			);
		});
}
