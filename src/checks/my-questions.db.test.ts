import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import { openCase } from '#rooms/cases/commands.server.ts';
import { closeCase } from '#rooms/causes/commands.server.ts';
import { withdrawRequest } from '#rooms/fund/requests/commands.server.ts';
import { askMore, voteOnRequest } from '#rooms/fund/requests/votes/commands.server.ts';
import { listDecidedQuestions } from '#rooms/fund/requests/votes/read.server.ts';
import { answerQuestion, askQuestion, withdrawQuestion } from '#rooms/knowledge/commands.server.ts';
import { writeMessage } from '#rooms/knowledge/conversation/commands.server.ts';
import { listAnswersToMe, listMyAsks, listMyQuestions, listPastAsks } from '#rooms/knowledge/mine/read.server.ts';
import { caseWords } from './case-words.ts';
import { addPerson } from './more-people.server.ts';
import { makeTestTeam, openRequestScene } from './request-scene.server.ts';
import type { Asked } from './request-scene.server.ts';
import { openScene } from './scene.server.ts';
import type { Scene, SceneRole } from './scene.server.ts';
import { sure } from './sure.ts';

/** What of questions waits for whom: on the page where someone begins, and in their list. */

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(146);
});
afterAll(() => scene.drop());

const actor = (role: SceneRole) => scene.actors[role];
const of = (role: SceneRole) => {
	const { installation } = scene;
	return read(installation, actor(role), async (tx, now) => ({
		asks: (await listMyAsks(tx, installation.keyring, actor(role), [])).map(({ text }) => text),
		answers: (await listAnswersToMe(tx, installation.keyring, actor(role), now)).map(({ text, answer }) => [answer, text]),
		past: (await listPastAsks(tx, installation.keyring, actor(role), [])).map(({ text, answer }) => [answer, text]),
		mine: (await listMyQuestions(tx, installation.keyring, actor(role))).map(({ text, state }) => [state, text])
	}));
};
const nothing = { asks: [], answers: [], past: [], mine: [] };

test('a question waits for who is asked until it is answered, taken back, or its case is closed; an answer for who asked until they wrote back', async () => {
	const { installation } = scene;
	const { caseId } = sure(await openCase(installation, actor('holder'), caseWords));
	const ask = async (text: string) => {
		const asked = sure(await askQuestion(installation, actor('holder'), { caseId, text, asked: [actor('invited').membershipId] }));
		installation.world.tick(1000);
		return { questionId: asked.questionId, askId: asked.asks[0] ?? '' };
	};
	const [first, second] = [await ask('Eerste?'), await ask('Tweede?')];
	await ask('Derde?');
	expect(await of('invited')).toEqual({ ...nothing, asks: ['Eerste?', 'Tweede?', 'Derde?'] });
	expect(await of('colleague')).toEqual(nothing);
	sure(await answerQuestion(installation, actor('invited'), { askId: first.askId, answer: 'other_way', text: 'Zo.' }));
	sure(await withdrawQuestion(installation, actor('holder'), { questionId: second.questionId }));
	expect(await of('invited')).toEqual({
		...{ ...nothing, asks: ['Derde?'] },
		past: [
			[null, null],
			['other_way', 'Eerste?']
		]
	});
	const mine = [
		['open', 'Derde?'],
		['withdrawn', 'Tweede?'],
		['answered', 'Eerste?']
	];
	expect(await of('holder')).toEqual({ ...nothing, answers: [['other_way', 'Zo.']], mine });
	installation.world.tick(13 * 86_400_000);
	expect((await of('holder')).answers).toHaveLength(1);
	sure(await writeMessage(installation, actor('holder'), { askId: first.askId, text: 'Dank je.' }));
	expect((await of('holder')).answers).toEqual([]);
	sure(await closeCase(installation, actor('holder'), { caseId, outcome: 'helped', cause: 'none', responsible: '' }));
	expect((await of('invited')).asks).toEqual([]);
});

test('an answer that nobody wrote back to is left after two weeks', async () => {
	const { installation } = scene;
	const { caseId } = sure(await openCase(installation, actor('seated'), caseWords));
	const input = { caseId, text: 'Vierde?', asked: [actor('colleague').membershipId] };
	const { asks } = sure(await askQuestion(installation, actor('seated'), input));
	sure(await answerQuestion(installation, actor('colleague'), { askId: asks[0] ?? '', answer: 'call_me' }));
	expect((await of('seated')).answers).toEqual([['call_me', null]]);
	installation.world.tick(14 * 86_400_000);
	expect((await of('seated')).answers).toEqual([]);
});

test('a request for money waits with a colleague until it is decided, taken back or brought to the full lane; then it stands with what was', async () => {
	const { installation } = scene;
	const room = await openRequestScene(scene);
	const reader = await addPerson(scene, ['professional'], actor('seated'));
	const { kade, wijk, gemeente } = room.voters;
	const teamId = await makeTestTeam(scene, [actor('holder'), reader, kade, wijk, gemeente]);
	await room.setMoney(teamId, 10_000_00);
	const waiting = () =>
		read(installation, reader, async (tx) => {
			const decided = await listDecidedQuestions(tx, reader);
			const asks = await listMyAsks(tx, installation.keyring, reader, decided);
			const past = await listPastAsks(tx, installation.keyring, reader, decided);
			return [asks.length, past.length];
		});
	const yes = (voter: Actor, asked: Asked) => voteOnRequest(installation, voter, { askId: asked.askOf(voter) });
	const [granted, back, more] = [await room.ask({ teamId }), await room.ask({ teamId }), await room.ask({ teamId })];
	sure(await yes(kade, granted));
	sure(await yes(wijk, granted));
	expect(await waiting()).toEqual([3, 0]);
	sure(await yes(gemeente, granted));
	expect(await waiting()).toEqual([2, 1]);
	sure(await withdrawRequest(installation, actor('holder'), { requestId: back.requestId }));
	expect(await waiting()).toEqual([1, 2]);
	sure(await askMore(installation, kade, { askId: more.askOf(kade) }));
	expect(await waiting()).toEqual([0, 3]);
});
