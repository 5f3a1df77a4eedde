import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { expect, test } from 'vitest';
import { processBegan } from './folder-lock.server.ts';
import { startTestCluster, testDatabase } from './testing.server.ts';

test('every copy is a database of its own, gone after', async () => {
	const [one, two] = await Promise.all([testDatabase(), testDatabase()]);
	const owner = await one.connections.owner();
	await owner.query('create table mine as select 1 as n');
	await owner.end();
	expect((await two.connections.app.query<{ there: string | null }>(`select to_regclass('mine')::text as there`)).rows).toEqual([
		{ there: null }
	]);
	await Promise.all([one.drop(), two.drop()]);
	const gone = new pg.Client({ connectionString: one.urls.app });
	await expect(gone.connect()).rejects.toThrow('does not exist');
});

test('a run that was killed leaves a server and a folder, and the next run clears them away, of whatever version', async () => {
	const program = `
		const { startTestCluster } = await import(${JSON.stringify(pathToFileURL(join(import.meta.dirname, 'testing.server.ts')).href)});
		const { urls } = await startTestCluster();
		const { default: pg } = await import(${JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../../node_modules/pg/esm/index.mjs')).href)});
		const client = new pg.Client({ connectionString: urls.admin });
		await client.connect();
		const { rows } = await client.query("select current_setting('data_directory') as folder, pg_read_file('postmaster.pid') as file");
		console.log(JSON.stringify([rows[0].folder, Number(rows[0].file.split('\\n')[0])]));
		process.kill(process.pid, 'SIGKILL');`;
	const killed = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'inherit']
	});
	const [folder, pid] = JSON.parse(killed.stdout) as [string, number];
	expect(processBegan(pid)).toBeDefined();
	// Another run that starts at this moment may clear it away too; either way it is gone after ours.
	await (await startTestCluster()).stop();
	expect(processBegan(pid)).toBeUndefined();
	expect(existsSync(folder)).toBe(false);
});
