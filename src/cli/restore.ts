import type { Command } from 'commander';
import { answer, progressTeller, refuseBackup } from './answer.ts';
import type { Answering } from './answer.ts';
import { asOwner, dataFolderOf, keyringFolderOf, withDatabase } from './command-database.server.ts';
import { momentLocally, sayLocally } from './words.ts';

interface Options extends Answering {
	readonly identity: string;
}

/** `loopplank restore FILE --identity KEY`: a backup into an empty database, whole or not at all. */
export function register(program: Command): void {
	program
		.command('restore')
		.argument('<file>', sayLocally('cli.restore.file'))
		.description(sayLocally('cli.restore'))
		.requiredOption('-i, --identity <file>', sayLocally('cli.option.identity'))
		.option('--json', sayLocally('cli.option.json'))
		.action(async (file: string, options: Options) => {
			const { listIdentities } = await import('#foundation/backup/keys.server.ts');
			const { readBackup } = await import('#foundation/backup/read-backup.server.ts');
			const { asOutcome } = await import('#foundation/backup/problem.ts');
			const { restoreBackup } = await import('#foundation/backup/restore.server.ts');
			const identities = await listIdentities(options.identity);
			if (!identities.ok) return refuseBackup(options, identities.problem);
			// A file that is no backup, or not for this key, is refused before a database is made for it.
			const readable = await asOutcome(async () => {
				const parts = readBackup(file, identities.value);
				await parts.next();
				await parts.return(undefined);
			});
			if (!readable.ok) return refuseBackup(options, readable.problem);
			const dataFolder = dataFolderOf(program);
			await withDatabase(dataFolder, process.env, async (urls) => {
				const restored = await restoreBackup({ file, identities: identities.value, ownerUrl: urls.owner, onProgress: progressTeller() });
				if (!restored.ok) return refuseBackup(options, restored.problem);
				const { countKeys } = await import('#foundation/doctor/keyring-state.server.ts');
				const keys = await asOwner(urls, (owner) => countKeys(owner, keyringFolderOf(dataFolder)));
				const { rows, epoch } = restored.value;
				const done = sayLocally('cli.restore.done', { rows, epoch, madeAt: momentLocally(restored.value.madeAt) });
				const missing =
					keys.missing === 0 ? '' : `\n${sayLocally('cli.restore.keys_missing', { missing: keys.missing, cases: keys.cases })}`;
				answer(options, { ...restored.value, cases: keys.cases, keysMissing: keys.missing }, done + missing);
			});
		});
}
