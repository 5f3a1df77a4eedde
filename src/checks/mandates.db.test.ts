import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { acceptAsk, askDecider } from '#rooms/agreements/asks/commands.server.ts';
import { acceptChange, changeAgreement, declineChange } from '#rooms/agreements/changes/commands.server.ts';
import { makeAgreement } from '#rooms/agreements/commands.server.ts';
import { acceptInvitation, inviteToTable, openCase } from '#rooms/cases/commands.server.ts';
import { endMandate } from '#rooms/people/mandates/commands.server.ts';
import { said } from './acts-document.ts';
import { giveMandate } from './fill-agreements.server.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** Limits of mandates, against a real database: at the limit it passes, a cent above it is routed, and many at once spend not a cent too much. */

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(21);
});
afterAll(() => scene.drop());

const openTable = async (): Promise<string> => {
	const { installation, actors } = scene;
	const { caseId } = sure(await openCase(installation, actors.holder, caseWords));
	const { membershipId } = actors.seated;
	const invited = sure(await inviteToTable(installation, actors.holder, { caseId, membershipId, message: 'Doe je mee?' }));
	sure(await acceptInvitation(installation, actors.seated, invited));
	return caseId;
};
const promise = (caseId: string, amount?: string) => ({
	...{
		caseId,
		kind: 'on_behalf',
		what: 'Wij betalen de borg',
		dueOn: '2027-01-01',
		receiverId: scene.actors.holder.personId,
		insideRoom: true
	},
	...(amount === undefined ? {} : { amount })
});
const make = (caseId: string, amount?: string) => makeAgreement(scene.installation, scene.actors.seated, promise(caseId, amount));

/** What counts on the mandates of the seated, counted as the owner: of each agreement the use of the version that stands. */
const used = async (): Promise<number> => {
	const owner = await scene.database.connections.owner();
	const { rows } = await owner.query<{ cents: number }>(
		'select coalesce(sum(cents), 0)::int as cents from (select distinct on (agreement_id) cents from mandate_use where person_id = $1 order by agreement_id, at desc) u',
		[scene.actors.seated.personId]
	);
	await owner.end();
	return rows[0]?.cents ?? 0;
};

describe('a mandate for money', () => {
	let mandateId: string;
	beforeEach(async () => {
		const owner = await scene.database.connections.owner();
		await owner.query('delete from mandate_use');
		await owner.end();
		mandateId = await giveMandate(scene, 'seated', { caseAmount: '500', periodAmount: '800' });
		scene.installation.world.tick(1000);
	});

	test('at the limit of a case it passes, a cent above it is routed', async () => {
		expect(said(await make(await openTable(), '500,01'))).toBe('above_mandate');
		const caseId = await openTable();
		expect(said(await make(caseId, '499,99'))).toBe('yes');
		expect(said(await make(caseId, '0,02'))).toBe('above_mandate');
		expect(said(await make(caseId, '0,01'))).toBe('yes');
	});

	test('at the limit of the period it passes, a cent above it is routed, and after the period there is room again', async () => {
		expect(said(await make(await openTable(), '500'))).toBe('yes');
		expect(said(await make(await openTable(), '300,01'))).toBe('above_mandate');
		expect(said(await make(await openTable(), '300'))).toBe('yes');
		expect(said(await make(await openTable(), '0,01'))).toBe('above_mandate');
		const { world } = scene.installation;
		const before = world.now();
		const next = async (moment: string): Promise<string> => {
			world.set(new Date(moment));
			const caseId = await openTable();
			return said(await makeAgreement(scene.installation, scene.actors.seated, { ...promise(caseId, '500'), dueOn: '2028-01-01' }));
		};
		// The day a year after, the first promise still counts; the day behind it, it does not.
		expect(await next('2027-11-22T09:00:00Z')).toBe('above_mandate');
		expect(await next('2027-11-23T09:00:00Z')).toBe('yes');
		world.set(before);
	});

	test('without an amount only the room is declared', async () => {
		const caseId = await openTable();
		sure(await endMandate(scene.installation, scene.actors.administrator, { mandateId }));
		expect(said(await make(caseId))).toBe('yes');
		const undeclared = { ...promise(caseId), insideRoom: false };
		expect(said(await makeAgreement(scene.installation, scene.actors.seated, undeclared))).toBe('room_not_declared');
	});

	test('that was ended, or has gone by, refuses', async () => {
		const caseId = await openTable();
		sure(await endMandate(scene.installation, scene.actors.administrator, { mandateId }));
		expect(said(await make(caseId, '1'))).toBe('above_mandate');
		await giveMandate(scene, 'seated', { caseAmount: '5', periodAmount: '5', validUntil: '2026-11-24' });
		const before = scene.installation.world.now();
		scene.installation.world.set(new Date('2026-11-24T22:59:00Z'));
		expect(said(await make(caseId, '1'))).toBe('yes');
		scene.installation.world.set(new Date('2026-11-24T23:01:00Z'));
		expect(said(await make(caseId, '1'))).toBe('above_mandate');
		scene.installation.world.set(before);
	});

	test('a newer version takes its place, and what was used counts on', async () => {
		expect(said(await make(await openTable(), '500'))).toBe('yes');
		await giveMandate(scene, 'seated', { caseAmount: '500', periodAmount: '600' });
		scene.installation.world.tick(1000);
		expect(said(await make(await openTable(), '100,01'))).toBe('above_mandate');
		expect(said(await make(await openTable(), '100'))).toBe('yes');
	});

	test('a higher amount is counted once, a declined change not at all', async () => {
		const { installation, actors } = scene;
		const caseId = await openTable();
		const { agreementId } = sure(await make(caseId, '200'));
		const change = { agreementId, what: 'Wij betalen de borg', dueOn: '2027-01-01', insideRoom: true };
		expect(said(await changeAgreement(installation, actors.seated, { ...change, amount: '500,01' }))).toBe('above_mandate');
		const first = sure(await changeAgreement(installation, actors.seated, { ...change, amount: '500' }));
		// What is offered counts until it is answered.
		expect(said(await make(caseId, '1'))).toBe('above_mandate');
		sure(await declineChange(installation, actors.holder, { agreementId, ...first }));
		expect(said(await make(caseId, '300'))).toBe('yes');
		const second = sure(await changeAgreement(installation, actors.seated, { ...change, amount: '100' }));
		sure(await acceptChange(installation, actors.holder, { agreementId, ...second }));
		expect(said(await make(caseId, '100'))).toBe('yes');
		expect(said(await make(caseId, '0,01'))).toBe('above_mandate');
	});

	test.each([
		['one case', 1],
		['eight cases', 8]
	])('64 at once over %s overspend 0 cents', async (_, count) => {
		const cases = await Promise.all(Array.from({ length: count }, openTable));
		await giveMandate(scene, 'seated', { caseAmount: '800', periodAmount: '800' });
		scene.installation.world.tick(1000);
		const outcomes = await Promise.all(Array.from({ length: 64 }, (__, n) => make(cases[n % count] ?? '', '33,33')));
		const done = outcomes.filter((outcome) => outcome.ok).length;
		expect(done).toBe(24);
		expect(await used()).toBe(24 * 33_33);
		expect([...new Set(outcomes.map(said))].toSorted()).toEqual(['above_mandate', 'yes']);
	});
});

test('who can decide is exactly who has room left; of two decisions at once one fits', async () => {
	const { installation, actors } = scene;
	await giveMandate(scene, 'facilitator', { caseAmount: '1000', periodAmount: '1500' });
	await giveMandate(scene, 'colleague', { caseAmount: '900', periodAmount: '900' });
	const cases = [await openTable(), await openTable()];
	const ask = async (caseId: string, amount: string) =>
		askDecider(installation, actors.seated, { ...promise(caseId, amount), deciderMembershipId: actors.facilitator.membershipId });
	const refused = await make(cases[0] ?? '', '950');
	expect(refused).toMatchObject({
		refusal: { code: 'above_mandate', lift: { kind: 'deciders', deciders: [{ membershipId: actors.facilitator.membershipId }] } }
	});
	const asks = [sure(await ask(cases[0] ?? '', '1000')), sure(await ask(cases[1] ?? '', '1000'))];
	const decided = await Promise.all(asks.map(({ askId }) => acceptAsk(installation, actors.facilitator, { askId })));
	expect(decided.map(said).toSorted()).toEqual(['above_mandate', 'yes']);
	// No one has this much: the refusal names who can arrange it.
	expect(await make(cases[1] ?? '', '5000')).toMatchObject({
		refusal: { lift: { deciders: [], administrators: [{ membershipId: actors.administrator.membershipId }] } }
	});
});
