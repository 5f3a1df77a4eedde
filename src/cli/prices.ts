import type { Command } from 'commander';
import { answerNo } from './answer.ts';
import { asOwner, dataFolderOf, hasEmbedded, hasOwnServer, withDatabase } from './command-database.server.ts';
import { sayLocally } from './words.ts';

/** `loopplank prices --network NAME`: the shipped price list as a new version of a network that stands already. */
export function register(program: Command): void {
	program
		.command('prices')
		.description(sayLocally('cli.prices'))
		.requiredOption('--network <name>', sayLocally('cli.prices.network'))
		.action(async ({ network: slug }: { network: string }) => {
			const dataFolder = dataFolderOf(program);
			if (!hasOwnServer(process.env) && !hasEmbedded(dataFolder))
				return answerNo({}, { problem: { code: 'no_database' } }, sayLocally('cli.no_database', { folder: dataFolder }));
			await withDatabase(dataFolder, process.env, (urls) =>
				asOwner(urls, async (owner) => {
					const { realWorld } = await import('#foundation/world.ts');
					const { readFirstPriceList, renewPriceList } = await import('#rooms/network/set-up.server.ts');
					const { readPriceListCsv } = await import('#rooms/returns/price-list.server.ts');
					const prices = readPriceListCsv(await readFirstPriceList());
					const renewed = await renewPriceList(owner, realWorld, slug, prices);
					if (renewed === null) return answerNo({}, { problem: { code: 'which_network' } }, sayLocally('cli.prices.network'));
					process.stdout.write(`${JSON.stringify({ ...renewed, prices: prices.length })}\n`);
				})
			);
		});
}
