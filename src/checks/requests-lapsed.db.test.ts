import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { read } from '#foundation/command/reading.server.ts';
import { askAgain } from '#rooms/fund/requests/again/commands.server.ts';
import { listMyRequests } from '#rooms/fund/requests/again/read.server.ts';
import { prepareRequest, sendRequest } from '#rooms/fund/requests/commands.server.ts';
import { passCompletions } from '#rooms/fund/requests/jobs.server.ts';
import { judgeRequest } from '#rooms/fund/requests/judging/commands.server.ts';
import { getRequestPaper } from '#rooms/fund/requests/paper/read.server.ts';
import { recordDurability, recordEffects, recordGoal } from '#rooms/fund/requests/steps/commands.server.ts';
import { voteOnRequest } from '#rooms/fund/requests/votes/commands.server.ts';
import { said } from './acts-document.ts';
import { lapse } from './granted.server.ts';
import { fillSteps, lightWords, openRequestScene } from './request-scene.server.ts';
import type { RequestScene } from './request-scene.server.ts';
import { runDaily } from './run-daily.server.ts';
import { openScene } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { sure } from './sure.ts';

/** Money that was granted and not used in time, and acute requests that are completed after, on a real PostgreSQL. */

let scene: Scene;
let room: RequestScene;
beforeAll(async () => {
	scene = await openScene(37);
	room = await openRequestScene(scene);
});
beforeEach(() => scene.installation.world.tick(60_000));
afterAll(() => scene.drop());

const mine = (actor = scene.actors.holder) => read(scene.installation, actor, (tx, now) => listMyRequests(tx, actor, now));
const told = (kind: string) =>
	room.asOwner<{ payload: Record<string, string> }>('select payload from outbox where kind = $1 order by at', [kind]);
const grantLight = async (amount = '75') => {
	const asked = await room.ask({ amount });
	for (const voter of [room.voters.wijk, room.voters.wijkToo, room.voters.gemeente])
		sure(await voteOnRequest(scene.installation, voter, { askId: asked.askOf(voter) }));
	return asked;
};
const grantFull = async (requestId: string) => {
	for (const secretary of [scene.officers.secretaryTwo, scene.officers.secretaryThree])
		sure(await judgeRequest(scene.installation, secretary, { requestId, verdict: 'grant' }));
};

describe('a grant that was not used in time', () => {
	test('lapses once, however often and by however many it is found, and says so to who asked', async () => {
		const { requestId, caseId } = await grantLight();
		expect((await room.find(scene.actors.holder, requestId))?.state).toBe('granted');
		await room.asOwner("update reservation set expires_at = at + interval '1 second' where request_id = $1", [requestId]);
		scene.installation.world.tick(2000);
		// Two processes at once, and once more after one of them died.
		await Promise.all([runDaily(scene, 'sweep.reservations'), runDaily(scene, 'sweep.reservations')]);
		await runDaily(scene, 'sweep.reservations');
		const request = await room.find(scene.actors.holder, requestId);
		expect(request).toMatchObject({ state: 'lapsed', decision: { kind: 'granted', grantedCents: 75_00 } });
		expect(request?.events.filter((event) => event.kind === 'lapsed')).toMatchObject([{ grantedCents: 75_00, personId: null }]);
		expect(await told('mail.request_lapsed')).toEqual([{ payload: { caseId, personId: scene.actors.holder.personId } }]);
		const lines = await room.asOwner("select from log_line where act = 'reservation.expire' and result = 'done' and case_id = $1", [
			caseId
		]);
		expect(lines).toHaveLength(1);
		expect((await mine()).lapsed).toEqual([{ requestId, caseId, cents: 75_00 }]);
		expect((await mine(scene.actors.seated)).lapsed).toEqual([]);
	});

	test('is told a week before, once', async () => {
		const { caseId } = await grantLight('20');
		const { world } = scene.installation;
		const before = world.now();
		const asks = async (days: number): Promise<string[]> => {
			world.set(new Date(before.getTime() + days * 86_400_000));
			const names: string[] = [];
			await runDaily(
				scene,
				'daily.request_lapses',
				(_kind, _network, payload, once) => void (payload['caseId'] === caseId && names.push(once))
			);
			return names;
		};
		expect(await asks(50)).toEqual([]);
		const soon = await asks(54);
		expect(soon).toHaveLength(1);
		// The queue knows the name: asked for again, it is done once.
		expect(await asks(55)).toEqual(soon);
		world.set(before);
	});

	test('is asked again in one tap: of the team for what went back, and no longer weighs on the year of the case', async () => {
		const first = await grantLight('400');
		await lapse(scene, first.requestId);
		const again = sure(await askAgain(scene.installation, scene.actors.holder, { requestId: first.requestId }));
		expect(again.state).toBe('asked');
		const paper = sure(await getRequestPaper(scene.installation, scene.actors.holder, again.requestId));
		expect(paper.request).toMatchObject({ state: 'asked', lane: 'light', amountCents: 400_00, teamId: room.teamId });
		expect(paper.words.get(again.requestId)?.get('request_why')).toBe(lightWords.why);
		expect(paper.atCase?.caseId).toBe(first.caseId);
		expect(said(await askAgain(scene.installation, scene.actors.holder, { requestId: first.requestId }))).toBe('wrong_state');
		expect((await mine()).lapsed.some((one) => one.requestId === first.requestId)).toBe(false);
	});

	test('is asked again of the secretariat with all its steps and their words; it decides anew', async () => {
		const first = await room.send();
		await grantFull(first.requestId);
		await lapse(scene, first.requestId);
		const before = sure(await getRequestPaper(scene.installation, scene.actors.holder, first.requestId));
		const { requestId, state } = sure(await askAgain(scene.installation, scene.actors.holder, { requestId: first.requestId }));
		expect(state).toBe('asked');
		const after = sure(await getRequestPaper(scene.installation, scene.officers.secretaryTwo, requestId));
		const told = (paper: typeof before, id: string) => ({
			own: Object.fromEntries(paper.words.get(id) ?? []),
			problems: paper.filled.problems.map((one) => [one.kind, one.place, paper.words.get(one.entryId)?.get('request_problem')]),
			schemes: paper.filled.schemes.map((one) => [one.answer, paper.words.get(one.entryId)?.get('request_scheme_why')]),
			...{ goal: paper.filled.goal, triangle: paper.filled.triangle, effects: paper.filled.effects, missing: paper.missing }
		});
		expect(told(after, requestId)).toEqual(told(before, first.requestId));
		expect(after.judgements).toEqual([]);
		await grantFull(requestId);
		expect((await room.find(scene.actors.holder, requestId))?.state).toBe('granted');
		expect((await room.find(scene.actors.holder, first.requestId))?.state).toBe('lapsed');
	});
});

describe('an acute request', () => {
	test('is helped first and completed after, also when it is granted; overdue, who asked and the secretariat hear it once', async () => {
		const { installation, actors, officers } = scene;
		const caseId = await room.openCase();
		const { requestId } = sure(await prepareRequest(installation, actors.holder, { caseId, ...lightWords, amount: '900', acute: true }));
		const step = { requestId };
		sure(await recordGoal(installation, actors.holder, { ...step, goal: 'Warm zijn.', residentDoes: 'Belt zelf.', horizonMonths: '1' }));
		sure(await recordDurability(installation, actors.holder, { ...step, outlook: 'yes', because: 'De ketel houdt.' }));
		sure(await recordEffects(installation, actors.holder, { ...step, socialAssistance: 'no', administration: 'none' }));
		sure(await sendRequest(installation, actors.holder, step));
		await grantFull(requestId);
		const { world } = installation;
		const start = world.now();
		const { networkId } = actors.holder;
		expect((await mine()).unfinished).toMatchObject([{ requestId, caseId, steps: 4, late: false }]);
		expect((await mine(officers.secretaryTwo)).unfinished).toEqual([]);
		const [until] = (await mine()).unfinished;
		if (!until) throw new Error('it waits');
		expect(await passCompletions(installation, networkId, new Date(until.until.getTime() - 1))).toBe(0);
		expect((await Promise.all([1, 2].map(() => passCompletions(installation, networkId, until.until)))).reduce((a, b) => a + b)).toBe(1);
		expect(await passCompletions(installation, networkId, until.until)).toBe(0);
		expect(await told('mail.request_unfinished')).toEqual([{ payload: { caseId, personId: actors.holder.personId } }]);
		const heard = (await told('mail.completion_late')).map((row) => row.payload);
		expect(heard).toContainEqual({ requestId, personId: officers.secretaryTwo.personId });
		expect(heard.every((payload) => !('caseId' in payload))).toBe(true);
		world.set(until.until);
		expect((await mine()).unfinished).toMatchObject([{ requestId, late: true }]);
		expect((await mine(officers.secretaryTwo)).unfinished).toMatchObject([{ requestId, caseId: null, late: true }]);
		expect((await mine(actors.colleague)).unfinished).toEqual([]);
		await fillSteps(scene, actors.holder, requestId);
		expect((await mine()).unfinished).toEqual([]);
		expect((await mine(officers.secretaryTwo)).unfinished).toEqual([]);
		world.set(start);
	});
});
