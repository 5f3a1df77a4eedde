import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { jpegPhoto, pdfFile } from '#foundation/files/testing.server.ts';
import { acceptClaim, declineClaim, proposeClaim } from '#rooms/fund/claims/commands.server.ts';
import { readClaims } from '#rooms/fund/claims/read.server.ts';
import { listBookings, listOrigins, listJournals } from '#rooms/fund/ledger/read.server.ts';
import { submitPayment, tickTransfer, withdrawPayment } from '#rooms/fund/payments/commands.server.ts';
import { listPayments, readReceipt } from '#rooms/fund/payments/read.server.ts';
import { addReceipt } from '#rooms/fund/payments/receipts/commands.server.ts';
import { listOwed } from '#rooms/fund/waiting/read.server.ts';
import { said } from './acts-document.ts';
import { grantRequest } from './granted.server.ts';
import { openPotScene } from './pot-scene.server.ts';
import type { PotScene } from './pot-scene.server.ts';
import { sure } from './sure.ts';

/** What who is asked to pay back reads, what comes after a payment, and where a line of the book leads: on a real PostgreSQL. */

let pot: PotScene;
let holder: Actor;
beforeAll(async () => {
	pot = await openPotScene(36);
	holder = pot.scene.actors.holder;
});
afterAll(() => pot.scene.drop());

const pdf = Buffer.from(pdfFile()).toString('base64');
const why = 'Een wasmachine. Jullie regeling kwam zes weken te laat.';
const told = (actor: Actor) => {
	const { installation } = pot.scene;
	const now = installation.world.now();
	return installation.door.actor(actor, now, (tx, send) => readClaims(installation, { tx, send }, actor, now));
};
const byCard = async (euros: string, more: object = {}) => {
	const { requestId, caseId } = await grantRequest(pot.scene, { cents: Number(euros) * 100, teamId: pot.teamId });
	const { paymentId } = sure(
		await submitPayment(pot.scene.installation, holder, {
			...{ requestId, amount: euros, way: 'card', lastOne: true, receipt: pdf, ...pot.household(), ...more }
		})
	);
	return { requestId, caseId, paymentId };
};

describe('who is asked to pay back', () => {
	test('reads what for, and no other word of the request or the case; the log of the case says that they did', async () => {
		const { installation } = pot.scene;
		const { requestId, caseId } = await byCard('40');
		const wish = { requestId, organisationId: pot.governor.organisationId, amount: '40', dueOn: '2027-01-31' };
		expect(said(await proposeClaim(installation, holder, { ...wish, why: '' }))).toBe('invalid');
		expect(said(await proposeClaim(installation, holder, { ...wish, why: 'Bel mij op 06-12345678.' }))).toBe('needs_acknowledgement');
		const { claimId } = sure(await proposeClaim(installation, holder, { ...wish, why }));

		const words = await pot.seen(pot.governor, (tx) =>
			tx.selectFrom('caseWords').select(['part', 'aboutId']).where('caseId', '=', caseId).execute()
		);
		expect(words).toEqual([{ part: 'claim_why', aboutId: claimId }]);
		expect(await told(pot.governor)).toMatchObject([{ claimId, requestId: null, mine: true, why }]);
		expect(await told(holder)).toMatchObject([{ claimId, requestId, mine: false, why }]);
		expect(await told(pot.second)).toEqual([]);
		const lines = await pot.asOwner<{ person: string }>(
			"select person_id as person from log_line where act = 'claim.read' and case_id = $1 and object_id = $2 order by at, line_id",
			[caseId, claimId]
		);
		expect(lines.map(({ person }) => person)).toEqual([pot.governor.personId, holder.personId]);

		sure(await acceptClaim(installation, pot.governor, { claimId }));
		expect(await told(pot.governor)).toMatchObject([{ state: 'accepted', why }]);
	});

	test('reads it no more once it is over', async () => {
		const { requestId } = await byCard('30');
		const wish = { requestId, organisationId: pot.governor.organisationId, amount: '30', dueOn: '2027-01-31', why };
		const { claimId } = sure(await proposeClaim(pot.scene.installation, holder, wish));
		sure(await declineClaim(pot.scene.installation, pot.governor, { claimId }));
		expect((await told(pot.governor)).find((claim) => claim.claimId === claimId)).not.toHaveProperty('why');
	});

	test('reads words that are gone with the key of the case as gone', async () => {
		const { requestId, caseId } = await byCard('20');
		const wish = { requestId, organisationId: pot.governor.organisationId, amount: '20', dueOn: '2027-01-31', why };
		const { claimId } = sure(await proposeClaim(pot.scene.installation, holder, wish));
		await pot.scene.installation.keyring.destroyKey(holder.networkId, caseId);
		expect((await told(pot.governor)).find((claim) => claim.claimId === claimId)).toMatchObject({ why: null });
	});
});

describe('a receipt that comes after its payment', () => {
	test('ends what the treasurer still misses: money that went to the resident’s own account', async () => {
		const { installation } = pot.scene;
		const { requestId } = await grantRequest(pot.scene, { cents: 50_00 });
		const {
			receipt: _,
			reference: __,
			...transfer
		} = pot.byTransfer(requestId, '50', { toResident: true, because: 'De kringloop neemt alleen contant geld.' });
		const { paymentId } = sure(await submitPayment(installation, holder, transfer));
		for (const who of [pot.treasurer, pot.second]) sure(await tickTransfer(installation, who, { paymentId }));
		const misses = async () =>
			(await pot.seen(pot.treasurer, (tx) => listOwed(tx, pot.treasurer, installation.world.now()))).filter((one) => one.id === paymentId);
		expect(await misses()).toMatchObject([{ kind: 'no_receipt', path: `/pot/aanvraag/${requestId}#betaling-${paymentId}` }]);
		const { receiptId } = sure(
			await addReceipt(installation, holder, { paymentId, receipt: Buffer.from(await jpegPhoto()).toString('base64') })
		);
		expect(await misses()).toEqual([]);
		expect(sure(await readReceipt(installation, pot.treasurer, receiptId)).mediaType).toBe('image/jpeg');
		expect(said(await readReceipt(installation, pot.governor, receiptId))).toBe('not_found');
	});

	test('stands beside what was there, ten at most, and only with what it is', async () => {
		const { installation } = pot.scene;
		const { requestId, paymentId } = await byCard('10');
		const add = (receipt: string, by = holder) => addReceipt(installation, by, { paymentId, receipt });
		expect(await add(Buffer.from('geen bon').toString('base64'))).toMatchObject({
			refusal: { fields: [{ path: ['receipt'], code: 'file_unknown' }] }
		});
		expect(await add('')).toMatchObject({ refusal: { fields: [{ path: ['receipt'], code: 'required' }] } });
		const answers = await Promise.all(Array.from({ length: 12 }, () => add(pdf).then(said)));
		expect(answers.filter((one) => one === 'yes')).toHaveLength(9);
		expect(answers.filter((one) => one === 'enough_receipts')).toHaveLength(3);
		const [payment] = await pot.seen(holder, (tx) => listPayments(tx, holder, requestId));
		expect(payment?.receipts).toHaveLength(10);
	});

	test('does not come with a payment that was taken back, also straight in SQL', async () => {
		const { installation } = pot.scene;
		const { requestId, caseId } = await grantRequest(pot.scene, { cents: 25_00, teamId: pot.teamId });
		const { paymentId } = sure(await submitPayment(installation, holder, pot.byTransfer(requestId, '25')));
		sure(await withdrawPayment(installation, holder, { paymentId }));
		expect(said(await addReceipt(installation, holder, { paymentId, receipt: pdf }))).toBe('wrong_state');
		const { networkId, personId } = holder;
		const at = installation.world.now();
		await expect(
			pot.seen(holder, (tx) =>
				tx
					.insertInto('receipt')
					.values({
						...{ networkId, receiptId: installation.world.id(), paymentId, requestId, caseId, mediaType: 'application/pdf' },
						...{ ciphertext: Buffer.from('x'), personId, at }
					})
					.execute()
			)
		).rejects.toThrow(/row-level security/);
	});
});

describe('a line of the book', () => {
	test('leads the treasurer to its payment, and the payment back to its booking; nobody else is led anywhere', async () => {
		const { requestId, paymentId } = await byCard('15');
		const journalId = await pot.journalOf(paymentId);
		const led = async (actor: Actor) =>
			pot.seen(actor, async (tx) => {
				const journals = await listJournals(tx, actor, { limit: 200 });
				return listOrigins(
					tx,
					actor,
					journals.map((one) => one.journalId)
				);
			});
		const origins = await led(pot.treasurer);
		expect(origins.get(journalId)).toEqual({ of: 'payment', path: `/pot/aanvraag/${requestId}#betaling-${paymentId}` });
		expect(new Set([...origins.values()].map(({ of }) => of))).toEqual(new Set(['payment', 'request', 'claim', 'contribution', 'funding']));
		for (const who of [holder, pot.governor, pot.scene.actors.colleague]) expect((await led(who)).size).toBe(0);
		const booked = (actor: Actor) => pot.seen(actor, (tx) => listBookings(tx, actor, [paymentId]));
		expect([...(await booked(pot.treasurer))]).toEqual([[paymentId, journalId]]);
		expect([...(await booked(holder))]).toEqual([]);
		const [first] = await pot.seen(pot.treasurer, (tx) => listJournals(tx, pot.treasurer, { limit: 1, from: journalId }));
		expect(first?.journalId).toBe(journalId);
	});
});
