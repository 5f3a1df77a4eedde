import { existsSync, rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { processBegan } from './folder-lock.server.ts';
import { eventually, gone, query, test } from './supervisor-testing.server.ts';

describe('crashes', () => {
	test('the server is killed: it is started again at the same address, and what was committed is there', async ({ stage }) => {
		stage.fromSeed();
		const steps: string[] = [];
		const database = await stage.start({ durable: true, sayProgress: (step) => steps.push(step) });
		await query(database.urls.owner, 'create table kept as select 42 as answer');
		const before = database.pid;
		process.kill(before, 'SIGKILL');
		await gone(before);
		expect(await eventually(() => query(database.urls.owner, 'select answer from kept'))).toBe(42);
		expect(database.pid).not.toBe(before);
		expect(steps).toEqual(['recovering']);
	});

	test('a server that keeps dying is given up, with a code', async ({ stage }) => {
		stage.fromSeed();
		const database = await stage.start();
		const lost = database.lost.catch((error: unknown) => error);
		for (let death = 0; death < 6; death++) {
			const before = database.pid;
			process.kill(before, 'SIGKILL');
			await gone(before);
			if (death < 5) await eventually(() => query(database.urls.app, 'select 1'));
		}
		expect(await lost).toMatchObject({ problem: { code: 'server_keeps_stopping' } });
	}, 60_000);

	test('stopping while it is being started again leaves nothing running', async ({ stage }) => {
		stage.fromSeed();
		const database = await stage.start();
		process.kill(database.pid, 'SIGKILL');
		await gone(database.pid);
		await database.stop();
		expect(processBegan(database.pid)).toBeUndefined();
	});

	test('our process is killed: the next start adopts the server it left, and stops it in the end', async ({ stage }) => {
		stage.fromSeed();
		const other = await stage.otherProcess('');
		process.kill(other.pid, 'SIGKILL');
		await other.ended;
		expect(processBegan(other.serverPid)).toBeDefined();
		const next = await stage.start();
		expect(next).toMatchObject({ adopted: true, pid: other.serverPid });
		expect(await query(next.urls.app, 'select 1')).toBe(1);
		process.kill(next.pid, 'SIGKILL');
		await gone(other.serverPid);
		expect(await eventually(() => query(next.urls.app, 'select 2'))).toBe(2);
		await next.stop();
		expect(processBegan(next.pid)).toBeUndefined();
	});

	test('a server left behind that cannot be reached, or runs otherwise than wished, is stopped and started anew', async ({ stage }) => {
		stage.fromSeed();
		const other = await stage.otherProcess('');
		process.kill(other.pid, 'SIGKILL');
		await other.ended;
		const next = await stage.start({ durable: true });
		expect(next.adopted).toBe(false);
		expect(processBegan(other.serverPid)).toBeUndefined();
		await next.stop();

		const third = await stage.otherProcess('console.log(database.urls.app)');
		await wait(100);
		process.kill(third.pid, 'SIGKILL');
		const socketFolder = decodeURIComponent(/host=(.*)$/m.exec((await third.ended).said)?.[1] ?? '');
		rmSync(socketFolder, { recursive: true });
		const fourth = await stage.start();
		expect(fourth.adopted).toBe(false);
		expect(processBegan(third.serverPid)).toBeUndefined();
	});

	test('our process ends without stopping: the server ends too', async ({ stage }) => {
		stage.fromSeed();
		const other = await stage.otherProcess('console.log(database.urls.app); process.exit(5);');
		const { code, said } = await other.ended;
		expect(code).toBe(5);
		expect(await gone(other.serverPid)).toBe(true);
		const socketFolder = decodeURIComponent(/host=(.*)$/m.exec(said)?.[1] ?? '');
		expect(socketFolder).toContain('loopplank-');
		expect(existsSync(socketFolder)).toBe(false);
	});

	test('Ctrl-C reaches us and not the server, which we stop in order', async ({ stage }) => {
		stage.fromSeed();
		const other = await stage.otherProcess(
			'',
			undefined,
			`
			process.on('SIGINT', async ({ stage }) => {
				await new Promise((done) => setTimeout(done, 300));
				const client = new pg.Client({ connectionString: database.urls.app });
				await client.connect();
				console.log('still answers', (await client.query('select 1 as one')).rows[0].one);
				await client.end();
				await database.stop();
				process.exit(0);
			});`
		);
		process.kill(-other.pid, 'SIGINT'); // the whole process group, as a terminal does
		expect(await other.ended).toEqual({ said: 'still answers 1\n', code: 0 });
		expect(processBegan(other.serverPid)).toBeUndefined();
	});
});
