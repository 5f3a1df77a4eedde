import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import { openCase } from '#rooms/cases/commands.server.ts';
import { askProfilesAgain } from '#rooms/knowledge/jobs.server.ts';
import { askForCase, proposeColleagues } from '#rooms/knowledge/proposals/read.server.ts';
import { turnTo } from '#rooms/knowledge/matching/read.server.ts';
import { addWord, retireWord } from '#rooms/knowledge/words/commands.server.ts';
import { keepProfile } from '#rooms/people/profiles/commands.server.ts';
import { said, tableUnder } from './acts-document.ts';
import { giveProfile } from './fill-knowledge.server.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** Whole: every act on the words of the network and of the product on a profile of docs/ACTIONS.md, as every role, for real. */

let scene: Scene;
let people: Readonly<Record<string, Actor>>;
beforeAll(async () => {
	scene = await openScene(37);
	const { holder, colleague, administrator, facilitator, checker, oversight, stranger } = scene.actors;
	const { governor, treasurer } = scene.officers;
	people = { adder: holder, professional: colleague, facilitator, governor, administrator, treasurer, oversight, checker, stranger };
});
afterAll(() => scene.drop());

let count = 0;
const word = () => ({ concept: 'huurachterstand', label: `achterloper ${(count += 1)}`, register: 'everyday' });
const owned = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> => {
	const owner = await scene.database.connections.owner();
	try {
		return (await owner.query<Row>(sql, values)).rows;
	} finally {
		await owner.end();
	}
};

describe('acts on a word of the network', () => {
	const document = tableUnder('Acts on a word of the network');
	for (const [act = '', state = '', ...cells] of document.rows)
		test(`${act} of a word that is ${state}`, async () => {
			const answers: string[] = [];
			for (const role of document.columns.slice(1)) {
				const { installation } = scene;
				const actor = people[role];
				if (!actor) throw new Error(`nobody plays ${role}`);
				if (act === 'word.add') {
					answers.push(said(await addWord(installation, actor, word())));
					continue;
				}
				const { wordId } = sure(await addWord(installation, scene.actors.holder, word()));
				if (state === 'retired') sure(await retireWord(installation, scene.actors.holder, { wordId }));
				answers.push(said(await retireWord(installation, actor, { wordId })));
			}
			expect(answers).toEqual(cells);
		});

	test.each([
		['of what is not there', { concept: 'nergens' }, ['concept', 'not_a_choice']],
		['that is there already, written otherwise', { label: 'HUURACHTERSTAND' }, ['label', 'already_there']],
		['with a citizen service number', { label: 'huur 111222333' }, ['label', 'bsn']],
		['of signs only', { label: '!!' }, ['label', 'too_short']],
		['of sixty-one letters', { label: 'a'.repeat(61) }, ['label', 'too_long']]
	])('a word %s is refused', async (_, more, [path, code]) => {
		const answer = await addWord(scene.installation, scene.actors.holder, { ...word(), ...more });
		expect(answer).toMatchObject({ ok: false, refusal: { code: 'invalid', fields: [{ path: [path], code }] } });
	});

	test('a word finds who knows from the moment it is added until it is taken out', async () => {
		const { installation, actors } = scene;
		await giveProfile(scene, 'invited', { topics: 'huurachterstand' });
		const { caseId } = sure(
			await openCase(installation, actors.holder, { ...caseWords, stuck: 'Er is een bokkenpoot.', firstNeed: 'Rust.' })
		);
		const proposed = () =>
			read(installation, actors.holder, (tx, now) => proposeColleagues(tx, installation.keyring, actors.holder, now, caseId));
		expect(await proposed()).toEqual([]);
		const { wordId } = sure(await addWord(installation, actors.colleague, { ...word(), label: 'bokkenpoot' }));
		expect(await proposed()).toMatchObject([{ why: [{ kind: 'topics', phrases: [{ phrase: 'huurachterstand', said: 'bokkenpoot' }] }] }]);
		sure(await retireWord(installation, actors.facilitator, { wordId }));
		expect(await proposed()).toEqual([]);
	});

	test('where nobody knows, it is said where to turn; to who does not sit at the table nothing is told', async () => {
		const { installation, actors } = scene;
		const { caseId } = sure(
			await openCase(installation, actors.holder, { ...caseWords, stuck: 'De begrafenis is niet te betalen.', firstNeed: 'Rust.' })
		);
		const places = (actor: Actor) =>
			read(installation, actor, async (tx) =>
				turnTo(await askForCase(tx, installation.keyring, actor, caseId)).map(({ concept }) => concept)
			);
		expect(await places(actors.holder)).toEqual(['uitvaart']);
		expect(await places(actors.colleague)).toEqual([]);
	});
});

describe('acts of the product on a profile', () => {
	const { rows } = tableUnder('Acts of the product on a profile');
	for (const [act = '', state = '', cell = ''] of rows)
		test(`${act} of a profile that is ${state}`, async () => {
			const { installation, actors } = scene;
			const { networkId, personId } = actors.seated;
			sure(await keepProfile(installation, actors.seated, { topics: 'huurschuld', available: true, willing: true }));
			const at = installation.world.now().getTime() + (state === 'fresh' ? 300 : 366) * 86_400_000;
			if (state === 'asked') await askProfilesAgain(installation, networkId, new Date(at));
			const lines = async () => (await owned('select from log_line where act = $1 and object_id = $2', [act, personId])).length;
			const before = await lines();
			await askProfilesAgain(installation, networkId, new Date(at + 1000));
			expect((await lines()) - before === 1 ? 'yes' : 'wrong_state').toBe(cell);
			installation.world.tick(1000);
		});

	test('keeping it, changed or not, makes it fresh; a letter goes once', async () => {
		const { installation, actors } = scene;
		const { networkId } = actors.colleague;
		const mine = { topics: 'huurschuld', available: true, willing: true };
		sure(await keepProfile(installation, actors.colleague, mine));
		installation.world.tick(366 * 86_400_000);
		expect(await askProfilesAgain(installation, networkId, installation.world.now())).toBeGreaterThan(0);
		expect(await askProfilesAgain(installation, networkId, installation.world.now())).toBe(0);
		sure(await keepProfile(installation, actors.colleague, mine));
		expect(await askProfilesAgain(installation, networkId, installation.world.now())).toBe(0);
	});
});
