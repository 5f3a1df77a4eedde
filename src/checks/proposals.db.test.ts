import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { read } from '#foundation/command/reading.server.ts';
import { openCase } from '#rooms/cases/commands.server.ts';
import { askQuestion } from '#rooms/knowledge/commands.server.ts';
import { proposeColleagues } from '#rooms/knowledge/proposals/read.server.ts';
import { giveProfile } from './fill-knowledge.server.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene, SceneRole } from './scene.server.ts';

/** Who knows what to do in a case: words of the case beside profiles, in a real PostgreSQL. */

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(143);
});
afterAll(() => scene.drop());
beforeEach(() => owned('delete from profile'));

const actor = (role: SceneRole) => scene.actors[role];
const open = async (words: Partial<typeof caseWords> & { looming?: string } = {}): Promise<string> =>
	sure(await openCase(scene.installation, actor('holder'), { ...caseWords, ...words })).caseId;
const ask = async (caseId: string, role: SceneRole) =>
	sure(await askQuestion(scene.installation, actor('holder'), { caseId, text: 'Wie weet raad?', asked: [actor(role).membershipId] }));
const owned = async (sql: string, values: unknown[] = []): Promise<void> => {
	const owner = await scene.database.connections.owner();
	try {
		await owner.query(sql, values);
	} finally {
		await owner.end();
	}
};
const proposed = async (caseId: string, role: SceneRole = 'holder') =>
	(
		await read(scene.installation, actor(role), (tx, now) => proposeColleagues(tx, scene.installation.keyring, actor(role), now, caseId))
	).map((entry) => ({
		role: (Object.keys(scene.actors) as SceneRole[]).find((name) => scene.actors[name].personId === entry.personId),
		why: entry.why.map(({ kind, phrases }) => ({ kind, phrases: phrases.map(({ phrase }) => phrase) }))
	}));

test('is found by stems, parts of words and typing mistakes, with the reason why', async () => {
	await giveProfile(scene, 'invited', { schemes: 'briefadres, bijzondere bijstand' });
	await giveProfile(scene, 'colleague', { topics: 'huurschulden; tuinieren' });
	await giveProfile(scene, 'facilitator', { livedExperience: 'Ik heb zelf op straat gestaan na een ontruiming zonder briefadres' });
	await giveProfile(scene, 'administrator', { topics: 'tuinieren' });
	const caseId = await open({
		stuck: 'Hij krijgt geen briefadres, dus geen bijzondere bijstand. De huurschuld loopt op.',
		firstNeed: 'Een briefadres.',
		looming: 'Een ontruiming, en dan de straat.'
	});
	expect(await proposed(caseId)).toEqual([
		{ role: 'invited', why: [{ kind: 'schemes', phrases: ['bijzondere bijstand', 'briefadres'] }] },
		{
			role: 'facilitator',
			why: [{ kind: 'lived_experience', phrases: ['Ik heb zelf op straat gestaan na een ontruiming zonder briefadres'] }]
		},
		{ role: 'colleague', why: [{ kind: 'topics', phrases: ['huurschulden'] }] }
	]);
});

test('fits by a language when the case names it, and not because its code is a Dutch word', async () => {
	await giveProfile(scene, 'invited', { topics: 'huurschuld', languages: ['de'] });
	const topic = { kind: 'topics', phrases: ['huurschuld'] };
	const why = async (stuck: string) => (await proposed(await open({ stuck })))[0]?.why;
	expect(await why('De huurschuld loopt op.')).toEqual([topic]);
	expect(await why('De huurschuld loopt op, en zij spreekt alleen Duits.')).toEqual([topic, { kind: 'languages', phrases: ['de'] }]);
});

test('is not proposed when away, not willing, at the table, or gone', async () => {
	await giveProfile(scene, 'invited', { topics: 'huurschuld', available: false });
	await giveProfile(scene, 'colleague', { topics: 'huurschuld', willing: false });
	await giveProfile(scene, 'holder', { topics: 'huurschuld' });
	await giveProfile(scene, 'facilitator', { topics: 'huurschuld' });
	const caseId = await open();
	expect((await proposed(caseId)).map(({ role }) => role)).toEqual(['facilitator']);
	await owned('update membership set valid_until = $1 where membership_id = $2', [
		scene.installation.world.now(),
		actor('facilitator').membershipId
	]);
	try {
		expect(await proposed(caseId)).toEqual([]);
	} finally {
		await owned('update membership set valid_until = null where membership_id = $1', [actor('facilitator').membershipId]);
	}
});

test('ranks lower when asked often in four weeks, and is forgotten to have been asked after', async () => {
	await giveProfile(scene, 'invited', { topics: 'huurschuld, ontruiming' });
	await giveProfile(scene, 'colleague', { topics: 'huurschuld' });
	const caseId = await open();
	expect((await proposed(caseId)).map(({ role }) => role)).toEqual(['invited', 'colleague']);
	for (let time = 0; time < 6; time++) await ask(caseId, 'invited');
	expect((await proposed(caseId)).map(({ role }) => role)).toEqual(['colleague', 'invited']);
	scene.installation.world.tick(29 * 86_400_000);
	expect((await proposed(caseId)).map(({ role }) => role)).toEqual(['invited', 'colleague']);
});

test('nobody, where the case shares nothing with anyone; and to who does not sit there, nothing is told', async () => {
	await giveProfile(scene, 'invited', { topics: 'tuinieren, koken' });
	await giveProfile(scene, 'colleague', { topics: 'huurschuld' });
	const caseId = await open({ stuck: 'Geen inkomen.', firstNeed: 'Geld voor eten.' });
	expect(await proposed(caseId)).toEqual([]);
	expect(await proposed(await open(), 'seated')).toEqual([]);
});
