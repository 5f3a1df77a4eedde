import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import { command } from '#foundation/command/command.server.ts';
import type { Call, Command, Deed } from '#foundation/command/command.server.ts';
import { takeReceipt } from '#foundation/files/receipt.server.ts';
import type { ReceiptProblem } from '#foundation/files/receipt.server.ts';
import type { Installation } from '#foundation/installation.ts';
import { ok, refuse, refuseFields } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { parseInput } from '#foundation/text/field-errors.ts';
import { dayAt } from '#foundation/time/days.ts';
import { checkPayable } from '../requests/commands.server.ts';
import { findRequest, lockRequest } from '../requests/read.server.ts';
import { findPayee, findPayment, findPurse, payeePlace, receiptPlace } from './read.server.ts';
import { householdText } from './rules.ts';
import type { Payee } from './rules.ts';
import { enterPaymentSchema, paymentSchema, releaseSchema, submitPaymentSchema } from './schema.ts';

/** What a household is known by, as a keyed hash of this network. Nothing of the inputs is kept. */
async function hashHousehold(deed: Deed, household: Parameters<typeof householdText>[0]): Promise<Buffer> {
	return createHmac('sha256', await deed.keyring.secret('household'))
		.update(`${deed.actor.networkId}\n${householdText(household)}`)
		.digest();
}

/** An id that says nothing of when it was made: what a household got must not be joined to a payment by its time. */
function timelessId(deed: Deed): string {
	const hex = Buffer.from(deed.random(16)).toString('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

type Entered = 'settled' | 'paid' | 'entered';
type Answer = Entered | 'not_reserved' | 'not_released' | 'no_card' | 'over_amount' | 'household_full';

const enterPayment = command({
	act: 'payment.submit',
	schema: enterPaymentSchema,
	async run(deed, input): Promise<Outcome<{ paymentId: string }>> {
		deed.about('request', input.requestId);
		await lockRequest(deed.tx, deed.actor.networkId, input.requestId);
		const request = await findRequest(deed.tx, deed.actor, input.requestId);
		if (!request) return refuse('not_found');
		const caseId = await payingFor(deed, request);
		if (caseId === null) return refuse('not_payer', { lift: { kind: 'person', personId: request.askedBy } });
		deed.about('request', input.requestId, caseId);
		const payable = await checkPayable(deed, input.requestId);
		if (!payable.ok) return payable;
		if (input.birthDate > dayAt(deed.now)) return refuseFields([{ path: ['birthDate'], code: 'not_a_date' }]);

		const paymentId = deed.id();
		const householdId = timelessId(deed);
		const { rows } = await sql<{ answer: Answer; centsBefore: number }>`
			select answer, cents_before from app.enter_payment(${paymentId}, ${deed.id()}, ${input.requestId}, ${input.way}, ${input.toResident}, ${input.amount},
				${input.lastOne}, ${await hashHousehold(deed, input)}, ${householdId})`.execute(deed.tx);
		const { answer, centsBefore } = rows[0] ?? { answer: 'not_reserved', centsBefore: 0 };
		const refused = refusalOf(answer, centsBefore);
		if (refused) return refused;

		deed.about('payment', paymentId, caseId);
		const { networkId, personId } = deed.actor;
		const payee: Payee = {
			...{ name: input.payee ?? '', iban: input.iban ?? null, reference: input.reference ?? null },
			...{ because: input.because ?? null, householdId }
		};
		await deed.keyring.createKey(networkId, paymentId);
		const sealed = await deed.keyring.sealWords({ networkId, caseId: paymentId }, payeePlace(paymentId), JSON.stringify(payee));
		await deed.tx
			.insertInto('payee')
			.values({ networkId, paymentId, ciphertext: Buffer.from(sealed), personId, at: deed.now })
			.execute();
		if (input.receipt !== undefined) await keepReceipt(deed, { paymentId, requestId: input.requestId, caseId }, input.receipt);
		if (answer === 'entered') await tellKeepers(deed);
		if (answer === 'settled' && request.askedBy !== personId) await deed.tell('mail.request_paid', { caseId, personId: request.askedBy });
		return ok({ paymentId });
	}
});

interface Kept {
	readonly mediaType: 'image/jpeg' | 'application/pdf';
	readonly base64: string;
}

/** Seals a receipt that was looked at, and stores it with its payment. */
export async function keepReceipt(
	deed: Deed,
	of: { readonly paymentId: string; readonly requestId: string; readonly caseId: string },
	{ mediaType, base64 }: Kept
): Promise<string> {
	const { networkId, personId } = deed.actor;
	const receiptId = deed.id();
	const place = receiptPlace(of.paymentId, receiptId);
	const ciphertext = await deed.keyring.sealFile({ networkId, caseId: of.caseId }, place, Buffer.from(base64, 'base64'));
	await deed.tx
		.insertInto('receipt')
		.values({ networkId, receiptId, ...of, mediaType, ciphertext: Buffer.from(ciphertext), personId, at: deed.now })
		.execute();
	return receiptId;
}

/**
 * Looks at a receipt as it was sent, before the act begins, so that nobody waits for a picture.
 * @param seen whether what it belongs to exists for who sends it; else the act itself says that it does not, and leaves its line
 */
export async function takeSent(
	receipt: string,
	seen: boolean
): Promise<{ readonly ok: true; readonly value: Kept } | { readonly ok: false; readonly code: ReceiptProblem }> {
	if (!seen) return { ok: true, value: { mediaType: 'image/jpeg', base64: '' } };
	const taken = await takeReceipt(new Uint8Array(Buffer.from(receipt, 'base64')));
	if (!taken.ok) return taken;
	return { ok: true, value: { mediaType: taken.value.mediaType, base64: Buffer.from(taken.value.bytes).toString('base64') } };
}

/** The case for which the actor may pay: who asked, its table, the treasurer; else null. */
export async function payingFor(
	deed: Deed,
	request: { readonly requestId: string; readonly askedBy: string; readonly membershipId: string }
): Promise<string | null> {
	const { rows } = await sql<{ caseId: string | null; seated: boolean }>`
		select app.case_of_request(${request.requestId}) as case_id, app.case_of_request(${request.requestId}) = any(array(select app.my_cases())) as seated`.execute(
		deed.tx
	);
	const row = rows[0];
	const asked = request.askedBy === deed.actor.personId && request.membershipId === deed.actor.membershipId;
	return row && (row.seated || asked || deed.actor.roles.includes('treasurer')) ? row.caseId : null;
}

function refusalOf(answer: Answer, centsBefore: number): Outcome<never> | null {
	switch (answer) {
		case 'not_reserved':
			return refuse('wrong_state', { lift: { kind: 'role', role: 'treasurer' } });
		case 'not_released':
			return refuse('not_released', { lift: { kind: 'role', role: 'treasurer' } });
		case 'no_card':
			return refuse('no_card', { fields: [{ path: ['way'], code: 'not_a_choice' }], lift: { kind: 'role', role: 'yourself' } });
		case 'over_amount':
			return refuse('over_amount', { fields: [{ path: ['amount'], code: 'number_too_large', values: { max: centsBefore / 100 } }] });
		case 'household_full':
			return refuse('household_full', {
				fields: [{ path: ['amount'], code: 'household_had', values: { used: centsBefore / 100 } }],
				lift: { kind: 'role', role: 'secretariat' }
			});
		default:
			return null;
	}
}

/** Whoever keeps the pot hears that something is to be transferred. */
async function tellKeepers(deed: Deed): Promise<void> {
	const keepers = await deed.tx
		.selectFrom('membership')
		.select('personId')
		.distinct()
		.where('networkId', '=', deed.actor.networkId)
		.where('personId', '<>', deed.actor.personId)
		.where('validFrom', '<=', deed.now)
		.where((e) => e.or([e('validUntil', 'is', null), e('validUntil', '>', deed.now)]))
		.where(sql<boolean>`'treasurer' = any(roles)`)
		.execute();
	for (const { personId } of keepers) await deed.tell('mail.transfer_waits', { personId });
}

/**
 * Pays (part of) a request that was granted, within what was set aside for it (D5). The receipt comes as it was sent; it is looked at before the
 * act begins, so that nobody waits for a picture, and only for who can see the request.
 */
export const submitPayment: Command<{ paymentId: string }> = Object.assign(
	async (installation: Installation, actor: Actor, input: unknown, call: Call = {}): Promise<Outcome<{ paymentId: string }>> => {
		const parsed = parseInput(submitPaymentSchema, input);
		if (!parsed.ok) return parsed;
		const { receipt, requestId } = parsed.value;
		const raw = input as Readonly<Record<string, unknown>>;
		if (receipt === undefined) return enterPayment(installation, actor, raw, call);
		const seen = await installation.door.actor(actor, installation.world.now(), (tx) => findRequest(tx, actor, requestId));
		const taken = await takeSent(receipt, seen !== null);
		if (!taken.ok) return refuseFields([{ path: ['receipt'], code: taken.code }]);
		return enterPayment(installation, actor, { ...raw, receipt: taken.value }, call);
	},
	{ act: enterPayment.act, schema: submitPaymentSchema }
);

/** Above the threshold a third person lets it go: neither who asked nor who decided, by a key of the database (`request_hand`). */
export const releasePayment = command({
	act: 'payment.release',
	schema: releaseSchema,
	async run(deed, input): Promise<Outcome<null>> {
		deed.about('request', input.requestId);
		const { networkId, personId, roles } = deed.actor;
		await lockRequest(deed.tx, networkId, input.requestId);
		const request = await findRequest(deed.tx, deed.actor, input.requestId);
		if (!request) return refuse('not_found');
		if (!roles.includes('treasurer') && !roles.includes('secretariat') && !roles.includes('governor'))
			return refuse('not_allowed', { lift: { kind: 'role', role: 'treasurer' } });
		const purse = await findPurse(deed.tx, deed.actor, input.requestId);
		if (!purse || purse.ended !== null || purse.released) return refuse('wrong_state');
		const taken = await deed.tx
			.insertInto('requestHand')
			.values({ networkId, requestId: input.requestId, personId, hand: 'released' })
			.onConflict((conflict) => conflict.columns(['networkId', 'requestId', 'personId']).doNothing())
			.executeTakeFirst();
		return taken.numInsertedOrUpdatedRows === 1n ? ok(null) : refuse('other_eyes', { lift: { kind: 'role', role: 'treasurer' } });
	}
});

/** Ticks a transfer off: the treasurer made it ready in the bank, another saw that it went. The second books it. */
export const tickTransfer = command({
	act: 'transfer.tick',
	schema: paymentSchema,
	async run(deed, input): Promise<Outcome<{ state: 'first' | 'paid' | 'settled' }>> {
		deed.about('payment', input.paymentId);
		const { roles } = deed.actor;
		if (!roles.includes('treasurer') && !roles.includes('secretariat') && !roles.includes('governor'))
			return refuse('not_allowed', { lift: { kind: 'role', role: 'treasurer' } });
		if (!(await findPayment(deed.tx, deed.actor, input.paymentId))) return refuse('not_found');
		const { rows } = await sql<{ answer: string }>`select app.tick_payment(${input.paymentId}, ${deed.id()}) as answer`.execute(deed.tx);
		switch (rows[0]?.answer) {
			case 'first':
			case 'paid':
			case 'settled':
				return ok({ state: rows[0].answer });
			case 'same_eyes':
				return refuse('other_eyes', { lift: { kind: 'role', role: 'treasurer' } });
			case 'treasurer_first':
				return refuse('not_allowed', { lift: { kind: 'role', role: 'treasurer' } });
			case 'over':
				return refuse('wrong_state');
			default:
				return refuse('not_found');
		}
	}
});

/** Takes back a payment that has not left the pot. */
export const withdrawPayment = command({
	act: 'payment.withdraw',
	schema: paymentSchema,
	async run(deed, input): Promise<Outcome<null>> {
		deed.about('payment', input.paymentId);
		const payment = await findPayment(deed.tx, deed.actor, input.paymentId);
		if (!payment) return refuse('not_found');
		if (payment.personId !== deed.actor.personId && !deed.actor.roles.includes('treasurer'))
			return refuse('not_payer', { lift: { kind: 'person', personId: payment.personId } });
		const payee = await findPayee(deed.tx, deed.keyring, deed.actor, input.paymentId);
		const { rows } = await sql<{ answer: string }>`
			select app.withdraw_payment(${input.paymentId}, ${deed.id()}, ${payee?.householdId ?? null}) as answer`.execute(deed.tx);
		return rows[0]?.answer === 'withdrawn' ? ok(null) : refuse('wrong_state');
	}
});
