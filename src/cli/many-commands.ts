/**
 * For tests: a process that runs `loopplank` for each message of its parent, one after another, so that what all commands load is loaded once.
 * Everything a command would see or leave as a process of its own (words, variables, both outputs, exit code) is given and taken anew.
 */
interface Asked {
	readonly words: readonly string[];
	readonly env: NodeJS.ProcessEnv;
}

const [node = '', script = ''] = process.argv;
const bare = { ...process.env };
const left = new Error('The command ended the process.');

async function runOnce({ words, env }: Asked, count: number): Promise<{ code: number; out: string; err: string }> {
	let [out, err] = ['', ''];
	const real = { out: process.stdout.write, err: process.stderr.write, exit: process.exit };
	process.stdout.write = (piece: string | Uint8Array) => ((out += Buffer.from(piece).toString('utf8')), true);
	process.stderr.write = (piece: string | Uint8Array) => ((err += Buffer.from(piece).toString('utf8')), true);
	process.exit = (code) => {
		process.exitCode = code ?? process.exitCode;
		throw left;
	};
	process.argv = [node, script, ...words];
	process.env = { ...bare, ...env };
	process.exitCode = 0;
	try {
		// Only this module is read anew: it makes the program of the words and runs it.
		await import(`./program.ts?run=${count}`);
	} catch (error) {
		if (error !== left) {
			process.exitCode = 1;
			err += error instanceof Error ? (error.stack ?? error.message) : String(error);
		}
	} finally {
		Object.assign(process.stdout, { write: real.out });
		Object.assign(process.stderr, { write: real.err });
		process.exit = real.exit;
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(signal);
	}
	const code = Number(process.exitCode);
	process.exitCode = 0;
	return { code, out, err };
}

let count = 0;
let last: Promise<void> = Promise.resolve();
process.on('message', (asked: Asked) => {
	last = last.then(async () => {
		process.send?.(await runOnce(asked, count++));
	});
});
process.on('disconnect', () => process.exit(0));
