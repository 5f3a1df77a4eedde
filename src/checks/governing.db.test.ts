import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import { listClaims } from '#rooms/fund/claims/read.server.ts';
import { pledgeContribution } from '#rooms/fund/contributions/commands.server.ts';
import { agreeChange, putInForce, takeUpSignal } from '#rooms/causes/signals/commands.server.ts';
import { listReleasedStories } from '#rooms/causes/stories/read.server.ts';
import { acceptYearly, bringYearly, recordYearly } from '#rooms/causes/yearly/commands.server.ts';
import { listSignals } from '#rooms/causes/signals/read.server.ts';
import { getNetworkPage } from '#rooms/table/figures/read.server.ts';
import { getGoverning } from '#rooms/table/governing/read.server.ts';
import type { Governing } from '#rooms/table/governing/read.server.ts';
import { nameOften } from './fill-causes.server.ts';
import { makeFullCase, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** The three questions of who governs (F6), in a network with a row in every table. */

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(606);
	await makeFullCase(scene);
});
afterAll(() => scene.drop());

const asked = (actor: Actor): Promise<Governing | null> => read(scene.installation, actor, (tx, now) => getGoverning(tx, actor, now));
async function governing(actor: Actor): Promise<Governing> {
	const found = await asked(actor);
	if (!found) throw new Error('Who governs, oversees or facilitates reads it.');
	return found;
}

test('are read by who governs, oversees or facilitates, and by nobody else', async () => {
	const { actors, officers } = scene;
	const readers = await Promise.all(
		Object.entries({ ...actors, ...officers }).map(async ([name, actor]) => [name, (await asked(actor)) !== null] as const)
	);
	expect(
		readers
			.filter(([, reads]) => reads)
			.map(([name]) => name)
			.toSorted()
	).toEqual(['facilitator', 'governor', 'oversight']);
});

test('say of what works what the page of the network says, and of no person', async () => {
	const { installation, officers, actors } = scene;
	const { works } = await governing(officers.governor);
	expect(works.figures).toEqual(await read(installation, officers.governor, (tx, now) => getNetworkPage(tx, officers.governor, now)));
	expect(JSON.stringify(await governing(actors.oversight))).not.toMatch(/Iemand/);
});

describe('a cause', () => {
	const own = async (actor: Actor, title: string) => (await governing(actor)).change.own.find((cause) => cause.title === title);

	test('stands with who goes about it, and its promised day under what is owed, until the changed rule holds', async () => {
		const { installation, actors, officers } = scene;
		const { governor } = officers;
		const title = 'Een loket zonder stoel';
		await nameOften(scene, 3, { cause: 'work_habit', responsible: governor.organisationId, title });
		const [signal] = await read(installation, governor, (tx) => listSignals(tx, governor.networkId));
		if (!signal) throw new Error('There is a signal.');
		const owed = async () => (await governing(governor)).owe.debts.find(({ id }) => id === signal.causeId);
		expect(await own(governor, title)).toMatchObject({ cases: 3 });
		expect(await owed()).toMatchObject({ kind: 'cause_answer' });
		// To another organisation it is a cause of another.
		expect(await own(actors.facilitator, title)).toBeUndefined();
		expect((await governing(actors.facilitator)).change.others.map((cause) => cause.title)).toContain(title);

		sure(await takeUpSignal(installation, governor, { signalId: signal.signalId, dueOn: '2027-03-01' }));
		installation.world.tick(1000);
		expect(await owed()).toMatchObject({ kind: 'cause_promise', day: '2027-03-01' });
		sure(await agreeChange(installation, governor, { signalId: signal.signalId, words: 'Er komt een stoel.', dueOn: '2027-04-01' }));
		installation.world.tick(1000);
		expect(await owed()).toMatchObject({ kind: 'cause_promise', day: '2027-04-01' });
		sure(await putInForce(installation, governor, { signalId: signal.signalId, words: 'Er is een stoel.', changedOn: '2026-01-01' }));
		installation.world.tick(1000);
		expect(await owed()).toBeUndefined();
	});
});

describe('what is owed to the pot', () => {
	test('is what one’s own organisation pledged and did not pay', async () => {
		const { installation, officers } = scene;
		const { governor } = officers;
		const before = (await governing(governor)).owe.debts.filter(({ kind }) => kind === 'contribution').length;
		sure(await pledgeContribution(installation, governor, { amount: '1250', year: '2031' }));
		const { debts } = (await governing(governor)).owe;
		expect(debts.filter(({ kind }) => kind === 'contribution')).toHaveLength(before + 1);
		expect(debts).toContainEqual(expect.objectContaining({ kind: 'contribution', year: 2031, cents: 125_000, day: null }));
		expect((await governing(scene.actors.facilitator)).owe.debts).not.toContainEqual(expect.objectContaining({ year: 2031 }));
	});

	test('is paid back as who may bind the organisation sees; to another is said that they do not see it', async () => {
		const { installation, actors } = scene;
		// Who administers the team governs it too, here.
		const governor: Actor = { ...actors.administrator, roles: ['administrator', 'governor'] };
		const claims = (await read(installation, governor, (tx) => listClaims(tx, governor))).filter(
			({ organisationId, state, openCents }) =>
				organisationId === governor.organisationId && (state === 'proposed' || (state === 'accepted' && openCents > 0))
		);
		expect(claims).not.toEqual([]);
		const { owe } = await governing(governor);
		expect(owe.claimsSeen).toBe(true);
		expect(owe.debts.filter(({ kind }) => kind.startsWith('claim')).map(({ id }) => id)).toEqual(claims.map(({ claimId }) => claimId));
		for (const actor of [actors.facilitator, actors.oversight]) {
			const other = (await governing(actor)).owe;
			expect(other.claimsSeen).toBe(false);
			expect(other.debts.filter(({ kind }) => kind.startsWith('claim'))).toEqual([]);
		}
	});

	test('stands beside what an agreement for a year asks: an offer, a yes, and to keep it', async () => {
		const { installation, officers, actors } = scene;
		const wish = {
			year: '2030',
			title: 'Wie wacht op een stoel',
			dueOn: '2030-03-01',
			organisationIds: [officers.administratorTwo.organisationId]
		};
		const { itemId } = sure(await bringYearly(installation, officers.governor, wish));
		const owed = async () => (await governing(officers.governor)).owe.debts.find(({ id }) => id === itemId)?.kind;
		const offers = async (actor: Actor) => sure(await recordYearly(installation, actor, { itemId, kind: 'offer', words: 'Een stoel.' }));
		expect(await owed()).toBe('yearly_offer');
		// It stands among the others by its day.
		expect((await governing(officers.governor)).owe.debts.find(({ id }) => id === itemId)?.day).toBe('2030-03-01');
		await offers(officers.governor);
		installation.world.tick(1000);
		expect(await owed()).toBeUndefined();
		const { stepId } = await offers(actors.holder);
		expect(await owed()).toBe('yearly_accept');
		for (const actor of [officers.governor, officers.administratorTwo]) sure(await acceptYearly(installation, actor, { itemId, stepId }));
		expect(await owed()).toBe('yearly_kept');
		// Who works for an organisation that is no party owes nothing of it.
		expect((await governing(actors.oversight)).owe.debts.map(({ id }) => id)).not.toContain(itemId);
	});
});

test('reads the three newest stories that were released, and how many there are', async () => {
	const { installation, officers } = scene;
	const { stories } = await governing(officers.governor);
	const all = await read(installation, officers.governor, (tx) => listReleasedStories(tx, officers.governor));
	expect(all.length).toBeGreaterThan(0);
	expect(stories).toEqual({ released: all.length, newest: all.slice(0, 3) });
});
