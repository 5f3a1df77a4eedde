import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { openCase } from '#rooms/cases/commands.server.ts';
import { askProfilesAgain } from '#rooms/knowledge/jobs.server.ts';
import { askForCase, proposeColleagues } from '#rooms/knowledge/proposals/read.server.ts';
import { turnTo } from '#rooms/knowledge/matching/read.server.ts';
import {
	addConcept,
	addWord,
	restoreConcept,
	restoreFieldWord,
	retireConcept,
	retireFieldWord,
	retireWord
} from '#rooms/knowledge/words/commands.server.ts';
import { fieldThesaurus, getLexicon } from '#rooms/knowledge/words/read.server.ts';
import { ownCode } from '#rooms/knowledge/words/kept/rules.ts';
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
const thing = () => ({ kind: 'scheme', name: `Fonds ${(count += 1)}`, saysFor: 'Een fonds van hier.' });
const labels = fieldThesaurus.flatMap(({ concept, labels: all }) => all.map(({ text }) => ({ concept, label: text })));
/** Each time another word of the field. */
const fieldWord = () => labels[(count += 1)] ?? { concept: '', label: '' };
const owned = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> => {
	const owner = await scene.database.connections.owner();
	try {
		return (await owner.query<Row>(sql, values)).rows;
	} finally {
		await owner.end();
	}
};

/** Does one act as someone, on something in a state. */
async function play(act: string, state: string, actor: Actor): Promise<Outcome<unknown>> {
	const { installation, actors } = scene;
	switch (act) {
		case 'word.add':
			return addWord(installation, actor, word());
		case 'concept.add':
			return addConcept(installation, actor, thing());
		case 'word.retire': {
			const { wordId } = sure(await addWord(installation, actors.holder, word()));
			if (state === 'retired') sure(await retireWord(installation, actors.holder, { wordId }));
			return retireWord(installation, actor, { wordId });
		}
		case 'concept.retire':
		case 'concept.restore': {
			const { conceptId } = sure(await addConcept(installation, actors.holder, thing()));
			if (state === 'retired') sure(await retireConcept(installation, actors.holder, { conceptId }));
			return (act === 'concept.retire' ? retireConcept : restoreConcept)(installation, actor, { conceptId });
		}
		case 'field_word.retire':
		case 'field_word.restore': {
			const ofTheField = fieldWord();
			if (state === 'retired') sure(await retireFieldWord(installation, actors.facilitator, ofTheField));
			return (act === 'field_word.retire' ? retireFieldWord : restoreFieldWord)(installation, actor, ofTheField);
		}
		default:
			throw new Error(`${act} is played by nobody`);
	}
}

describe('acts on a word of the network', () => {
	const document = tableUnder('Acts on a word of the network');
	for (const [act = '', state = '', ...cells] of document.rows)
		test(`${act} of a word that is ${state}`, async () => {
			const answers: string[] = [];
			for (const role of document.columns.slice(1)) {
				const actor = people[role];
				if (!actor) throw new Error(`nobody plays ${role}`);
				answers.push(said(await play(act, state, actor)));
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

	test.each([
		['called as another', { name: 'HUURACHTERSTAND' }, ['name', 'already_there']],
		['of signs only', { name: '!!' }, ['name', 'too_short']],
		['part of what is not there', { broader: 'nergens' }, ['broader', 'not_a_choice']],
		['with a citizen service number', { saysFor: 'Voor 111222333.' }, ['saysFor', 'bsn']],
		['of no kind', { kind: 'person' }, ['kind', 'not_a_choice']]
	])('a thing %s is refused', async (_, more, [path, code]) => {
		const answer = await addConcept(scene.installation, scene.actors.holder, { ...thing(), ...more });
		expect(answer).toMatchObject({ ok: false, refusal: { code: 'invalid', fields: [{ path: [path], code }] } });
	});

	test('what looks like a telephone number in a thing is asked about once', async () => {
		const doubted = { ...thing(), saysFor: 'Bel 06-12345678.' };
		expect(said(await addConcept(scene.installation, scene.actors.holder, doubted))).toBe('needs_acknowledgement');
		expect(said(await addConcept(scene.installation, scene.actors.holder, { ...doubted, acknowledged: true }))).toBe('yes');
	});

	test('a thing of the network finds by all its words while it stands; who wrote its name is found by that name all the same', async () => {
		const { installation, actors } = scene;
		await giveProfile(scene, 'invited', { topics: 'mispelpot' });
		const { caseId } = sure(
			await openCase(installation, actors.holder, { ...caseWords, stuck: 'Is er een kwartelton?', firstNeed: 'Rust.' })
		);
		const named = sure(await openCase(installation, actors.holder, { ...caseWords, stuck: 'Is er een mispelpot?', firstNeed: 'Rust.' }));
		const proposed = (of: { caseId: string }) =>
			read(installation, actors.holder, (tx, now) => proposeColleagues(tx, installation.keyring, actors.holder, now, of.caseId));
		expect(await proposed({ caseId })).toEqual([]);
		const { conceptId } = sure(await addConcept(installation, actors.colleague, { ...thing(), name: 'Mispelpot', broader: 'inkomen' }));
		const concept = ownCode(conceptId);
		sure(await addWord(installation, actors.holder, { concept, label: 'kwartelton', register: 'everyday' }));
		expect(await proposed({ caseId })).toMatchObject([{ why: [{ phrases: [{ phrase: 'mispelpot', said: 'kwartelton' }] }] }]);
		installation.world.tick(1000);
		sure(await retireConcept(installation, actors.facilitator, { conceptId }));
		expect(await proposed({ caseId })).toEqual([]);
		expect(await proposed(named)).toMatchObject([{ why: [{ phrases: [{ phrase: 'mispelpot' }] }] }]);
		expect(await addWord(installation, actors.holder, { concept, label: 'kwarteldoos', register: 'everyday' })).toMatchObject({
			refusal: { code: 'invalid', fields: [{ path: ['concept'], code: 'not_a_choice' }] }
		});
		installation.world.tick(1000);
		sure(await restoreConcept(installation, actors.holder, { conceptId }));
		expect(await proposed({ caseId })).toHaveLength(1);
		const rows = await owned('select retired from concept_step where concept_id = $1 order by at', [conceptId]);
		expect(rows).toEqual([{ retired: true }, { retired: false }]);
	});

	test('a word of the field finds nothing while it is aside, in this network alone, and is set back rather than added', async () => {
		const { installation, actors } = scene;
		const hasWord = (actor: Actor) =>
			read(installation, actor, async (tx) =>
				((await getLexicon(tx, actor)).labelsOf.get('huurtoeslag') ?? []).some(({ text }) => text === 'huursubsidie')
			);
		const ofTheField = { concept: 'huurtoeslag', label: 'huursubsidie' };
		expect(await hasWord(actors.holder)).toBe(true);
		sure(await retireFieldWord(installation, actors.facilitator, { ...ofTheField, label: 'HUURSUBSIDIE' }));
		expect([await hasWord(actors.holder), await hasWord(actors.stranger)]).toEqual([false, true]);
		expect(await addWord(installation, actors.holder, { ...ofTheField, register: 'everyday' })).toMatchObject({
			refusal: { code: 'invalid', fields: [{ path: ['label'], code: 'already_there' }] }
		});
		installation.world.tick(1000);
		sure(await restoreFieldWord(installation, actors.holder, ofTheField));
		expect(await hasWord(actors.holder)).toBe(true);
		expect(said(await retireFieldWord(installation, actors.facilitator, { ...ofTheField, label: 'havenpotje' }))).toBe('not_found');
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
