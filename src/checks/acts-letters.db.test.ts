import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { answerLetter, recordLetter } from '#rooms/causes/letters/commands.server.ts';
import { listLetters } from '#rooms/causes/letters/read.server.ts';
import { listSignals } from '#rooms/causes/signals/read.server.ts';
import { getGoverning } from '#rooms/table/governing/read.server.ts';
import { said, tableUnder } from './acts-document.ts';
import { nameOften } from './fill-causes.server.ts';
import { openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { toldOf } from './told-of.server.ts';

/** Every act x role x state on letters about a law (F7), done for real, must answer as docs/ACTIONS.md says. */

let scene: Scene;
let by: Readonly<Record<string, Actor>>;
beforeAll(async () => {
	scene = await openScene(831);
	const { actors, officers } = scene;
	by = {
		...{ writer: actors.holder, other: actors.colleague, governor: officers.governor, facilitator: actors.facilitator },
		...{ secretariat: officers.secretaryOne, checker: actors.checker, oversight: actors.oversight, stranger: actors.stranger }
	};
});
afterAll(() => scene.drop());

let number = 0;
/** A cause of a kind that came back in so many cases. */
async function causeIn(cases: number, cause = 'law_no_local_room'): Promise<string> {
	const title = `Een wet ${number++}`;
	await nameOften(scene, cases, { cause, responsible: 'ministry', title });
	const { holder } = scene.actors;
	const [signal] = await read(scene.installation, holder, (tx) => listSignals(tx, holder.networkId));
	if (!signal) throw new Error('It came back.');
	return signal.causeId;
}
const today = () => dayAt(scene.installation.world.now());
const record = (actor: Actor, causeId: string, more: object = {}) =>
	recordLetter(scene.installation, actor, { causeId, addressee: 'ministry', sentOn: today(), ...more });
const answer = (actor: Actor, letterId: string, more: object = {}) =>
	answerLetter(scene.installation, actor, { letterId, answer: 'no', answeredOn: today(), words: 'Het kan niet.', ...more });
const lettersOf = (causeId: string) => {
	const { holder } = scene.actors;
	return read(scene.installation, holder, (tx) => listLetters(tx, holder.networkId, { causeId }));
};

describe('acts on a letter about a law', () => {
	const table = tableUnder('Acts on a letter about a law');
	for (const [act = '', state = '', ...cells] of table.rows)
		test(`${act} when it is ${state}`, async () => {
			const causeId = await causeIn(state === 'four' ? 4 : 5);
			const { holder } = scene.actors;
			for (const [index, column] of table.columns.slice(1).entries()) {
				const actor = by[column];
				if (!actor) throw new Error(`Nobody is ${column}.`);
				let got: string;
				if (act === 'letter.record') got = said(await record(actor, causeId));
				else {
					const { letterId } = sure(await record(holder, causeId));
					if (state !== 'sent') sure(await answer(holder, letterId, { answer: state === 'answered' ? 'other' : state }));
					scene.installation.world.tick(1000);
					got = said(await answer(actor, letterId));
				}
				expect({ column, got }).toEqual({ column, got: cells[index] });
			}
		});

	test('is of that kind of cause alone, and of days that can be', async () => {
		const { holder } = scene.actors;
		expect(said(await record(holder, await causeIn(5, 'law')))).toBe('not_found');
		const causeId = await causeIn(5);
		const field = (path: string, code: string) => ({ refusal: { code: 'invalid', fields: [{ path: [path], code }] } });
		expect(await record(holder, causeId, { sentOn: addDays(today(), 1) })).toMatchObject(field('sentOn', 'date_in_future'));
		expect(await record(holder, causeId, { addressee: 'mr_jansen' })).toMatchObject(field('addressee', 'not_a_choice'));
		const { letterId } = sure(await record(holder, causeId));
		expect(await answer(holder, letterId, { answeredOn: addDays(today(), 1) })).toMatchObject(field('answeredOn', 'date_in_future'));
		expect(await answer(holder, letterId, { answeredOn: addDays(today(), -1) })).toMatchObject(field('answeredOn', 'ends_before_start'));
		expect(await answer(holder, letterId, { words: 'Bel 06-12345678' })).toMatchObject(field('words', 'looks_like_phone'));
		// What was answered was sent.
		sure(await answer(holder, letterId));
		scene.installation.world.tick(1000);
		expect(said(await answer(holder, letterId, { answer: 'not_sent' }))).toBe('wrong_state');
	});

	test('waits on the page of who governs until something came back; who wrote it down is told, and not of what they wrote themselves', async () => {
		const { actors, officers, installation } = scene;
		const causeId = await causeIn(5);
		const waiting = async (): Promise<string[]> => {
			const governing = await read(installation, officers.governor, (tx, now) => getGoverning(tx, officers.governor, now));
			return (governing?.letters ?? []).flatMap((one) => (one.causeId === causeId ? [one.letterId] : []));
		};
		expect(await waiting()).toEqual([]);
		const first = sure(await record(actors.holder, causeId, { sentOn: addDays(today(), -40) })).letterId;
		const second = sure(await record(actors.holder, causeId, { addressee: 'municipalities', sentOn: addDays(today(), -10) })).letterId;
		expect(await waiting()).toEqual([first, second]);
		sure(await answer(actors.colleague, first, { answer: 'other', words: 'Zij kijken ernaar.' }));
		expect(await waiting()).toEqual([second]);
		expect(await toldOf(scene, 'mail.letter_answered', 'causeId', causeId)).toEqual([actors.holder.personId]);
		installation.world.tick(1000);
		sure(await answer(actors.holder, first, { answer: 'yes', words: 'Zij veranderen het.' }));
		sure(await answer(actors.holder, second, { answer: 'not_sent', words: 'Hij lag er nog.' }));
		expect(await waiting()).toEqual([]);
		expect(await toldOf(scene, 'mail.letter_answered', 'causeId', causeId)).toHaveLength(1);
		expect((await lettersOf(causeId)).map(({ state, answers }) => [state, answers.length])).toEqual([
			['not_sent', 1],
			['yes', 2]
		]);
		expect(await read(installation, actors.stranger, (tx) => listLetters(tx, actors.holder.networkId, { causeId }))).toEqual([]);
	});
});
