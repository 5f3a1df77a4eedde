import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { findRunning } from './running.server.ts';
import { startDatabase } from './supervisor.server.ts';

const home = mkdtempSync(join(tmpdir(), 'running-'));
chmodSync(home, 0o711); // to be passed through: as root the server may have to run as another user
afterAll(() => rmSync(home, { recursive: true, force: true }));

test.each([{ sockets: true }, { sockets: false }])(
	'a database that runs is found by its folder, one that was stopped is not: %o',
	async ({ sockets }) => {
		const folder = join(home, String(sockets));
		expect(findRunning(folder)).toBeUndefined();
		const database = await startDatabase({ folder, durable: false, sockets });
		try {
			const found = findRunning(folder);
			expect(found).toEqual(database.urls);
			const client = new pg.Client({ connectionString: found?.owner });
			await client.connect();
			expect((await client.query('select current_user::text as me')).rows).toEqual([{ me: 'loopplank_owner' }]);
			await client.end();
		} finally {
			await database.stop();
		}
		expect(findRunning(folder)).toBeUndefined();
	}
);
