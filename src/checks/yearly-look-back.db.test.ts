import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import { addDays, dayAt, endOfDay } from '#foundation/time/days.ts';
import { acceptYearly, bringYearly, declineYearly, lookBackYearly, recordYearly } from '#rooms/causes/yearly/commands.server.ts';
import { listMyYearly, listYearly } from '#rooms/causes/yearly/read.server.ts';
import type { YearlyItem } from '#rooms/causes/yearly/read.server.ts';
import { getGoverning } from '#rooms/table/governing/read.server.ts';
import { said, tableUnder } from './acts-document.ts';
import { addPerson } from './more-people.server.ts';
import { runDaily } from './run-daily.server.ts';
import { openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { toldOf } from './told-of.server.ts';

/** When the year of an agreement is over, its parties say what came of it (F7): asked by the clock of the network, and read by nobody before all said it or the term is over. */

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(871);
});
afterAll(() => scene.drop());

/** The three parties, by who answers for each. */
const binders = (): Actor[] => [scene.actors.administrator, scene.officers.governor, scene.officers.administratorTwo];
const find = async (itemId: string, reader: Actor = scene.actors.holder): Promise<YearlyItem> => {
	const [item] = await read(scene.installation, reader, (tx) => listYearly(tx, reader.networkId, { itemId }));
	if (!item) throw new Error('There is such an agreement.');
	return item;
};
const thisYear = (): number => Number(dayAt(scene.installation.world.now()).slice(0, 4));
const goTo = (moment: Date): void => {
	const { world } = scene.installation;
	world.tick(moment.getTime() - world.now().getTime());
};
const daily = () => runDaily(scene, 'daily.yearly');
const lookBack = (actor: Actor, itemId: string, words = 'Drie adressen.') =>
	lookBackYearly(scene.installation, actor, { itemId, how: 'partly', words, goesOn: 'no' });
async function agreed(year: number, takingPart: readonly Actor[] = binders()): Promise<string> {
	const { installation, actors, officers } = scene;
	const organisationIds = [officers.governor, officers.administratorTwo].map(({ organisationId }) => organisationId);
	const wish = { year: String(year), title: 'Wie uit detentie komt, wacht op een adres', organisationIds };
	const { itemId } = sure(await bringYearly(installation, actors.colleague, wish));
	for (const actor of binders().filter((one) => !takingPart.includes(one))) {
		installation.world.tick(1000);
		sure(await declineYearly(installation, actor, { itemId }));
	}
	for (const actor of takingPart) {
		installation.world.tick(1000);
		sure(await recordYearly(installation, actor, { itemId, kind: 'offer', words: 'Wij houden adressen vrij.' }));
	}
	await acceptAll(itemId, takingPart);
	return itemId;
}
async function acceptAll(itemId: string, by: readonly Actor[] = binders()): Promise<void> {
	const { toAccept } = await find(itemId);
	for (const actor of by) sure(await acceptYearly(scene.installation, actor, { itemId, stepId: toAccept?.stepId }));
}
const logged = async (act: string, itemId: string): Promise<number> => {
	const owner = await scene.database.connections.owner();
	try {
		const text = "select from log_line where act = $1 and object_id = $2 and origin = 'job' and person_id is null";
		return (await owner.query(text, [act, itemId])).rowCount ?? 0;
	} finally {
		await owner.end();
	}
};
/** Who was told so, by personId, sorted as they lie there; each once. */
const told = (itemId: string, kind: string) => toldOf(scene, `mail.yearly_${kind}`, 'itemId', itemId);
const people = (actors: readonly Actor[]): string[] => actors.map(({ personId }) => personId).toSorted();

describe('the product asks to look back on an agreement for a year', () => {
	const remind = (waitDays: number, by: () => readonly Actor[]) => async () => {
		const itemId = await agreed(thisYear() - 1);
		await daily();
		for (const actor of by()) sure(await lookBack(actor, itemId));
		scene.installation.world.tick(waitDays * 86_400_000);
		return itemId;
	};
	const states: Record<string, () => Promise<string>> = {
		'agreed, the year is over': () => agreed(thisYear() - 1),
		'agreed, the year is not over': () => agreed(thisYear()),
		'not agreed, the year is over': async () => {
			const wish = { year: String(thisYear() - 1), title: 'Wie wacht', organisationIds: [scene.officers.governor.organisationId] };
			return sure(await bringYearly(scene.installation, scene.actors.colleague, wish)).itemId;
		},
		'agreed without a party that said no, the year is over': () => agreed(thisYear() - 1, binders().slice(0, 2)),
		'all accepted what was learned, the year is over': async () => {
			const itemId = await agreed(thisYear() - 1);
			scene.installation.world.tick(1000);
			sure(await recordYearly(scene.installation, scene.actors.colleague, { itemId, kind: 'evaluated', words: 'Het hielp.' }));
			await acceptAll(itemId);
			return itemId;
		},
		asked: async () => {
			const itemId = await agreed(thisYear() - 1);
			await daily();
			return itemId;
		},
		'asked, more than fourteen days left': remind(15, () => []),
		'asked, fourteen days left, one party said nothing': remind(16, () => binders().slice(0, 2)),
		'asked, fourteen days left, all said it': remind(16, binders),
		'asked, the term is over': remind(31, () => [])
	};
	for (const [act = '', state = '', cell = ''] of tableUnder('The product asks to look back on an agreement for a year').rows)
		test(`${act} ${state}`, async () => {
			const itemId = (await states[state]?.()) ?? '';
			const before = await logged(act, itemId);
			await daily();
			expect((await logged(act, itemId)) > before ? 'yes' : 'wrong_state').toBe(cell);
		});

	test('asks who answers for each party that takes part, once, however many look; and reminds only who said nothing', async () => {
		const [one, two, three] = binders();
		if (!one || !two || !three) throw new Error('There are three parties.');
		const itemId = await agreed(thisYear() - 1, [one, two]);
		await Promise.all([daily(), daily()]);
		await daily();
		expect(await told(itemId, 'look_back')).toEqual(people([one, two]));
		sure(await lookBack(two, itemId));
		scene.installation.world.tick(20 * 86_400_000);
		await Promise.all([daily(), daily()]);
		await daily();
		expect(await told(itemId, 'look_back_soon')).toEqual(people([one]));
		expect(await told(itemId, 'soon')).toEqual([]);
	});

	test('by the clock of the network: not a second before the year is over there, and not an hour after', async () => {
		const year = thisYear();
		const itemId = await agreed(year);
		// 23:59:59 in Amsterdam.
		goTo(new Date(Date.UTC(year, 11, 31, 22, 59, 59)));
		await daily();
		expect((await find(itemId)).lookBack).toBeNull();
		expect(said(await lookBack(scene.actors.administrator, itemId))).toBe('too_early');
		// 00:00 there; in Greenwich it is still the old year.
		goTo(new Date(Date.UTC(year, 11, 31, 23, 0, 0)));
		await daily();
		expect((await find(itemId)).lookBack).toMatchObject({ last: `${year + 1}-01-31`, shown: false });
		goTo(new Date(Date.UTC(year + 1, 0, 31, 22, 59, 59)));
		expect((await find(itemId)).lookBack).toMatchObject({ shown: false });
		goTo(new Date(Date.UTC(year + 1, 0, 31, 23, 0, 0)));
		expect((await find(itemId)).lookBack).toMatchObject({ shown: true });
	});

	test('whose term spans the change of the clock ends at midnight by the new time', async () => {
		const year = thisYear() + 1;
		const asked = new Date(Date.UTC(year, 2, 15, 12));
		goTo(asked);
		const itemId = await agreed(year - 1);
		await daily();
		const last = addDays(dayAt(asked), 30);
		expect((await find(itemId)).lookBack?.last).toBe(last);
		// Midnight in summer time is 22:00 in Greenwich, not 23:00.
		expect(endOfDay(last).toISOString()).toBe(`${last}T22:00:00.000Z`);
		goTo(new Date(endOfDay(last).getTime() - 1));
		expect((await find(itemId)).lookBack?.shown).toBe(false);
		goTo(endOfDay(last));
		expect((await find(itemId)).lookBack?.shown).toBe(true);
	});
});

describe('what a party says came of it', () => {
	const wordsFor = async (itemId: string, reader: Actor): Promise<string[]> =>
		[...((await find(itemId, reader)).lookBack?.said.values() ?? [])].map(({ words }) => words).toSorted();

	test('is read by nobody of another organisation before each said it, and by everyone of the network from then on', async () => {
		const [one, two, three] = binders();
		if (!one || !two || !three) throw new Error('There are three parties.');
		const { actors, installation, officers } = scene;
		const elsewhere = await addPerson(scene, ['governor'], officers.treasurerTwo);
		const itemId = await agreed(thisYear() - 1);
		await daily();
		sure(await lookBack(one, itemId, 'Van ons een.'));
		sure(await lookBack(two, itemId, 'Van ons twee.'));
		expect(await wordsFor(itemId, one)).toEqual(['Van ons een.']);
		// A colleague of the first party reads what their own organisation said.
		expect(await wordsFor(itemId, actors.colleague)).toEqual(['Van ons een.']);
		expect(await wordsFor(itemId, three)).toEqual([]);
		expect(await wordsFor(itemId, elsewhere)).toEqual([]);
		// Not past the reading either: the database keeps it.
		const rows = await installation.door.actor(three, installation.world.now(), (tx) =>
			tx.selectFrom('yearlyLookBack').select('words').where('itemId', '=', itemId).execute()
		);
		expect(rows).toEqual([]);
		expect(await told(itemId, 'looked_back')).toEqual([]);
		sure(await lookBack(three, itemId, 'Van ons drie.'));
		for (const reader of [one, two, three, elsewhere, actors.holder, actors.checker])
			expect(await wordsFor(itemId, reader)).toEqual(['Van ons drie.', 'Van ons een.', 'Van ons twee.']);
		expect(await told(itemId, 'looked_back')).toEqual(people([one, two]));
		expect(await read(installation, actors.stranger, (tx) => listYearly(tx, actors.stranger.networkId))).toEqual([]);
	});

	test('is shown when the term is over, and who was late says it after all', async () => {
		const [one, two] = binders();
		if (!one || !two) throw new Error('There are three parties.');
		const itemId = await agreed(thisYear() - 1);
		await daily();
		sure(await lookBack(one, itemId, 'Van ons een.'));
		scene.installation.world.tick(32 * 86_400_000);
		expect(await wordsFor(itemId, two)).toEqual(['Van ons een.']);
		sure(await lookBack(two, itemId, 'Alsnog.'));
		expect(await wordsFor(itemId, one)).toEqual(['Alsnog.', 'Van ons een.']);
		expect(await told(itemId, 'looked_back')).toEqual([]);
	});

	test('waits on the pages of who answers for a party until they said it, or the term is over', async () => {
		const { installation, officers } = scene;
		const governor = officers.governor;
		const itemId = await agreed(thisYear() - 1);
		const waits = async () =>
			(await read(installation, governor, (tx) => listMyYearly(tx, governor))).find((one) => one.itemId === itemId)?.waits ?? null;
		const owes = async () => {
			const page = await read(installation, governor, (tx, now) => getGoverning(tx, governor, now));
			return page?.owe.debts.find(({ id }) => id === itemId);
		};
		expect(await waits()).toBeNull();
		expect(await owes()).toMatchObject({ kind: 'yearly_kept', day: null });
		await daily();
		expect(await waits()).toBe('look_back');
		const last = addDays(dayAt(installation.world.now()), 30);
		expect(await owes()).toMatchObject({ kind: 'yearly_look_back', day: last });
		sure(await lookBack(governor, itemId));
		expect(await waits()).toBeNull();
		expect(await owes()).toBeUndefined();
		const other = await agreed(thisYear() - 1);
		await daily();
		scene.installation.world.tick(32 * 86_400_000);
		expect((await read(installation, governor, (tx) => listMyYearly(tx, governor))).map((one) => one.itemId)).not.toContain(other);
	});

	test('of two of one party at once is said once', async () => {
		const itemId = await agreed(thisYear() - 1);
		await daily();
		const answers = await Promise.all([1, 2].map(() => lookBack(scene.officers.governor, itemId)));
		expect(answers.map(said).toSorted()).toEqual(['already_answered', 'yes']);
	});

	test('of the last two at once is told to both, and shown', async () => {
		const [one, two, three] = binders();
		if (!one || !two || !three) throw new Error('There are three parties.');
		const itemId = await agreed(thisYear() - 1);
		await daily();
		sure(await lookBack(one, itemId));
		await Promise.all([two, three].map(async (actor) => sure(await lookBack(actor, itemId))));
		expect((await find(itemId)).lookBack?.shown).toBe(true);
		expect((await told(itemId, 'looked_back')).length).toBe(2);
	});

	test('is asked of what there is to say, and holds no number of a resident', async () => {
		const itemId = await agreed(thisYear() - 1);
		await daily();
		const refused = async (more: object) => {
			const whole = { itemId, how: 'kept', words: 'Gelukt.', goesOn: 'yes', ...more };
			const outcome = await lookBackYearly(scene.installation, scene.officers.governor, whole);
			return outcome.ok ? [] : outcome.refusal.fields?.map(({ path, code }) => `${path.join('.')} ${code}`);
		};
		expect(await refused({ how: undefined })).toEqual(['how required']);
		expect(await refused({ goesOn: undefined })).toEqual(['goesOn required']);
		expect(await refused({ words: ' ' })).toEqual(['words required']);
		expect(await refused({ words: 'Bel 06-12345678' })).toEqual(['words looks_like_phone']);
	});
});

describe('the agreement of a next year', () => {
	test('goes on from one that was agreed, of a later year, by one of its parties', async () => {
		const { installation, actors, officers } = scene;
		const year = thisYear();
		const previousId = await agreed(year);
		const wish = { year: String(year + 1), title: 'Verder', organisationIds: [officers.governor.organisationId], previousId };
		const refused = async (actor: Actor, more: object) => {
			const outcome = await bringYearly(installation, actor, { ...wish, ...more });
			return outcome.ok ? [] : outcome.refusal.fields?.map(({ path, code }) => `${path.join('.')} ${code}`);
		};
		const no = ['previousId not_a_choice'];
		expect(await refused(actors.colleague, { year: String(year) })).toEqual(no);
		expect(await refused(actors.colleague, { previousId: '00000000-0000-7000-8000-000000000000' })).toEqual(no);
		expect(await refused(await addPerson(scene, ['professional'], officers.treasurerTwo), {})).toEqual(no);
		const open = sure(await bringYearly(installation, actors.colleague, { ...wish, previousId: undefined })).itemId;
		expect(await refused(actors.colleague, { year: String(year + 2), previousId: open })).toEqual(no);
		const { itemId } = sure(await bringYearly(installation, actors.colleague, wish));
		expect(await find(itemId)).toMatchObject({ previousId, state: 'challenge', year: year + 1 });
		expect(said(await bringYearly(installation, actors.colleague, wish))).toBe('already_brought');
	});
});
