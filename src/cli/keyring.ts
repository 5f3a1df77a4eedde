import type { Command } from 'commander';
import { answer, answerNo, refuseBackup } from './answer.ts';
import type { Answering } from './answer.ts';
import { more } from './backup.ts';
import { dataFolderOf, keyringFolderOf } from './command-database.server.ts';
import { sayLocally } from './words.ts';

interface CopyOptions extends Answering {
	readonly recipient: readonly string[];
	readonly recipientsFile?: string;
}

interface RestoreOptions extends Answering {
	readonly identity: string;
}

/** `loopplank keyring copy FOLDER` and `loopplank keyring restore FILE`: the keys of the words, apart from any backup. */
export function register(program: Command): void {
	const keyring = program.command('keyring').description(sayLocally('cli.keyring'));
	keyring
		.command('copy')
		.argument('<folder>', sayLocally('cli.keyring.folder'))
		.description(sayLocally('cli.keyring.copy'))
		.option('-r, --recipient <age1…>', sayLocally('cli.option.recipient'), more, [])
		.option('-R, --recipients-file <file>', sayLocally('cli.option.recipients_file'))
		.option('--json', sayLocally('cli.option.json'))
		.action(async (to: string, options: CopyOptions) => {
			const { copyDays, copyKeyring } = await import('#foundation/keyring/keyring-copy.server.ts');
			const { listRecipients } = await import('#foundation/backup/keys.server.ts');
			const { lookAtKeyring } = await import('#foundation/doctor/keyring-state.server.ts');
			const recipients = await listRecipients(options.recipient, options.recipientsFile);
			if (!recipients.ok) return refuseBackup(options, recipients.problem);
			const [recipient, second] = recipients.value;
			if (recipient === undefined || second !== undefined)
				return answerNo(options, { problem: { code: 'one_recipient' } }, sayLocally('cli.keyring.one_recipient'));
			const folder = keyringFolderOf(dataFolderOf(program));
			const state = await lookAtKeyring(folder);
			if (state === 'absent' || state === 'not_readable')
				return answerNo(options, { problem: { code: `keyring_${state}` } }, sayLocally(`doctor.keyring_${state}`, { folder, count: 0 }));
			const copy = await copyKeyring(folder, to, recipient, new Date());
			answer(
				options,
				copy,
				sayLocally('cli.keyring.copied', { file: copy.file, keys: copy.keys, pruned: copy.pruned.length, days: copyDays })
			);
		});
	keyring
		.command('restore')
		.argument('<file>', sayLocally('cli.keyring.file'))
		.description(sayLocally('cli.keyring.restore'))
		.requiredOption('-i, --identity <file>', sayLocally('cli.option.identity'))
		.option('--json', sayLocally('cli.option.json'))
		.action(async (file: string, options: RestoreOptions) => {
			const { copyDays, KeyringCopyError, restoreKeyring } = await import('#foundation/keyring/keyring-copy.server.ts');
			const { listIdentities } = await import('#foundation/backup/keys.server.ts');
			const { realWorld } = await import('#foundation/world.ts');
			const identities = await listIdentities(options.identity);
			if (!identities.ok) return refuseBackup(options, identities.problem);
			const folder = keyringFolderOf(dataFolderOf(program));
			try {
				const keys = await restoreKeyring(file, folder, identities.value[0] ?? '', realWorld.now(), realWorld.random);
				answer(options, keys, sayLocally('cli.keyring.restored', { ...keys, folder }));
			} catch (error) {
				if (error instanceof KeyringCopyError)
					return answerNo(options, { problem: { code: error.code } }, sayLocally(`keyring.${error.code}`, { file, days: copyDays }));
				// Node's own word for a file that is not there or closed; anything else is a fault of ours.
				if (!(error instanceof Error && 'syscall' in error && 'path' in error && error.path === file)) throw error;
				answerNo(options, { problem: { code: 'unreadable' } }, sayLocally('cli.unreadable_file', { file, why: error.message }));
			}
		});
}
