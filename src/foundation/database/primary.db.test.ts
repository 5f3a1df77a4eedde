import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openConnections } from './connections.server.ts';
import { inspectServer } from './inspect.server.ts';
import { primaryUrl } from './primary.server.ts';
import { startDatabase } from './supervisor.server.ts';
import type { RunningDatabase } from './supervisor.server.ts';

const postgresBin = process.env['LOOPPLANK_POSTGRES_BIN'];
let folder: string;
let leader: RunningDatabase;
let replica: RunningDatabase;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'loopplank-primary-'));
	chmodSync(folder, 0o711);
	const wish = { postgresBin, durable: false, sockets: false };
	await (await startDatabase({ ...wish, folder: join(folder, 'one') })).stop();
	spawnSync('cp', ['-a', join(folder, 'one'), join(folder, 'two')]);
	writeFileSync(join(folder, 'two/cluster/standby.signal'), '');
	leader = await startDatabase({ ...wish, folder: join(folder, 'one') });
	replica = await startDatabase({ ...wish, folder: join(folder, 'two') });
});
afterAll(async () => {
	await leader.stop();
	await replica.stop();
	rmSync(folder, { recursive: true });
});

const both = (role: 'app' | 'jobs' | 'identity' | 'owner'): string => {
	const at = (database: RunningDatabase): string => /@([^/]*)\//.exec(database.urls[role])?.[1] ?? '';
	return leader.urls[role].replace(/@[^/]*\//, `@${at(replica)},${at(leader)}/`);
};

test('of several hosts the one that takes writing is found, and found again after it moved', async () => {
	const urls = { app: both('app'), jobs: both('jobs'), identity: both('identity'), owner: both('owner') };
	const connections = openConnections(urls);
	const isReplica = async (): Promise<boolean | undefined> =>
		(await connections.app.query<{ replica: boolean }>('select pg_is_in_recovery() as replica')).rows[0]?.replica;
	const port = async (): Promise<string | undefined> =>
		(await connections.app.query<{ port: string }>(`select current_setting('port') as port`)).rows[0]?.port;
	try {
		expect((await inspectServer(replica.urls)).map((finding) => finding.code)).toContain('replica');
		expect(await isReplica()).toBe(false);
		expect(await primaryUrl(urls.owner)).toBe(leader.urls.owner);
		const before = await port();
		const owner = await connections.owner();
		expect((await owner.query('select current_user as who')).rows).toEqual([{ who: 'loopplank_owner' }]);
		await owner.end();

		await leader.stop();
		await expect(port()).rejects.toThrow();
		const admin = new pg.Client({ connectionString: replica.urls.admin });
		await admin.connect();
		await admin.query('select pg_promote()');
		await admin.end();
		expect(await isReplica()).toBe(false);
		expect(await port()).not.toBe(before);
	} finally {
		await connections.end();
	}
});
