import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { sayLocally } from './words.ts';

/** `loopplank return FILE.json`: what a value map returns, as JSON on stdout; the path of each bad field as JSON on stderr, and exit 1. */
export function register(program: Command): void {
	program
		.command('return')
		.argument('<file>', sayLocally('cli.return.file'))
		.description(sayLocally('cli.return'))
		.action(async (file: string) => {
			const { evaluate, readValueMap } = await import('#social-return');
			const read = await readJson(file);
			const map = read.ok ? readValueMap(read.json) : read;
			if (!map.ok) {
				process.stderr.write(`${JSON.stringify({ ok: false, errors: map.errors }, null, 2)}\n`);
				process.exitCode = 1;
				return;
			}
			process.stdout.write(`${JSON.stringify(evaluate(map.map), null, 2)}\n`);
		});
}

interface Unread {
	readonly ok: false;
	readonly errors: readonly { readonly path: string; readonly code: string; readonly message: string }[];
}

/** The path of a whole file is empty, as that of the document in the engine's own errors. */
async function readJson(file: string): Promise<{ readonly ok: true; readonly json: unknown } | Unread> {
	let content: string;
	try {
		content = file === '-' ? await text(process.stdin) : await readFile(file, 'utf8');
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		return { ok: false, errors: [{ path: '', code: 'unreadable', message: sayLocally('cli.unreadable_file', { file, why }) }] };
	}
	try {
		return { ok: true, json: JSON.parse(content) };
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		return { ok: false, errors: [{ path: '', code: 'not_json', message: sayLocally('cli.return.not_json', { why }) }] };
	}
}
