import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../database/testing.server.ts';
import type { TestDatabase } from '../database/testing.server.ts';
import type { JobHandlers } from '../jobs/job.ts';
import { openJobsScene, until } from '../jobs/testing.server.ts';
import type { JobsScene } from '../jobs/testing.server.ts';
import { listDeadLetters } from '../jobs/dead-letters.server.ts';
import { openSmtpPost } from './smtp.server.ts';
import { openMailServer } from './testing.server.ts';

let database: TestDatabase;
let scene: JobsScene;
beforeAll(async () => {
	database = await testDatabase();
	scene = await openJobsScene(database);
});
afterEach(() => scene.stopAll());
afterAll(async () => {
	await scene.owner.end();
	await database.drop();
});

const handlers: JobHandlers = {
	'mail.proof': (_, job) => job.sendMail({ to: 'anna@voorbeeld.nl', locale: 'nl', subject: 'mail.log_anchor.subject', text: 'Dag' })
};
const post = (port: number) => openSmtpPost({ url: `smtp://127.0.0.1:${port}`, from: 'pot@voorbeeld.nl', patience: 10_000 });

test('a mail server that is down, then busy, then slow: the letter arrives, once', { timeout: 90_000 }, async () => {
	const networkId = await scene.makeNetwork();
	const first = await openMailServer();
	const { port } = first;
	await first.close();
	// Tries enough: between two of these servers a busy machine may use up several.
	await scene.start(handlers, post(port), { tries: 50, delay: 1, longest: 1 });
	const id = await scene.tell(networkId, 'mail.proof');
	const failedWith = (code: string) => () => scene.events.some((event) => event['code'] === code && event['job'] === id);
	await until(failedWith('mail_server_unreachable'));
	const busy = await openMailServer({ port, refuseLetter: 451 });
	await until(failedWith('mail_server_busy'));
	await busy.close();
	const slow = await openMailServer({ port, slow: 300 });
	try {
		await until(() => slow.letters.length > 0);
		await sleep(1500);
		expect(slow.letters).toHaveLength(1);
		expect(slow.letters[0]?.source).toContain(`Message-ID: <${id}@voorbeeld.nl>`);
	} finally {
		await slow.close();
	}
});

test('an address that is refused for good is not tried again, and stands with the dead letters', async () => {
	const networkId = await scene.makeNetwork();
	const server = await openMailServer({ refuseTo: 550 });
	try {
		await scene.start(handlers, post(server.port));
		await scene.tell(networkId, 'mail.proof');
		await until(async () => (await listDeadLetters(database.connections.jobs)).length > 0);
		expect(await listDeadLetters(database.connections.jobs)).toEqual([
			{ kind: 'mail.proof', count: 1, code: 'mail_address_refused', since: expect.any(Date) }
		]);
	} finally {
		await server.close();
	}
	const queue = await database.connections.jobs.query<{ all: string }>(`select string_agg(j::text, ' ') as all from pgboss.job j`);
	expect(queue.rows[0]?.all).toContain('mail_address_refused');
	expect(queue.rows[0]?.all).not.toContain('anna');
	expect(JSON.stringify(scene.events)).not.toContain('anna');
});
