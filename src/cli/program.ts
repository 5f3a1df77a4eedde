import { Command } from 'commander';
import { startProblemKey, startProblemOf } from '#foundation/database/start-problem.ts';
import { register as registerBackupKey } from './backup-key.ts';
import { register as registerBackup } from './backup.ts';
import { register as registerDemo } from './demo.ts';
import { register as registerDoctor } from './doctor.ts';
import { register as registerExport } from './export.ts';
import { register as registerKeyring } from './keyring.ts';
import { register as registerMigrate } from './migrate.ts';
import { register as registerNetwork } from './network.ts';
import { register as registerPaper } from './paper.ts';
import { register as registerPrices } from './prices.ts';
import { register as registerRestore } from './restore.ts';
import { register as registerRetention } from './retention.ts';
import { register as registerReturn } from './return.ts';
import { register as registerServe } from './serve.ts';
import { register as registerVerify } from './verify.ts';
import { sayLocally } from './words.ts';

const program = new Command('loopplank')
	.description(sayLocally('cli.loopplank'))
	.option('--data <folder>', sayLocally('cli.option.data'), process.env['LOOPPLANK_DATA'] ?? 'data')
	.showHelpAfterError()
	// Wrong use ends with 2; what was found or refused ends with 1, and says so by its own code.
	.exitOverride((error) => process.exit(error.exitCode !== 0 && error.code !== 'commander.error' ? 2 : error.exitCode));

const commands = [
	...[registerServe, registerDemo, registerNetwork, registerReturn],
	...[registerMigrate, registerDoctor, registerVerify, registerExport, registerPrices, registerPaper, registerRetention],
	...[registerBackup, registerRestore, registerBackupKey, registerKeyring]
];
for (const register of commands) register(program);

// Until a command waits for them itself, a signal ends the process by its own way out, so that a database being started is stopped too.
const signals = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;
for (const [signal, number] of Object.entries(signals)) process.on(signal, () => process.exit(128 + number));

try {
	await program.parseAsync();
} catch (error) {
	const problem = startProblemOf(error);
	if (!problem) throw error;
	process.stderr.write(`${sayLocally(startProblemKey(problem), problem.values)}\n`);
	process.exitCode = 1;
}
