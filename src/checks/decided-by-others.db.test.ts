import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { read } from '#foundation/command/reading.server.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { acceptAsk, askDecider, declineAsk } from '#rooms/agreements/asks/commands.server.ts';
import { listMyDecisions } from '#rooms/agreements/asks/read.server.ts';
import { acceptChange, askForChange, askForOffered, changeAgreement, declineChange } from '#rooms/agreements/changes/commands.server.ts';
import { makeAgreement, reportAgreement } from '#rooms/agreements/commands.server.ts';
import type { Agreement } from '#rooms/agreements/read.server.ts';
import { acceptInvitation, inviteToTable, openCase } from '#rooms/cases/commands.server.ts';
import { acceptMandate, endMandate, proposeMandate } from '#rooms/people/mandates/commands.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { listMyWaiting } from '#rooms/table/waiting/read.server.ts';
import { said } from './acts-document.ts';
import { giveMandate } from './fill-agreements.server.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene, SceneRole } from './scene.server.ts';

/** What is above one's own mandate is asked of exactly who can decide, a change too; and formal decisions are announced within a mandate (C2, C3). */

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(27);
	await giveMandate(scene, 'seated', { caseAmount: '100', periodAmount: '100000' });
	await giveMandate(scene, 'facilitator', { caseAmount: '1000', periodAmount: '100000' });
});
beforeEach(() => scene.installation.world.tick(60_000));
afterAll(() => scene.drop());

const openTable = async (): Promise<string> => {
	const { installation, actors } = scene;
	const { caseId } = sure(await openCase(installation, actors.holder, caseWords));
	const { membershipId } = actors.seated;
	sure(
		await acceptInvitation(
			installation,
			actors.seated,
			sure(await inviteToTable(installation, actors.holder, { caseId, membershipId, message: 'Doe je mee?' }))
		)
	);
	return caseId;
};
const words = { what: 'Wij betalen de borg', dueOn: '2027-01-01', insideRoom: true };
const promise = async (): Promise<{ caseId: string; agreementId: string }> => {
	const caseId = await openTable();
	const wish = { ...words, caseId, kind: 'on_behalf', receiverId: scene.actors.holder.personId, amount: '80' };
	return { caseId, agreementId: sure(await makeAgreement(scene.installation, scene.actors.seated, wish)).agreementId };
};
const agreementOf = async (caseId: string): Promise<Agreement> => {
	const agreement = sure(await getCaseTable(scene.installation, scene.actors.holder, caseId)).agreements.at(-1);
	if (!agreement) throw new Error('It was made.');
	return agreement;
};
const ask = (agreementId: string, amount: string) =>
	askForChange(scene.installation, scene.actors.seated, {
		...{ ...words, agreementId, amount, deciderMembershipId: scene.actors.facilitator.membershipId }
	});
const waitsFor = async (role: SceneRole): Promise<string[]> => {
	const { installation, actors } = scene;
	const waiting = await read(installation, actors[role], (tx, now) => listMyWaiting(tx, installation.keyring, actors[role], now));
	return waiting.filter((entry) => entry.kind === 'change').map((entry) => entry.agreementId);
};
const decisions = async () =>
	(
		await read(scene.installation, scene.actors.facilitator, (tx) =>
			listMyDecisions(tx, scene.installation.keyring, scene.actors.facilitator)
		)
	).map((entry) => entry.askId);
const usedBy = async (role: SceneRole, agreementId: string): Promise<number[]> => {
	const owner = await scene.database.connections.owner();
	const { rows } = await owner.query<{ cents: number }>(
		'select cents::int from mandate_use where person_id = $1 and agreement_id = $2 order by at',
		[...[scene.actors[role].personId, agreementId]]
	);
	await owner.end();
	return rows.map((row) => row.cents);
};
/** Who a refusal names that can decide. */
const namedIn = (outcome: Outcome<unknown>) =>
	outcome.ok || outcome.refusal.lift?.kind !== 'deciders' ? [] : outcome.refusal.lift.deciders.map((decider) => decider.membershipId);

describe('a change above the own mandate', () => {
	test('names who can, goes to the other party after their yes, and counts on their mandate', async () => {
		const { installation, actors } = scene;
		const { caseId, agreementId } = await promise();
		const refused = await changeAgreement(installation, actors.seated, { ...words, agreementId, amount: '500' });
		expect([said(refused), namedIn(refused)]).toEqual(['above_mandate', [actors.facilitator.membershipId]]);
		expect(said(await ask(agreementId, '1.000,01'))).toBe('above_mandate');
		const { askId, versionId } = sure(await ask(agreementId, '500'));
		// Nothing has changed, and nobody at the table has to do anything.
		expect(await agreementOf(caseId)).toMatchObject({ state: 'promised', amountCents: 80_00, pending: { versionId } });
		expect(await waitsFor('holder')).not.toContain(agreementId);
		for (const answer of [acceptChange, declineChange])
			expect(said(await answer(installation, actors.holder, { agreementId, versionId }))).toBe('not_asked');
		expect(await decisions()).toContain(askId);
		sure(await acceptAsk(installation, actors.facilitator, { askId }));
		expect([await usedBy('facilitator', agreementId), await usedBy('seated', agreementId)]).toEqual([[500_00], [80_00]]);
		expect(await waitsFor('holder')).toContain(agreementId);
		expect(await agreementOf(caseId)).toMatchObject({ amountCents: 80_00 });
		sure(await acceptChange(installation, actors.holder, { agreementId, versionId }));
		expect(await agreementOf(caseId)).toMatchObject({ state: 'promised', amountCents: 500_00, versionId, pending: null });
		// Counted once: with the colleague who decided, and no more with the promiser, who has their room back.
		expect(await usedBy('seated', agreementId)).toEqual([80_00]);
		const again = { ...words, caseId, kind: 'on_behalf', receiverId: actors.holder.personId };
		expect(said(await makeAgreement(installation, actors.seated, { ...again, amount: '100' }))).toBe('yes');
	});

	test('after their no it stays as it was; it may be asked anew', async () => {
		const { installation, actors } = scene;
		const { caseId, agreementId } = await promise();
		const first = sure(await ask(agreementId, '500'));
		sure(await declineAsk(installation, actors.facilitator, { askId: first.askId }));
		expect(await agreementOf(caseId)).toMatchObject({ state: 'promised', amountCents: 80_00, pending: null });
		expect(await waitsFor('holder')).not.toContain(agreementId);
		expect(said(await acceptChange(installation, actors.holder, { agreementId, versionId: first.versionId }))).toBe('no_change_waits');
		sure(await ask(agreementId, '400'));
	});

	test('a newer change, or a report, and what was asked stands no more', async () => {
		const { installation, actors } = scene;
		const { caseId, agreementId } = await promise();
		const first = sure(await ask(agreementId, '500'));
		const second = sure(await ask(agreementId, '600'));
		expect(said(await acceptAsk(installation, actors.facilitator, { askId: first.askId }))).toBe('ask_over');
		sure(await reportAgreement(installation, actors.seated, { agreementId, outcome: 'kept' }));
		expect(said(await acceptAsk(installation, actors.facilitator, { askId: second.askId }))).toBe('ask_over');
		expect(await decisions()).not.toContain(second.askId);
		expect(await usedBy('facilitator', agreementId)).toEqual([]);
		expect(await agreementOf(caseId)).toMatchObject({ state: 'reported', amountCents: 80_00 });
	});

	test('what the other party offers is asked as well, and accepted after the yes', async () => {
		const { installation, actors } = scene;
		const { caseId, agreementId } = await promise();
		const offer = { what: 'Betaal ook de huur', dueOn: '2027-01-01', agreementId, amount: '700' };
		const { versionId } = sure(await changeAgreement(installation, actors.holder, offer));
		const refused = await acceptChange(installation, actors.seated, { agreementId, versionId });
		expect([said(refused), namedIn(refused)]).toEqual(['above_mandate', [actors.facilitator.membershipId]]);
		const wish = { agreementId, versionId, deciderMembershipId: actors.facilitator.membershipId };
		expect(said(await askForOffered(installation, actors.holder, wish))).toBe('not_asked');
		const first = sure(await askForOffered(installation, actors.seated, wish));
		expect(await waitsFor('seated')).not.toContain(agreementId);
		sure(await declineAsk(installation, actors.facilitator, first));
		// The other party still wants it: another may be asked.
		expect(await waitsFor('seated')).toContain(agreementId);
		expect(said(await acceptChange(installation, actors.seated, { agreementId, versionId }))).toBe('above_mandate');
		installation.world.tick(1000);
		const { askId } = sure(await askForOffered(installation, actors.seated, wish));
		sure(await acceptAsk(installation, actors.facilitator, { askId }));
		expect(await agreementOf(caseId)).toMatchObject({ amountCents: 80_00 });
		sure(await acceptChange(installation, actors.seated, { agreementId, versionId }));
		expect(await agreementOf(caseId)).toMatchObject({ amountCents: 700_00, versionId });
		expect(await usedBy('facilitator', agreementId)).toEqual([700_00]);
	});
});

describe('an announced decision', () => {
	const announce = async (role: SceneRole = 'seated') => {
		const caseId = await openTable();
		const wish = { caseId, kind: 'decision_follows', what: 'De urgentie', dueOn: '2027-01-01', receiverId: scene.actors.holder.personId };
		return { caseId, wish, outcome: await makeAgreement(scene.installation, scene.actors[role], wish) };
	};
	const formal = async (role: SceneRole, validUntil: string): Promise<string> => {
		const { installation, actors } = scene;
		const { mandateId } = sure(
			await proposeMandate(installation, actors.administrator, {
				...{ membershipId: actors[role].membershipId, kind: 'formal_decision', validFrom: '2026-01-01', validUntil }
			})
		);
		sure(await acceptMandate(installation, actors[role], { mandateId }));
		return mandateId;
	};

	test('is free while nobody was named; then within a valid mandate, told with its last day; over, it is refused with who can', async () => {
		const { installation, actors } = scene;
		const free = await announce();
		expect([said(free.outcome), (await agreementOf(free.caseId)).decision]).toEqual(['yes', null]);
		await formal('seated', '2026-12-31');
		const within = await announce();
		expect(said(within.outcome)).toBe('yes');
		expect(await agreementOf(within.caseId)).toMatchObject({
			decision: { personId: actors.seated.personId, membershipId: actors.seated.membershipId, validUntil: '2026-12-31' }
		});

		installation.world.set(new Date('2026-12-31T22:59:00Z'));
		expect(said((await announce()).outcome)).toBe('yes');
		installation.world.set(new Date('2026-12-31T23:00:00Z'));
		const over = await announce();
		expect([said(over.outcome), namedIn(over.outcome)]).toEqual(['not_formal_decider', []]);
		expect(over.outcome).toMatchObject({ refusal: { lift: { administrators: [{ personId: actors.administrator.personId }] } } });

		// A colleague may: they are named, and asked in one tap.
		const mandateId = await formal('facilitator', '2027-06-30');
		const { caseId, wish, outcome } = await announce();
		expect([said(outcome), namedIn(outcome)]).toEqual(['not_formal_decider', [actors.facilitator.membershipId]]);
		const asking = (deciderMembershipId: string) => askDecider(installation, actors.seated, { ...wish, deciderMembershipId });
		expect(said(await asking(actors.colleague.membershipId))).toBe('not_formal_decider');
		const { askId } = sure(await asking(actors.facilitator.membershipId));
		expect(await agreementOf(caseId)).toMatchObject({ state: 'asked', decision: null });
		sure(await acceptAsk(installation, actors.facilitator, { askId }));
		expect(await agreementOf(caseId)).toMatchObject({
			state: 'promised',
			decision: { membershipId: actors.facilitator.membershipId, validUntil: '2027-06-30' }
		});

		// Ended while an ask waits: the yes is refused.
		const waiting = sure(await askDecider(installation, actors.seated, { ...wish, deciderMembershipId: actors.facilitator.membershipId }));
		sure(await endMandate(installation, actors.administrator, { mandateId }));
		expect(said(await acceptAsk(installation, actors.facilitator, { askId: waiting.askId }))).toBe('not_formal_decider');
	});
});
