import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { asRoot, namespaces, openToOthers, query, test } from './supervisor-testing.server.ts';

describe('one at a time', () => {
	test('a folder that a living process has is refused, and free when it stops', async ({ stage }) => {
		stage.fromSeed();
		const other = await stage.otherProcess('');
		await expect(stage.start()).rejects.toMatchObject({ problem: { code: 'already_running', values: { pid: other.pid } } });
		process.kill(other.pid, 'SIGKILL');
		await other.ended;
		expect(await query((await stage.start()).urls.app, 'select 1')).toBe(1);
	});
});

describe.runIf(asRoot)('who runs it', () => {
	const nobody = { uid: 65534, gid: 65534 };

	test.runIf(namespaces)('as root, under a folder closed to others: the files stay root’s', async ({ stage }) => {
		stage.fromSeed(); // made so too, in a folder as closed as this one
		const database = await stage.start();
		expect(statSync(join(stage.folder, 'db/cluster/PG_VERSION')).uid).toBe(0);
		expect(await query(database.urls.app, 'select 1')).toBe(1);
	});

	test.runIf(openToOthers)('where user namespaces are refused: as an existing user, if every folder above is open', async ({ stage }) => {
		chmodSync(stage.folder, 0o755);
		const database = await stage.start({ namespaces: false });
		expect(statSync(join(stage.folder, 'db/cluster/PG_VERSION')).uid).not.toBe(0);
		expect(await query(database.urls.app, 'select 1')).toBe(1);
		await database.stop();
		// Once another user's, it stays that user's.
		expect(await query((await stage.start()).urls.app, 'select 2')).toBe(2);
	});

	test('where user namespaces are refused and a folder above is closed: one plain problem', async ({ stage }) => {
		chmodSync(stage.folder, 0o700);
		await expect(stage.start({ namespaces: false })).rejects.toMatchObject({ problem: { code: 'root_not_possible' } });
	});

	test.runIf(namespaces && openToOthers)(
		'a database made in a namespace is handed over when namespaces are refused later',
		async ({ stage }) => {
			chmodSync(stage.folder, 0o755);
			stage.fromSeed();
			const first = await stage.start();
			await query(first.urls.owner, 'create table kept as select 42 as answer');
			await first.stop();
			expect(await query((await stage.start({ namespaces: false })).urls.owner, 'select answer from kept')).toBe(42);
		}
	);

	test.runIf(openToOthers)('as an ordinary user', async ({ stage }) => {
		spawnSync('chown', ['65534:65534', stage.folder]);
		const other = await stage.otherProcess('await database.stop(); process.exit(0);', nobody);
		expect(await other.ended).toEqual({ said: '', code: 0 });
		expect(statSync(join(stage.folder, 'db/cluster/PG_VERSION')).uid).toBe(65534);
	});

	test.runIf(openToOthers)(
		'as a user without a name, as containers have them: through a namespace, or one plain problem',
		async ({ stage }) => {
			const nameless = { uid: 54321, gid: 54321 };
			spawnSync('chown', ['54321:54321', stage.folder]);
			const possible = spawnSync('unshare', ['--user', '--map-user=65534', '--map-group=65534', 'true'], nameless).status === 0;
			const other = await stage.otherProcess('await database.stop(); process.exit(0);', nameless);
			expect((await other.ended).code).toBe(possible ? 0 : 3);
			expect(existsSync(join(stage.folder, 'db/cluster/PG_VERSION'))).toBe(possible);
		}
	);
});
