import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { sayLocally } from './words.ts';

/** `loopplank network FILE.json`: sets up a network with its organisations and people. */
export function register(program: Command): void {
	program
		.command('network')
		.argument('<file>', sayLocally('cli.network.file'))
		.description(sayLocally('cli.network'))
		.action(async (file: string) => {
			const { parseInput } = await import('#foundation/text/free-text.schema.ts');
			const { networkFileSchema } = await import('#rooms/network/schema.ts');
			const { addNetwork } = await import('./add-network.server.ts');
			const { openInstallation } = await import('./installation.server.ts');
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
