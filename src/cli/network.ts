import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { parseInput } from '#foundation/text/free-text.schema.ts';
import { networkFileSchema } from '#rooms/network/schema.ts';
import type { NetworkFile } from '#rooms/network/schema.ts';
import { readFirstPriceList, setUpNetwork } from '#rooms/network/set-up.server.ts';
import type { NewNetwork } from '#rooms/network/set-up.server.ts';
import { readPriceListCsv } from '#rooms/returns/price-list.server.ts';
import { openInstallation } from './installation.server.ts';
import type { OpenInstallation } from './installation.server.ts';
import { sayLocally } from './words.ts';

/** Sets a network up in an open installation, with the price list that every network begins with. */
export async function addNetwork(open: OpenInstallation, file: NetworkFile, world = open.installation.world): Promise<NewNetwork> {
	const owner = await open.connections.owner();
	try {
		return await setUpNetwork(owner, open.installation.identity, world, file, readPriceListCsv(await readFirstPriceList()));
	} finally {
		await owner.end();
	}
}

/** `loopplank network FILE.json`: sets up a network with its organisations and people. */
export function register(program: Command): void {
	program
		.command('network')
		.argument('<file>', sayLocally('cli.network.file'))
		.description(sayLocally('cli.network'))
		.action(async (file: string) => {
			let json: unknown;
			try {
				json = JSON.parse(await readFile(file, 'utf8'));
			} catch (error) {
				program.error(sayLocally('cli.unreadable_file', { file, why: error instanceof Error ? error.message : String(error) }), {
					exitCode: 1
				});
			}
			const parsed = parseInput(networkFileSchema, json);
			if (!parsed.ok) {
				for (const field of parsed.refusal.fields ?? [])
					process.stderr.write(`${field.path.join('.')}: ${sayLocally(`field.${field.code}`, { ...field.values })}\n`);
				process.exitCode = 1;
				return;
			}
			const { data } = program.opts<{ data: string }>();
			const open = await openInstallation({
				dataFolder: path.resolve(data),
				origin: process.env['ORIGIN'] ?? 'http://localhost',
				demo: false,
				env: process.env
			});
			try {
				const network = await addNetwork(open, parsed.value);
				process.stdout.write(
					`${JSON.stringify({ networkId: network.networkId, slug: parsed.value.slug, people: parsed.value.people.length })}\n`
				);
			} finally {
				await open.close();
			}
		});
}
