import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cardOperations } from '#lib/api/card-operations.ts';
import { questionOperations } from '#lib/api/question-operations.ts';
import { wordOperations } from '#lib/api/word-operations.ts';
import { openApiScene } from './api-scene.server.ts';
import { caseWords } from './case-words.ts';
import { giveProfile } from './fill-knowledge.server.ts';

/** By API: one allowed and one refused per act and reading on questions and knowledge cards. */

let scene: Awaited<ReturnType<typeof openApiScene>>;
beforeAll(async () => {
	scene = await openApiScene(15);
	await giveProfile(scene, 'invited', { schemes: 'huurschuld, bijzondere bijstand' });
});
afterAll(() => scene.drop());

const nobody = '00000000-0000-7000-8000-000000000000';

async function openCase(): Promise<string> {
	return ((await scene.ask('holder', 'POST', '/cases', { body: caseWords })).json as { caseId: string }).caseId;
}
async function ask(caseId: string): Promise<{ questionId: string; askId: string }> {
	const body = { text: 'Wie weet hoe dit kan?', asked: [scene.actors.invited.membershipId] };
	const asked = await scene.ask('holder', 'POST', `/cases/${caseId}/questions`, { body });
	expect(asked.status).toBe(201);
	const { questionId, asks } = asked.json as { questionId: string; asks: string[] };
	expect(asked.headers.get('location')).toBe(`/api/v1/questions/${questionId}`);
	return { questionId, askId: asks[0] ?? '' };
}
const answer = (askId: string) =>
	scene.ask('invited', 'POST', `/asks/${askId}/answer`, { body: { answer: 'other_way', text: 'Vraag bijzondere bijstand.' } });

describe('a question', () => {
	test('goes to who is proposed, with the reason why; to who does not sit at the table nobody is proposed', async () => {
		const caseId = await openCase();
		expect((await scene.ask('holder', 'GET', `/cases/${caseId}/proposals`)).json).toMatchObject({
			proposals: [
				{ membershipId: scene.actors.invited.membershipId, why: [{ kind: 'schemes', phrases: [{ phrase: 'huurschuld', said: null }] }] }
			]
		});
		expect((await scene.ask('invited', 'GET', `/cases/${caseId}/proposals`)).status).toBe(404);
		const body = { text: 'Wie weet raad?', asked: [] };
		expect((await scene.ask('holder', 'POST', `/cases/${caseId}/questions`, { body })).errors).toEqual(['asked required']);
		expect((await scene.ask('colleague', 'POST', `/cases/${caseId}/questions`, { body: { ...body, asked: [nobody] } })).status).toBe(404);
	});

	test('is read and answered by who is asked, who learns nowhere of which case it is', async () => {
		const caseId = await openCase();
		const { questionId, askId } = await ask(caseId);
		const mine = await scene.ask('invited', 'GET', '/asks');
		expect(mine.json).toMatchObject({ asks: [{ askId, questionId, text: 'Wie weet hoe dit kan?' }] });
		expect((await scene.ask(null, 'GET', '/asks')).status).toBe(401);
		const seen = await scene.ask('invited', 'GET', `/questions/${questionId}`);
		expect(seen.json).toMatchObject({ questionId, caseId: null, asks: [{ askId, answer: null }] });
		expect((await scene.ask('colleague', 'GET', `/questions/${questionId}`)).status).toBe(404);
		expect((await scene.ask('colleague', 'POST', `/asks/${askId}/answer`, { body: { answer: 'call_me' } })).status).toBe(404);
		const answered = await answer(askId);
		expect([answered.status, (await answer(askId)).code]).toEqual([201, 'already_answered']);
		const wrote = await scene.ask('invited', 'POST', `/asks/${askId}/messages`, { body: { text: 'Bij het loket.' } });
		expect(wrote.status).toBe(201);
		expect((await scene.ask('colleague', 'POST', `/asks/${askId}/messages`, { body: { text: 'Ik ook.' } })).status).toBe(404);
		expect((await scene.ask('holder', 'GET', `/questions/${questionId}`)).json).toMatchObject({
			...{ caseId, state: 'answered', asks: [{ text: 'Vraag bijzondere bijstand.' }], messages: [{ text: 'Bij het loket.' }] }
		});
		const all = [mine.json, seen.json, answered.json, wrote.json, (await scene.ask('invited', 'GET', `/questions/${questionId}`)).json];
		expect(JSON.stringify(all)).not.toContain(caseId);
	});

	test('is taken back by who asked it, once', async () => {
		const { questionId } = await ask(await openCase());
		const path = `/questions/${questionId}/withdrawal`;
		expect((await scene.ask('invited', 'POST', path)).code).toBe('not_asker');
		expect((await scene.ask('holder', 'POST', path)).status).toBe(204);
		expect((await scene.ask('holder', 'POST', path)).code).toBe('question_withdrawn');
		expect((await scene.ask('invited', 'GET', `/questions/${questionId}`)).json).toMatchObject({ text: null, state: 'withdrawn' });
	});
});

describe('a knowledge card', () => {
	const card = { scheme: 'Bijzondere bijstand', how: 'Vraag het aan voor de ontruiming.', who: 'Het wijkteam' };

	test('is made of an answer that helped, without personal data, and bears a name only when its owner lets it', async () => {
		const { askId } = await ask(await openCase());
		expect((await answer(askId)).status).toBe(201);
		const make = (body: object) => scene.ask('holder', 'POST', `/asks/${askId}/card`, { body });
		expect((await make(card)).code).toBe('not_helped_yet');
		expect((await scene.ask('invited', 'POST', `/asks/${askId}/helped`)).code).toBe('not_asker');
		expect((await scene.ask('holder', 'POST', `/asks/${askId}/helped`)).status).toBe(204);
		const personal = await make({ ...card, how: 'Bel 06-12345678.' });
		expect([personal.code, personal.errors]).toEqual(['personal_data', ['how looks_like_phone']]);
		const made = await make(card);
		expect(made.status).toBe(201);
		const { cardId } = made.json as { cardId: string };
		expect((await make(card)).code).toBe('already_marked');
		expect((await scene.ask('colleague', 'POST', `/cards/${cardId}/name`, { body: { name: 'yes' } })).code).toBe('not_asked');
		expect((await scene.ask('colleague', 'GET', `/cards/${cardId}`)).json).toMatchObject({ ...card, namedMembershipIds: [] });
		expect((await scene.ask('invited', 'POST', `/cards/${cardId}/name`, { body: { name: 'yes' } })).status).toBe(204);
		expect((await scene.ask('colleague', 'GET', `/cards/${cardId}`)).json).toMatchObject({
			namedMembershipIds: [scene.actors.invited.membershipId]
		});
		expect((await scene.ask('stranger', 'GET', `/cards/${cardId}`)).status).toBe(404);
		for (const q of ['bijstand', 'bijzonder%20ontruimingen', 'bijstnad'])
			expect((await scene.ask('colleague', 'GET', `/cards?q=${q}`)).json).toMatchObject({ cards: [{ cardId }] });
		expect((await scene.ask('colleague', 'GET', '/cards?q=tuinieren')).json).toEqual({ cards: [] });
		expect((await scene.ask('colleague', 'GET', '/cards?page=2')).status).toBe(400);
		expect((await scene.ask('stranger', 'GET', '/cards')).json).toEqual({ cards: [] });
		expect((await scene.ask(null, 'GET', '/cards')).status).toBe(401);
	});

	test('is looked at again by who works with cases, and put away by who made it', async () => {
		const { askId } = await ask(await openCase());
		await answer(askId);
		await scene.ask('holder', 'POST', `/asks/${askId}/helped`);
		const { cardId } = (await scene.ask('holder', 'POST', `/asks/${askId}/card`, { body: card })).json as { cardId: string };
		expect((await scene.ask('oversight', 'POST', `/cards/${cardId}/reviews`)).code).toBe('not_allowed');
		expect((await scene.ask('colleague', 'POST', `/cards/${cardId}/reviews`)).status).toBe(204);
		expect((await scene.ask('colleague', 'POST', `/cards/${cardId}/retirement`)).code).toBe('not_allowed');
		expect((await scene.ask('holder', 'POST', `/cards/${cardId}/retirement`)).status).toBe(204);
		expect((await scene.ask('holder', 'POST', `/cards/${cardId}/reviews`)).code).toBe('wrong_state');
	});
});

test('a word of the network is added, read, and taken out by who added it', async () => {
	const body = { concept: 'huurachterstand', label: 'achterloper', register: 'everyday' };
	const { wordId } = (await scene.ask('holder', 'POST', '/words', { body })).json as { wordId: string };
	expect((await scene.ask('holder', 'POST', '/words', { body })).errors).toEqual(['label already_there']);
	expect((await scene.ask('oversight', 'POST', '/words', { body })).code).toBe('not_allowed');
	const listed = (await scene.ask('colleague', 'GET', '/words')).json as { concepts: { concept: string; ownWords: object[] }[] };
	expect(listed.concepts.find(({ concept }) => concept === 'huurachterstand')?.ownWords).toMatchObject([{ wordId, label: 'achterloper' }]);
	expect((await scene.ask(null, 'GET', '/words')).status).toBe(401);
	expect((await scene.ask('colleague', 'POST', `/words/${wordId}/retirement`)).code).toBe('not_allowed');
	expect((await scene.ask('holder', 'POST', `/words/${wordId}/retirement`)).status).toBe(204);
	expect((await scene.ask('holder', 'POST', `/words/${wordId}/retirement`)).code).toBe('wrong_state');
});

test('a thing of the network and a word of the field are put aside and set back; what is aside is told apart', async () => {
	const body = { kind: 'scheme', name: 'Havenfonds', saysFor: 'Een fonds van hier.' };
	const { conceptId } = (await scene.ask('holder', 'POST', '/words/concepts', { body })).json as { conceptId: string };
	expect((await scene.ask('holder', 'POST', '/words/concepts', { body })).errors).toEqual(['name already_there']);
	expect((await scene.ask('oversight', 'POST', '/words/concepts', { body })).code).toBe('not_allowed');
	expect((await scene.ask('colleague', 'POST', `/words/concepts/${conceptId}/retirement`)).code).toBe('not_allowed');
	expect((await scene.ask('stranger', 'POST', `/words/concepts/${conceptId}/retirement`)).status).toBe(404);
	expect((await scene.ask('holder', 'POST', `/words/concepts/${conceptId}/retirement`)).status).toBe(204);
	const word = { concept: 'huurtoeslag', label: 'huursubsidie' };
	expect((await scene.ask('holder', 'POST', '/field-words/retirement', { body: word })).code).toBe('not_allowed');
	expect((await scene.ask('facilitator', 'POST', '/field-words/retirement', { body: word })).status).toBe(204);
	const listed = async () => {
		const { concepts } = (await scene.ask('colleague', 'GET', '/words')).json as {
			concepts: {
				concept: string;
				conceptId: string | null;
				retired: boolean;
				labels: { label: string }[];
				labelsAside: { label: string }[];
			}[];
		};
		const ofTheField = concepts.find(({ concept }) => concept === 'huurtoeslag');
		return {
			retired: concepts.find((entry) => entry.conceptId === conceptId)?.retired,
			stands: ofTheField?.labels.some(({ label }) => label === word.label),
			aside: ofTheField?.labelsAside.map(({ label }) => label)
		};
	};
	expect(await listed()).toEqual({ retired: true, stands: false, aside: [word.label] });
	scene.installation.world.tick(1000);
	expect((await scene.ask('colleague', 'POST', `/words/concepts/${conceptId}/restoration`)).status).toBe(204);
	expect((await scene.ask('colleague', 'POST', `/words/concepts/${conceptId}/restoration`)).code).toBe('wrong_state');
	expect((await scene.ask('oversight', 'POST', '/field-words/restoration', { body: word })).code).toBe('not_allowed');
	expect((await scene.ask('holder', 'POST', '/field-words/restoration', { body: word })).status).toBe(204);
	expect(await listed()).toEqual({ retired: false, stands: true, aside: [] });
});

test('every operation was seen to be done and to be refused', () => {
	expect(scene.documented.neverSeen([...questionOperations, ...cardOperations, ...wordOperations])).toEqual({ done: [], refused: [] });
});
