import { afterAll, beforeAll, expect, test } from 'vitest';
import { letterOperations } from '#lib/api/letter-operations.ts';
import { publicationOperations } from '#lib/api/publication-operations.ts';
import { publicationJobs } from '#rooms/causes/publication/jobs.server.ts';
import type { Job } from '#foundation/jobs/job.ts';
import { dayAt } from '#foundation/time/days.ts';
import { openApiScene } from './api-scene.server.ts';
import { nameOften, sharedCause } from './fill-causes.server.ts';

/** By API: one allowed and one refused per act and reading on making a cause public. The whole matrix stands at the commands. */

let scene: Awaited<ReturnType<typeof openApiScene>>;
beforeAll(async () => {
	scene = await openApiScene();
});
afterAll(() => scene.drop());

/** The id of a new cause in so many cases. */
async function causeIn(cases: number, more: object): Promise<string> {
	const title = `Gewoonte ${cases}`;
	await nameOften(scene, cases, { ...sharedCause(scene), title, ...more });
	const { causes } = (await scene.ask('colleague', 'GET', '/causes')).json as { causes: { causeId: string; title: string }[] };
	return causes.find((one) => one.title === title)?.causeId ?? '';
}
const idIn = (answered: { json: unknown }, name: string): string => (answered.json as Record<string, string>)[name] ?? '';

test('a cause is proposed, answered, read by two, public after thirty days, and taken back', async () => {
	const causeId = await causeIn(5, { cause: 'national_scheme', responsible: 'uwv' });
	const few = await causeIn(3, {});
	const propose = (role: 'colleague' | 'facilitator', id: string) => scene.ask(role, 'POST', `/causes/${id}/publications`);
	expect((await propose('colleague', causeId)).code).toBe('not_allowed');
	expect((await propose('facilitator', few)).code).toBe('too_few_cases');
	const made = await propose('facilitator', causeId);
	expect(made.status).toBe(201);
	expect((await propose('facilitator', causeId)).code).toBe('already_proposed');
	const path = `/publications/${idIn(made, 'publicationId')}`;
	expect((await scene.ask('colleague', 'GET', `/causes/${causeId}/publication`)).json).toMatchObject({
		publication: { state: 'asked', until: null, waitsFor: 'telling', events: [] },
		releases: []
	});
	expect((await scene.ask('stranger', 'GET', `/causes/${causeId}/publication`)).status).toBe(404);

	scene.installation.world.tick(1000);
	const proof = { proof: 'Brief van 3 mei' };
	expect((await scene.ask('colleague', 'POST', `${path}/tellings`, { body: proof })).code).toBe('not_allowed');
	expect((await scene.ask('facilitator', 'POST', `${path}/tellings`, { body: proof })).status).toBe(204);
	const answer = { words: 'Wij bellen voortaan terug.' };
	expect((await scene.ask('colleague', 'POST', `${path}/answers`, { body: answer })).code).toBe('not_allowed');
	expect((await scene.ask('administrator', 'POST', `${path}/answers`, { body: answer })).errors).toEqual(['proof required']);
	const answered = await scene.ask('administrator', 'POST', `${path}/answers`, { body: { ...answer, ...proof } });
	expect(answered.status).toBe(201);

	const title = { kind: 'title', words: 'Wie belt, wacht' };
	expect((await scene.ask('oversight', 'POST', `/causes/${causeId}/releases`, { body: title })).code).toBe('not_allowed');
	const written = await scene.ask('holder', 'POST', `/causes/${causeId}/releases`, { body: title });
	expect(written.status).toBe(201);
	const hand = (role: 'holder' | 'colleague', id: string) =>
		scene.ask(role, 'POST', `/releases/${id}/hand`, { body: { answer: 'released' } });
	expect((await hand('holder', idIn(written, 'releaseId'))).code).toBe('other_eyes');
	expect((await hand('colleague', idIn(written, 'releaseId'))).status).toBe(204);
	expect((await hand('holder', idIn(answered, 'releaseId'))).status).toBe(204);

	expect((await scene.ask('colleague', 'GET', '/register')).json).toEqual({ causes: [] });
	const { networkId } = scene.actors.holder;
	const now = new Date(scene.installation.world.now().getTime() + 31 * 86_400_000);
	await publicationJobs['daily.publications']?.(scene.installation, {
		kind: 'daily.publications',
		networkId,
		payload: {},
		now
	} as unknown as Job);
	expect((await scene.ask('oversight', 'GET', '/register')).json).toMatchObject({
		causes: [{ causeId, cases: 5, outside: 'uwv', organisationId: null, gone: false, title: title.words, answer: answer.words, rule: null }]
	});
	expect((await scene.ask(null, 'GET', '/register')).status).toBe(401);
	expect((await scene.ask('colleague', 'POST', `${path}/withdrawal`)).code).toBe('not_allowed');
	expect((await scene.ask('facilitator', 'POST', `${path}/withdrawal`)).status).toBe(204);
	expect((await scene.ask('oversight', 'GET', '/register')).json).toEqual({ causes: [] });
});

test('a law that leaves no local room makes a letter: in fives, with words that two released', async () => {
	const few = await causeIn(4, { cause: 'law_no_local_room', responsible: 'ministry' });
	const many = await causeIn(7, { cause: 'law_no_local_room', responsible: 'ministry' });
	const other = await causeIn(6, {});
	expect((await scene.ask('colleague', 'GET', `/causes/${few}/letter`)).json).toMatchObject({ cases: null, title: null, letters: [] });
	expect((await scene.ask('colleague', 'GET', `/causes/${many}/letter`)).json).toEqual({
		cases: 5,
		sinceYear: 2026,
		title: null,
		letters: []
	});
	expect((await scene.ask('colleague', 'GET', `/causes/${other}/letter`)).status).toBe(404);
	const words = { kind: 'title', words: 'Wie samenwoont, verliest' };
	const written = await scene.ask('holder', 'POST', `/causes/${many}/releases`, { body: words });
	const hand = `/releases/${idIn(written, 'releaseId')}/hand`;
	await scene.ask('colleague', 'POST', hand, { body: { answer: 'released' } });
	expect((await scene.ask('colleague', 'GET', `/causes/${many}/letter`)).json).toMatchObject({ title: words.words });

	// That it was sent, and what came back.
	const sent = { addressee: 'ministry', sentOn: dayAt(scene.installation.world.now()) };
	expect((await scene.ask('holder', 'POST', `/causes/${few}/letters`, { body: sent })).code).toBe('too_few_cases');
	expect((await scene.ask('oversight', 'POST', `/causes/${many}/letters`, { body: sent })).code).toBe('not_allowed');
	const letter = await scene.ask('holder', 'POST', `/causes/${many}/letters`, { body: sent });
	expect(letter.status).toBe(201);
	const back = { answer: 'not_sent', answeredOn: sent.sentOn, words: 'Hij lag er nog.' };
	const answers = (role: 'colleague' | 'stranger') =>
		scene.ask(role, 'POST', `/letters/${idIn(letter, 'letterId')}/answers`, { body: back });
	expect((await answers('stranger')).status).toBe(404);
	expect((await answers('colleague')).status).toBe(204);
	scene.installation.world.tick(1000);
	expect((await answers('colleague')).code).toBe('wrong_state');
	expect((await scene.ask('colleague', 'GET', `/causes/${many}/letter`)).json).toMatchObject({
		letters: [{ ...sent, state: 'not_sent', answers: [back] }]
	});
});

test('every operation was seen to be done and to be refused', () =>
	expect(scene.documented.neverSeen([...publicationOperations, ...letterOperations])).toEqual({ done: [], refused: [] }));
