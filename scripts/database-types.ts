/**
 * Writes src/foundation/database/generated.ts from the live schema: a throwaway database is started, migrated and read.
 * With --check it writes nothing and exits 1 when the committed file differs.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from '../src/foundation/database/migrate.server.ts';
import { startDatabase } from '../src/foundation/database/supervisor.server.ts';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const folder = mkdtempSync(path.join(tmpdir(), 'loopplank-types-'));
const database = await startDatabase({ folder, durable: false });
try {
	await migrate(database.urls.owner);
	const result = spawnSync(
		process.execPath,
		[
			path.join(root, 'node_modules/kysely-codegen/dist/cli/bin.js'),
			...['--dialect', 'postgres', '--url', database.urls.owner, '--out-file', path.join(root, 'src/foundation/database/generated.ts')],
			...['--camel-case', '--include-pattern', 'public.*', '--default-schema', 'public', '--date-parser', 'string'],
			...['--type-mapping', '{"int8":"number"}', ...(process.argv.includes('--check') ? ['--verify'] : [])]
		],
		{ cwd: root, encoding: 'utf8' }
	);
	process.stdout.write(result.stdout + result.stderr);
	process.exitCode = result.status ?? 1;
} finally {
	await database.stop();
	rmSync(folder, { recursive: true, force: true });
}
