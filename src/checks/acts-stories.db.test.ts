import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { read } from '#foundation/command/reading.server.ts';
import type { Actor } from '#foundation/actor.ts';
import { acceptInvitation, inviteToTable, openCase } from '#rooms/cases/commands.server.ts';
import { closeCase } from '#rooms/causes/commands.server.ts';
import { confirmStory, withdrawStory, writeStory } from '#rooms/causes/stories/commands.server.ts';
import { listMyStories, listReleasedStories } from '#rooms/causes/stories/read.server.ts';
import { said, tableUnder } from './acts-document.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** Every act x role x state on a story without names (F6), done for real, must answer as docs/ACTIONS.md says. */

let scene: Scene;
let by: Readonly<Record<string, Actor>>;
beforeAll(async () => {
	scene = await openScene(551);
	by = { ...scene.actors, own: scene.officers.administratorTwo };
});
afterAll(() => scene.drop());

const actorOf = (column: string): Actor => {
	const actor = by[column];
	if (!actor) throw new Error(`Nobody is ${column}.`);
	return actor;
};
let told = 0;
const words = () => ({ resident: 'yes', words: `Wie wacht, betaalt dubbel: verhaal ${told++}.` });

interface Staged {
	readonly caseId: string;
	readonly storyId: string;
}

/** A case with its table, and a story in a state of docs/ACTIONS.md. */
async function stage(state: string): Promise<Staged> {
	const { installation } = scene;
	const holder = actorOf('holder');
	const { caseId } = sure(await openCase(installation, holder, caseWords));
	for (const actor of [actorOf('own'), actorOf('seated')]) {
		const invited = await inviteToTable(installation, holder, { caseId, membershipId: actor.membershipId, message: 'Doe mee' });
		sure(await acceptInvitation(installation, actor, sure(invited)));
	}
	if (state === 'open') return { caseId, storyId: '' };
	sure(await closeCase(installation, holder, { caseId, outcome: 'helped', cause: 'none', responsible: '', notFollowedBecause: 'Weg.' }));
	if (state === 'closed') return { caseId, storyId: '' };
	const { storyId } = sure(await writeStory(installation, holder, { caseId, ...words() }));
	installation.world.tick(1000);
	if (state === 'released' || state === 'declined') sure(await confirmStory(installation, actorOf('seated'), { storyId, answer: state }));
	if (state === 'withdrawn') sure(await withdrawStory(installation, holder, { storyId }));
	return { caseId, storyId };
}

const doing: Record<string, (actor: Actor, staged: Staged) => Promise<Parameters<typeof said>[0]>> = {
	'story.write': (actor, { caseId }) => writeStory(scene.installation, actor, { caseId, ...words() }),
	'story.confirm': (actor, { storyId }) => confirmStory(scene.installation, actor, { storyId, answer: 'released' }),
	'story.withdraw': (actor, { storyId }) => withdrawStory(scene.installation, actor, { storyId })
};

describe('acts on a story without names', () => {
	const table = tableUnder('Acts on a story without names');
	for (const [act = '', state = '', ...cells] of table.rows)
		test(`${act} when it is ${state}`, async () => {
			const answers: Record<string, string> = {};
			let staged = await stage(state);
			for (const column of table.columns.slice(1)) {
				answers[column] = said((await doing[act]?.(actorOf(column), staged)) ?? { ok: true, value: null });
				if (answers[column] === 'yes') staged = await stage(state);
			}
			expect(answers).toEqual(Object.fromEntries(table.columns.slice(1).map((column, index) => [column, cells[index]])));
		});
});

describe('a story', () => {
	const toldNow = (actor: Actor) => read(scene.installation, actor, (tx) => listReleasedStories(tx, actor));

	test('waits for a yes of the resident, and for words without a number or an address', async () => {
		const { caseId } = await stage('closed');
		const write = (more: object) => writeStory(scene.installation, actorOf('holder'), { caseId, ...words(), ...more });
		expect(await write({ resident: 'no' })).toMatchObject({ refusal: { code: 'resident_not_asked' } });
		expect(await write({ resident: 'not_asked' })).toMatchObject({ refusal: { code: 'resident_not_asked' } });
		expect(await write({ words: 'Bel 06-12345678' })).toMatchObject({
			refusal: { code: 'invalid', fields: [{ path: ['words'], code: 'looks_like_phone' }] }
		});
	});

	test('is read by nobody outside its table before a second released it, and by nobody once it is taken back', async () => {
		const { installation } = scene;
		const { storyId, caseId } = await stage('waiting');
		const owner = await scene.database.connections.owner();
		const plain = async (): Promise<number> => {
			const like = `%verhaal ${told - 1}.`;
			return (await owner.query('select from told_story where body like $1', [like])).rowCount ?? 0;
		};
		const waiting = async (column: string) =>
			(await read(installation, actorOf(column), (tx) => listMyStories(tx, actorOf(column)))).map((one) => one.storyId);
		expect(await plain()).toBe(0);
		expect(await waiting('seated')).toContain(storyId);
		expect([...(await waiting('holder')), ...(await waiting('own')), ...(await waiting('colleague'))]).not.toContain(storyId);
		const before = (await toldNow(actorOf('colleague'))).length;
		sure(await confirmStory(installation, actorOf('seated'), { storyId, answer: 'released' }));
		const after = await toldNow(actorOf('colleague'));
		expect(after).toHaveLength(before + 1);
		const mine = after.find(({ body }) => body.endsWith(`verhaal ${told - 1}.`));
		expect(Object.keys(mine ?? {}).toSorted()).toEqual(['body', 'quarter', 'toldId']);
		expect(mine?.quarter).toMatch(/-(01|04|07|10)-01$/);
		// Nothing that the network reads leads back to the case: not its ids, not a moment within the quarter.
		expect(JSON.stringify(mine)).not.toContain(caseId);
		expect(JSON.stringify(mine)).not.toContain(storyId);
		expect(mine?.toldId[14]).toBe('4');
		installation.world.tick(1000);
		sure(await withdrawStory(installation, actorOf('holder'), { storyId }));
		expect(await toldNow(actorOf('colleague'))).toHaveLength(before);
		expect(await plain()).toBe(0);
		await owner.end();
	});

	test('is released once, however many hands are at it, and read by nobody of another network', async () => {
		const { storyId } = await stage('waiting');
		const both = await Promise.all([0, 1].map(() => confirmStory(scene.installation, actorOf('seated'), { storyId, answer: 'released' })));
		expect(both.filter(({ ok }) => ok)).toHaveLength(1);
		expect(await toldNow(actorOf('stranger'))).toEqual([]);
	});

	test('asks those of other organisations at that table, by a letter that names nothing', async () => {
		const { storyId } = await stage('waiting');
		const owner = await scene.database.connections.owner();
		const { rows } = await owner.query("select payload from outbox where kind = 'mail.story_asked' and payload ->> 'storyId' = $1", [
			storyId
		]);
		await owner.end();
		expect(rows).toEqual([{ payload: { storyId, personId: actorOf('seated').personId } }]);
	});
});
