import type { Command } from 'commander';
import type { OpenInstallation } from './installation.server.ts';
import { serveWish, stayUntilStopped } from './serve.ts';
import type { ServeOptions } from './serve.ts';
import { sayLocally } from './words.ts';

/** A fill that was killed left people who are in no network that can be found: they may no longer act there. */
async function endHalfFilled(open: OpenInstallation, demoSlug: string): Promise<void> {
	await asOwner(
		open,
		'update membership set valid_until = greatest(valid_from, now()) where valid_until is null and network_id in (select network_id from app.network_directory where slug like $1)',
		[`${demoSlug}-%`]
	);
}

async function asOwner(open: OpenInstallation, statement: string, values: unknown[]): Promise<void> {
	const owner = await open.connections.owner();
	try {
		await owner.query(statement, values);
	} finally {
		await owner.end();
	}
}

/** `loopplank demo`: everything on one machine, filled with an invented network. Never for real people's cases. */
export function register(program: Command): void {
	program
		.command('demo')
		.description(sayLocally('cli.demo'))
		.option('--port <number>', sayLocally('cli.option.port'), process.env['PORT'] ?? '4173')
		.option('--host <address>', sayLocally('cli.option.host'), '127.0.0.1')
		.action(async (options: ServeOptions) => {
			const wish = await serveWish(program, options, true);
			const { demoSlug, fillDemo } = await import('../../demo/fill.server.ts');
			const { addNetwork } = await import('./add-network.server.ts');
			const { serve } = await import('./serving.server.ts');
			const serving = await serve(wish, async (open) => {
				if ((await open.installation.door.findNetwork(demoSlug)) !== null) return;
				process.stderr.write(`${sayLocally('cli.demo.filling')}\n`);
				await endHalfFilled(open, demoSlug);
				await fillDemo(open.installation, {
					addNetwork: (file, world) => addNetwork(open, file, world),
					forgetLetters: (networkId, before) => asOwner(open, 'delete from outbox where network_id = $1 and at < $2', [networkId, before]),
					giveSlug: (networkId, slug) =>
						asOwner(open, 'update app.network_directory set slug = $2 where network_id = $1', [networkId, slug])
				});
			});
			await stayUntilStopped(serving, sayLocally('cli.demo.serving', { address: serving.listening.address }));
		});
}
