import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import { judgeRequest } from '#rooms/fund/requests/judging/commands.server.ts';
import { listDecided } from '#rooms/fund/requests/judging/read.server.ts';
import { openRequestScene } from './request-scene.server.ts';
import type { RequestScene } from './request-scene.server.ts';
import { openScene } from './scene.server.ts';
import { sure } from './sure.ts';

/** What the secretariat decided: newest first, with its outcome and whether it was in time. */

let on: RequestScene;
let one: Actor;
let two: Actor;
beforeAll(async () => {
	on = await openRequestScene(await openScene(34));
	one = on.scene.officers.secretaryTwo;
	two = on.scene.officers.secretaryThree;
});
afterAll(() => on.scene.drop());

const judge = async (requestId: string, verdict: Record<string, string>): Promise<void> => {
	for (const who of [one, two]) sure(await judgeRequest(on.scene.installation, who, { requestId, reason: 'Zo is het goed.', ...verdict }));
};
const decided = (who: Actor, limit = 10, before?: string) =>
	read(on.scene.installation, who, (tx) => listDecided(tx, who, { limit, ...(before === undefined ? {} : { before }) }));

describe('what was decided above a team', () => {
	test('is listed newest first, with outcome and amount, and what still waits is not in it', async () => {
		const world = on.scene.installation.world;
		const first = await on.send({ amount: '800' });
		await judge(first.requestId, { verdict: 'grant' });
		world.tick(60_000);
		const second = await on.send({ amount: '900' });
		await judge(second.requestId, { verdict: 'partly', amount: '300' });
		world.tick(60_000);
		const third = await on.send({ amount: '700' });
		await judge(third.requestId, { verdict: 'refuse', whoHelps: 'De gemeente' });
		const waits = await on.send({ amount: '750' });
		const list = await decided(one);
		expect(list.map(({ request, kind, grantedCents, late }) => [request.requestId, kind, grantedCents, late])).toEqual([
			[third.requestId, 'refused', null, false],
			[second.requestId, 'partly', 300_00, false],
			[first.requestId, 'granted', 800_00, false]
		]);
		expect(list.some(({ request }) => request.requestId === waits.requestId)).toBe(false);

		expect((await decided(one, 2)).map(({ request }) => request.requestId)).toEqual([third.requestId, second.requestId]);
		expect((await decided(one, 2, second.requestId)).map(({ request }) => request.requestId)).toEqual([first.requestId]);
		expect(await decided(one, 2, first.requestId)).toEqual([]);
	});

	test('says that it came after the term when it did', async () => {
		const { requestId } = await on.send({ amount: '650', acute: true });
		on.scene.installation.world.tick(25 * 3_600_000);
		await judge(requestId, { verdict: 'grant' });
		expect((await decided(two))[0]).toMatchObject({ request: { requestId }, late: true });
	});

	test('is no list for who asked, for a colleague, or for who was not asked to decide', async () => {
		for (const who of [on.scene.actors.holder, on.scene.actors.colleague, on.voters.kade]) expect(await decided(who)).toEqual([]);
	});
});
