import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import {
	acceptYearly,
	bringYearly,
	declineYearly,
	lookBackYearly,
	recordYearly,
	withdrawYearly
} from '#rooms/causes/yearly/commands.server.ts';
import { listMyYearly, listYearly } from '#rooms/causes/yearly/read.server.ts';
import type { YearlyItem } from '#rooms/causes/yearly/read.server.ts';
import { listSignals } from '#rooms/causes/signals/read.server.ts';
import { said, tableUnder } from './acts-document.ts';
import { nameOften } from './fill-causes.server.ts';
import { addPerson } from './more-people.server.ts';
import { runDaily } from './run-daily.server.ts';
import { openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { toldOf } from './told-of.server.ts';

/** Every act x role x state on the agreements of parties for a year (F7), done for real, must answer as docs/ACTIONS.md says. */

let scene: Scene;
let by: Readonly<Record<string, Actor>>;
beforeAll(async () => {
	scene = await openScene(541);
	const { actors, officers, installation } = scene;
	const elsewhere = await addPerson(scene, ['governor'], officers.treasurerTwo);
	by = {
		...{ party: actors.holder, binds: officers.administratorTwo, facilitator: actors.facilitator, elsewhere },
		...{ secretariat: officers.secretaryOne, checker: actors.checker, oversight: actors.oversight, stranger: actors.stranger }
	};
	await nameOften(scene, 3);
	const { networkId } = actors.holder;
	const [signal] = await installation.door.actor(actors.holder, installation.world.now(), (tx) => listSignals(tx, networkId));
	causeId = signal?.causeId ?? '';
});
afterAll(() => scene.drop());

const actorOf = (column: string): Actor => {
	const actor = by[column];
	if (!actor) throw new Error(`Nobody is ${column}.`);
	return actor;
};
const wish = () => ({
	...{ year: '2027', title: 'Wie uit detentie komt, wacht op een adres' },
	organisationIds: [scene.officers.governor.organisationId, scene.actors.holder.organisationId]
});
/** The three parties, by who answers for each. */
const binders = (): Actor[] => [scene.actors.administrator, scene.officers.governor, scene.officers.administratorTwo];
const find = async (itemId: string): Promise<YearlyItem> => {
	const { networkId } = scene.actors.holder;
	const [item] = await read(scene.installation, scene.actors.holder, (tx) => listYearly(tx, networkId, { itemId }));
	if (!item) throw new Error('There is such an agreement.');
	return item;
};
/** A cause that is a signal, to bring; each time for a later year, so that it was not brought before. */
let causeId = '';
let laterYear = 2030;
const bring = async (more: object = {}): Promise<string> =>
	sure(await bringYearly(scene.installation, scene.actors.colleague, { ...wish(), ...more })).itemId;
const lookBack = (actor: Actor, itemId: string) =>
	lookBackYearly(scene.installation, actor, { itemId, how: 'partly', words: 'Drie adressen.', goesOn: 'yes' });
const offer = async (itemId: string, actor: Actor): Promise<void> => {
	scene.installation.world.tick(1000);
	sure(await recordYearly(scene.installation, actor, { itemId, kind: 'offer', words: 'Wij houden adressen vrij.' }));
};
const accept = async (itemId: string, actors: readonly Actor[] = binders()): Promise<void> => {
	const stepId = (await find(itemId)).toAccept?.stepId;
	for (const actor of actors) sure(await acceptYearly(scene.installation, actor, { itemId, stepId }));
};
/** Who was told so by now, of those who take part in these tests; each once. */
const letters = async (itemId: string, kind: string): Promise<Actor[]> => {
	const told = await toldOf(scene, `mail.yearly_${kind}`, 'itemId', itemId);
	const { actors, officers } = scene;
	const found = [actors.administrator, actors.colleague, officers.governor, officers.administratorTwo].filter(({ personId }) =>
		told.includes(personId)
	);
	if (new Set(told).size !== told.length) throw new Error('Someone was told twice.');
	return found;
};
async function stage(state: string): Promise<string> {
	if (state === 'brought') return bring({ causeId, year: String(++laterYear) });
	const past = state === 'asked' || state === 'looked back';
	const itemId = state === 'none' ? '' : await bring(past ? { year: '2020' } : {});
	if (past || ['offered', 'declined', 'agreed', 'learned', 'evaluated'].includes(state))
		for (const actor of binders()) await offer(itemId, actor);
	if (past || ['agreed', 'learned', 'evaluated'].includes(state)) await accept(itemId);
	if (past) await runDaily(scene, 'daily.yearly');
	if (state === 'looked back') for (const actor of binders()) sure(await lookBack(actor, itemId));
	scene.installation.world.tick(1000);
	if (state === 'declined') sure(await declineYearly(scene.installation, scene.officers.governor, { itemId }));
	if (state === 'withdrawn') sure(await withdrawYearly(scene.installation, scene.actors.colleague, { itemId }));
	if (['learned', 'evaluated'].includes(state))
		sure(await recordYearly(scene.installation, scene.actors.colleague, { itemId, kind: 'evaluated', words: 'Het hielp.' }));
	if (state === 'evaluated') await accept(itemId);
	return itemId;
}

describe('acts on agreements for a year', () => {
	const table = tableUnder('Acts on agreements for a year');
	const doing: Record<
		string,
		(actor: Actor, itemId: string) => ReturnType<typeof recordYearly | typeof acceptYearly | typeof bringYearly | typeof declineYearly>
	> = {
		'yearly.bring': (actor) => bringYearly(scene.installation, actor, wish()),
		'yearly.bring the same cause, year and parties': async (actor, itemId) => {
			const { year, parties } = await find(itemId);
			return bringYearly(scene.installation, actor, {
				...{ ...wish(), year: String(year), causeId },
				organisationIds: parties.map(({ organisationId }) => organisationId)
			});
		},
		'yearly.record an offer': (actor, itemId) => recordYearly(scene.installation, actor, { itemId, kind: 'offer', words: 'Wij ook.' }),
		'yearly.record how it goes': (actor, itemId) =>
			recordYearly(scene.installation, actor, { itemId, kind: 'looked', how: 'kept', words: 'Het lukt.' }),
		'yearly.record what was learned': (actor, itemId) =>
			recordYearly(scene.installation, actor, { itemId, kind: 'evaluated', words: 'Het hielp.' }),
		'yearly.accept': async (actor, itemId) => {
			const item = await find(itemId);
			return acceptYearly(scene.installation, actor, { itemId, stepId: item.toAccept?.stepId ?? itemId });
		},
		'yearly.look_back': (actor, itemId) => lookBack(actor, itemId),
		'yearly.decline': (actor, itemId) => declineYearly(scene.installation, actor, { itemId }),
		'yearly.withdraw': (actor, itemId) => withdrawYearly(scene.installation, actor, { itemId })
	};
	for (const [act = '', state = '', ...cells] of table.rows)
		test(`${act} when it is ${state}`, async () => {
			const [first = '', what] = state.split(': ');
			const key = what === undefined ? act : `${act} ${what}`;
			const answers: Record<string, string> = {};
			let itemId = await stage(first);
			for (const column of table.columns.slice(1)) {
				const run = doing[key];
				if (!run) throw new Error(`the matrix test does not know ${key}`);
				answers[column] = said(await run(actorOf(column), itemId));
				if (answers[column] === 'yes') itemId = await stage(first);
			}
			expect(answers).toEqual(Object.fromEntries(table.columns.slice(1).map((column, index) => [column, cells[index]])));
		});
});

describe('an agreement for a year', () => {
	test('of three parties is agreed by each for itself; an offer that changed asks them all anew', async () => {
		const { installation, actors, officers } = scene;
		const itemId = await bring();
		const waits = async (actor: Actor) =>
			(await read(installation, actor, (tx) => listMyYearly(tx, actor))).find((one) => one.itemId === itemId)?.waits ?? null;
		expect(await waits(officers.governor)).toBe('offer');
		expect(await waits(actors.holder)).toBeNull();
		for (const actor of binders()) await offer(itemId, actor);
		await accept(itemId, [actors.administrator, officers.governor]);
		expect(await find(itemId)).toMatchObject({ state: 'offered' });
		const before = (await find(itemId)).toAccept?.stepId;
		await offer(itemId, officers.administratorTwo);
		expect(await waits(officers.governor)).toBe('accept');
		// A yes to what stands there no more is none.
		expect(said(await acceptYearly(installation, officers.administratorTwo, { itemId, stepId: before }))).toBe('wrong_state');
		await accept(itemId);
		expect(await find(itemId)).toMatchObject({ state: 'agreed' });
		expect(await waits(officers.governor)).toBeNull();
	});

	test('of which a party says no asks the others anew, and ends when one is left', async () => {
		const { installation, actors, officers } = scene;
		const itemId = await stage('offered');
		await accept(itemId, [actors.administrator, officers.administratorTwo]);
		installation.world.tick(1000);
		sure(await declineYearly(installation, officers.governor, { itemId }));
		const item = await find(itemId);
		// What the two accepted was with the offer of the third: it is not agreed without them by itself.
		expect(item).toMatchObject({ state: 'offered', notTakingPart: [{ organisationId: officers.governor.organisationId }] });
		expect([...item.acceptedBy]).toEqual([]);
		expect(said(await declineYearly(installation, officers.governor, { itemId }))).toBe('not_a_party');
		expect(await letters(itemId, 'declined')).toEqual([actors.administrator, actors.colleague, officers.administratorTwo]);
		await accept(itemId, [actors.administrator, officers.administratorTwo]);
		expect(await find(itemId)).toMatchObject({ state: 'agreed' });

		const other = await stage('declined');
		installation.world.tick(1000);
		sure(await declineYearly(installation, officers.administratorTwo, { itemId: other }));
		expect(await find(other)).toMatchObject({ state: 'ended', toAccept: null });
		expect(await letters(other, 'ended')).toEqual([actors.administrator, actors.colleague]);
		expect(await read(installation, actors.administrator, (tx) => listMyYearly(tx, actors.administrator))).not.toContainEqual(
			expect.objectContaining({ itemId: other })
		);
	});

	test('is taken back by who brought it alone, while it is not agreed', async () => {
		const { installation, actors, officers } = scene;
		const itemId = await stage('offered');
		sure(await withdrawYearly(installation, actors.colleague, { itemId }));
		expect(await find(itemId)).toMatchObject({ state: 'withdrawn', toAccept: null });
		expect(await letters(itemId, 'withdrawn')).toEqual([actors.administrator, officers.governor, officers.administratorTwo]);
		expect(said(await withdrawYearly(installation, actors.colleague, { itemId }))).toBe('wrong_state');
		expect(said(await withdrawYearly(installation, actors.colleague, { itemId: await stage('agreed') }))).toBe('wrong_state');
	});

	test('tells who answers for the parties when their yes is asked, asked anew, and when all said it; never who did it', async () => {
		const { actors, officers } = scene;
		const [one, two, three] = [actors.administrator, officers.governor, officers.administratorTwo];
		const itemId = await bring();
		await offer(itemId, one);
		await offer(itemId, two);
		expect(await letters(itemId, 'offered')).toEqual([]);
		await offer(itemId, three);
		expect(await letters(itemId, 'offered')).toEqual([one, two]);
		await accept(itemId, [one]);
		await offer(itemId, two);
		expect(await letters(itemId, 'changed')).toEqual([one, three]);
		await accept(itemId, [one, two]);
		expect(await letters(itemId, 'agreed')).toEqual([]);
		await accept(itemId, [three]);
		expect(await letters(itemId, 'agreed')).toEqual([one, two]);
		scene.installation.world.tick(1000);
		sure(await recordYearly(scene.installation, actors.colleague, { itemId, kind: 'evaluated', words: 'Het hielp.' }));
		expect(await letters(itemId, 'learned')).toEqual([one, two, three]);
		await accept(itemId);
		expect(await letters(itemId, 'evaluated')).toEqual([one, two]);
	});

	test('about a cause is brought once for a year and its parties, also by two at once, and anew when the first does not stand', async () => {
		const { installation, actors, officers } = scene;
		const year = String(++laterYear);
		const both = { ...wish(), year, causeId };
		const brings = (actor: Actor, more: object = {}) => bringYearly(installation, actor, { ...both, ...more });
		const outcomes = await Promise.all([brings(actors.colleague), brings(actors.facilitator)]);
		expect(outcomes.map(said).toSorted()).toEqual(['already_brought', 'yes']);
		const itemId = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value.itemId] : []))[0] ?? '';
		// Another year, other parties, another cause or none: that is something else.
		expect(said(await brings(actors.colleague, { year: String(++laterYear) }))).toBe('yes');
		expect(said(await brings(actors.colleague, { organisationIds: [officers.governor.organisationId] }))).toBe('yes');
		expect(said(await brings(actors.colleague, { causeId: undefined }))).toBe('yes');
		// Who said no does not stand in its way: it is brought anew with them.
		installation.world.tick(1000);
		sure(await declineYearly(installation, officers.governor, { itemId }));
		const { itemId: anew } = sure(await brings(actors.colleague));
		expect(said(await brings(actors.colleague, { organisationIds: [actors.holder.organisationId] }))).toBe('already_brought');
		sure(await withdrawYearly(installation, actors.colleague, { itemId: anew }));
		expect(said(await brings(actors.colleague))).toBe('yes');
	});

	test('accepted by two of one party at once is accepted once', async () => {
		const itemId = await stage('offered');
		const stepId = (await find(itemId)).toAccept?.stepId;
		const answers = await Promise.all([1, 2].map(() => acceptYearly(scene.installation, scene.officers.governor, { itemId, stepId })));
		expect(answers.map(said).toSorted()).toEqual(['already_answered', 'yes']);
	});

	test('names who is in the network, and a cause that is a signal; another network sees nothing of it', async () => {
		const { installation, actors } = scene;
		const refused = async (more: object) => {
			const outcome = await bringYearly(installation, actors.colleague, { ...wish(), ...more });
			return outcome.ok ? [] : outcome.refusal.fields?.map(({ path, code }) => `${path.join('.')} ${code}`);
		};
		expect(await refused({ organisationIds: [] })).toEqual(['organisationIds required']);
		expect(await refused({ organisationIds: [actors.colleague.organisationId] })).toEqual(['organisationIds not_a_choice']);
		expect(await refused({ organisationIds: [actors.stranger.organisationId] })).toEqual(['organisationIds not_a_choice']);
		expect(await refused({ causeId: '00000000-0000-7000-8000-000000000000' })).toEqual(['causeId not_a_choice']);
		expect(await refused({ title: 'Bel 06-12345678' })).toEqual(['title looks_like_phone']);
		const itemId = await stage('agreed');
		const unsaid = { itemId, kind: 'looked', words: 'Het lukt.' };
		expect(await recordYearly(installation, actors.colleague, unsaid)).toMatchObject({ refusal: { fields: [{ path: ['how'] }] } });
		expect(await read(installation, actors.stranger, (tx) => listYearly(tx, actors.stranger.networkId))).toEqual([]);
	});
});
