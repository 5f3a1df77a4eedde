import { statSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { answer, answerNo, progressTeller, refuseBackup } from './answer.ts';
import type { Answering } from './answer.ts';
import { dataFolderOf, hasEmbedded, hasOwnServer, withDatabase } from './command-database.server.ts';
import { sayLocally, sizeLocally } from './words.ts';

interface Options extends Answering {
	readonly recipient: readonly string[];
	readonly recipientsFile?: string;
}

/** Many of one option. */
export const more = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** `loopplank backup FILE`: everything people made, encrypted, while the product serves. */
export function register(program: Command): void {
	program
		.command('backup')
		.argument('<file>', sayLocally('cli.backup.file'))
		.description(sayLocally('cli.backup'))
		.option('-r, --recipient <age1…>', sayLocally('cli.option.recipient'), more, [])
		.option('-R, --recipients-file <file>', sayLocally('cli.option.recipients_file'), process.env['LOOPPLANK_BACKUP_RECIPIENTS'])
		.option('--json', sayLocally('cli.option.json'))
		.action(async (given: string, options: Options) => {
			const { makeBackup } = await import('#foundation/backup/backup.server.ts');
			const { noteBackup } = await import('#foundation/backup/last-backup.server.ts');
			const { listRecipients } = await import('#foundation/backup/keys.server.ts');
			const recipients = await listRecipients(options.recipient, options.recipientsFile);
			if (!recipients.ok) return refuseBackup(options, recipients.problem);
			const dataFolder = dataFolderOf(program);
			if (!hasOwnServer(process.env) && !hasEmbedded(dataFolder))
				return answerNo(options, { problem: { code: 'no_database' } }, sayLocally('cli.no_database', { folder: dataFolder }));
			const now = new Date();
			const file = isFolder(given)
				? path.join(given, `loopplank-${now.toISOString().slice(0, 19).replaceAll(':', '-')}Z.backup.age`)
				: given;
			const stop = new AbortController();
			for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort());
			try {
				const made = await withDatabase(dataFolder, process.env, (urls) =>
					makeBackup({ ownerUrl: urls.owner, file, recipients: recipients.value, now, onProgress: progressTeller(), signal: stop.signal })
				);
				if (!made.ok) return refuseBackup(options, made.problem);
				await noteBackup(dataFolder, { file: made.value.file, madeAt: now.toISOString() });
				const { rows, bytes } = made.value;
				answer(options, made.value, sayLocally('cli.backup.done', { file: made.value.file, rows, size: sizeLocally(bytes) }));
			} catch (error) {
				if (!stop.signal.aborted) throw error;
				answerNo(options, { problem: { code: 'stopped' } }, sayLocally('cli.backup.stopped'));
			}
		});
}

function isFolder(given: string): boolean {
	return statSync(given, { throwIfNoEntry: false })?.isDirectory() === true;
}
