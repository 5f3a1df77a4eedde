import { open, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { answerNo } from './answer.ts';
import type { Answering } from './answer.ts';
import { dataFolderOf } from './command-database.server.ts';
import { sayLocally } from './words.ts';

interface Options extends Answering {
	readonly classic?: boolean;
}

/** `loopplank backup-key FILE`: a key pair for backups; the private part to the file, the public part to stdout. */
export function register(program: Command): void {
	program
		.command('backup-key')
		.argument('<file>', sayLocally('cli.backup_key.file'))
		.description(sayLocally('cli.backup_key'))
		.option('--classic', sayLocally('cli.backup_key.classic'))
		.option('--json', sayLocally('cli.option.json'))
		.action(async (given: string, options: Options) => {
			const { keyFileText, makeBackupKey } = await import('#foundation/backup/keys.server.ts');
			const file = path.resolve(given);
			// A key beside the data it opens guards nothing.
			if (await isInside(file, dataFolderOf(program)))
				return answerNo(options, { problem: { code: 'in_data_folder' } }, sayLocally('cli.backup_key.in_data_folder', { file }));
			const key = await makeBackupKey(options.classic === true ? 'x25519' : 'hybrid');
			let handle;
			try {
				handle = await open(file, 'wx', 0o600);
			} catch (error) {
				const why = error instanceof Error ? error.message : String(error);
				return answerNo(options, { problem: { code: 'not_written' } }, sayLocally('cli.not_written', { file, why }));
			}
			await handle.writeFile(keyFileText(key, new Date()));
			await handle.sync();
			await handle.close();
			process.stderr.write(`${sayLocally('cli.backup_key.done', { file })}\n`);
			process.stdout.write(
				options.json === true ? `${JSON.stringify({ ok: true, file, recipient: key.recipient })}\n` : `${key.recipient}\n`
			);
		});
}

async function isInside(file: string, folder: string): Promise<boolean> {
	const inside = path.relative(await real(folder), path.join(await real(path.dirname(file)), path.basename(file)));
	return inside !== '' && !inside.startsWith('..') && !path.isAbsolute(inside);
}

/** Where it really is; as it was given when it is not there. */
async function real(folder: string): Promise<string> {
	try {
		return await realpath(folder);
	} catch {
		return folder; // writing will say what is the matter with it
	}
}
