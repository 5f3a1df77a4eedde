import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { readLogged } from '#foundation/command/reading.server.ts';
import type { Installation } from '#foundation/installation.ts';
import type { Keyring } from '#foundation/keyring/keyring.server.ts';
import { writeLogLine } from '#foundation/log/line.server.ts';
import type { LogDoor } from '#foundation/log/line.server.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { keepsPot } from '../ledger/rules.ts';
import { getFundRules } from '../rules-in-force/read.server.ts';
import { foldPayment } from './rules.ts';
import type { Payee, PaymentHappening, PaymentState, Way } from './rules.ts';

/** A payment as the actor may see it. */
export interface Payment {
	readonly paymentId: string;
	readonly requestId: string;
	readonly way: Way;
	readonly toResident: boolean;
	readonly amountCents: number;
	readonly personId: string;
	readonly membershipId: string;
	readonly at: Date;
	readonly state: PaymentState;
	/** Who ticked it off, in order. */
	readonly tickedBy: readonly string[];
	readonly receipts: readonly { readonly receiptId: string; readonly mediaType: string }[];
}

async function select(
	tx: Tx,
	actor: Actor,
	by: { readonly requestId?: string; readonly paymentId?: string; readonly waiting?: boolean }
): Promise<Payment[]> {
	let query = tx
		.selectFrom('payment as p')
		.select(['p.paymentId', 'p.requestId', 'p.way', 'p.toResident', 'p.amountCents', 'p.personId', 'p.membershipId', 'p.at'])
		.where('p.networkId', '=', actor.networkId)
		.orderBy('p.at')
		.orderBy('p.paymentId');
	if (by.requestId !== undefined) query = query.where('p.requestId', '=', by.requestId);
	if (by.paymentId !== undefined) query = query.where('p.paymentId', '=', by.paymentId);
	if (by.waiting === true)
		query = query
			.where('p.way', '<>', 'card')
			.where((e) =>
				e.not(
					e.exists(
						e
							.selectFrom('paymentEvent as v')
							.select('v.paymentId')
							.whereRef('v.networkId', '=', 'p.networkId')
							.whereRef('v.paymentId', '=', 'p.paymentId')
					)
				)
			);
	const payments = await query.execute();
	if (payments.length === 0) return [];
	const ids = payments.map((payment) => payment.paymentId);
	const events = await tx
		.selectFrom('paymentEvent')
		.select(['paymentId', 'kind'])
		.where('networkId', '=', actor.networkId)
		.where('paymentId', 'in', ids)
		.execute();
	const hands = await tx
		.selectFrom('potHand')
		.select(['subjectId', 'personId'])
		.where('networkId', '=', actor.networkId)
		.where('subjectId', 'in', ids)
		.orderBy('hand')
		.execute();
	const receipts = await tx
		.selectFrom('receipt')
		.select(['receiptId', 'paymentId', 'mediaType'])
		.where('networkId', '=', actor.networkId)
		.where('paymentId', 'in', ids)
		.execute();
	return payments.map((payment) => {
		const tickedBy = hands.filter((hand) => hand.subjectId === payment.paymentId).map((hand) => hand.personId);
		const kinds = events
			.filter((event) => event.paymentId === payment.paymentId)
			.map((event) => event.kind as 'paid' | 'withdrawn' | 'reversed');
		return {
			...payment,
			way: payment.way as Way,
			state: foldPayment(kinds, tickedBy.length),
			tickedBy,
			receipts: receipts
				.filter((receipt) => receipt.paymentId === payment.paymentId)
				.map(({ receiptId, mediaType }) => ({ receiptId, mediaType }))
		};
	});
}

/** The payments for one request, in order of time. */
export const listPayments = (tx: Tx, actor: Actor, requestId: string): Promise<Payment[]> => select(tx, actor, { requestId });

export const findPayment = async (tx: Tx, actor: Actor, paymentId: string): Promise<Payment | null> =>
	(await select(tx, actor, { paymentId }))[0] ?? null;

/** What was paid for these requests and what was taken back, in order of time: for who sits at the table of their case. */
export async function listPaymentHappenings(tx: Tx, actor: Actor, requestIds: readonly string[]): Promise<PaymentHappening[]> {
	if (requestIds.length === 0) return [];
	const rows = await tx
		.selectFrom('payment as p')
		.innerJoin('paymentEvent as v', (join) => join.onRef('v.networkId', '=', 'p.networkId').onRef('v.paymentId', '=', 'p.paymentId'))
		.select(['v.kind', 'v.at', 'v.membershipId', 'p.requestId', 'p.amountCents', 'p.way'])
		.where('p.networkId', '=', actor.networkId)
		.where('p.requestId', 'in', [...requestIds])
		.where('v.kind', 'in', ['paid', 'reversed'])
		.orderBy('v.at')
		.orderBy('p.paymentId')
		.execute();
	return rows.map(({ kind, way, ...row }) => ({ ...row, kind: kind === 'paid' ? 'money_paid' : 'money_reversed', way: way as Way }));
}

/** What is to be transferred, oldest first: for who keeps the pot. */
export const listTransfers = (tx: Tx, actor: Actor): Promise<Payment[]> => select(tx, actor, { waiting: true });

/** Money that was granted and waits until a third person lets it go. */
export interface ToRelease {
	readonly requestId: string;
	readonly amountCents: number;
	/** Who asked for it. */
	readonly membershipId: string;
	readonly at: Date;
}

/** What waits above the threshold and the actor may let go: they had no hand in it yet (D6). Oldest first. */
export async function listToRelease(tx: Tx, actor: Actor): Promise<ToRelease[]> {
	if (!keepsPot(actor)) return [];
	const { release_threshold_cents: threshold } = await getFundRules(tx, actor);
	return tx
		.selectFrom('reservation as r')
		.innerJoin('request as q', (join) => join.onRef('q.networkId', '=', 'r.networkId').onRef('q.requestId', '=', 'r.requestId'))
		.leftJoin('reservationEnd as e', (join) =>
			join.onRef('e.networkId', '=', 'r.networkId').onRef('e.reservationId', '=', 'r.reservationId')
		)
		.leftJoin('requestHand as h', (join) =>
			join
				.onRef('h.networkId', '=', 'r.networkId')
				.onRef('h.requestId', '=', 'r.requestId')
				.on((on) => on.or([on('h.hand', '=', 'released'), on('h.personId', '=', actor.personId)]))
		)
		.select(['r.requestId', 'r.amountCents', 'q.membershipId', 'r.at'])
		.where('r.networkId', '=', actor.networkId)
		.where('r.amountCents', '>', threshold)
		.where('e.reservationId', 'is', null)
		.where('h.personId', 'is', null)
		.orderBy('r.at')
		.orderBy('r.requestId')
		.execute();
}

/** Where money for a request stands: set aside, paid, waiting. Null when none was set aside. */
export interface Purse {
	readonly reservationId: string;
	readonly teamId: string | null;
	readonly amountCents: number;
	readonly paidCents: number;
	readonly waitsCents: number;
	readonly leftCents: number;
	readonly expiresAt: Date;
	readonly ended: 'released' | 'expired' | 'spent' | null;
	readonly released: boolean;
}

export async function findPurse(tx: Tx, actor: Actor, requestId: string): Promise<Purse | null> {
	const row = await tx
		.selectFrom('reservation as r')
		.innerJoin('fundSource as s', (join) => join.onRef('s.networkId', '=', 'r.networkId').onRef('s.sourceId', '=', 'r.sourceId'))
		.leftJoin('reservationEnd as e', (join) =>
			join.onRef('e.networkId', '=', 'r.networkId').onRef('e.reservationId', '=', 'r.reservationId')
		)
		.leftJoin('requestHand as h', (join) =>
			join.onRef('h.networkId', '=', 'r.networkId').onRef('h.requestId', '=', 'r.requestId').on('h.hand', '=', 'released')
		)
		.select(['r.reservationId', 's.teamId', 'r.amountCents', 'r.expiresAt', 'e.kind as ended', 'h.personId as releasedBy'])
		.where('r.networkId', '=', actor.networkId)
		.where('r.requestId', '=', requestId)
		.executeTakeFirst();
	if (!row) return null;
	const payments = await listPayments(tx, actor, requestId);
	const sum = (...states: PaymentState[]): number =>
		payments.reduce((total, payment) => (states.includes(payment.state) ? total + payment.amountCents : total), 0);
	const paidCents = sum('paid');
	const waitsCents = sum('waits', 'ready');
	const { releasedBy, ended, ...purse } = row;
	return {
		...purse,
		...{
			paidCents,
			waitsCents,
			leftCents: row.amountCents - paidCents - waitsCents,
			ended: ended as Purse['ended'],
			released: releasedBy !== null
		}
	};
}

/** Who is paid, opened; null when it has been removed since. */
export async function findPayee(tx: Tx, keyring: Pick<Keyring, 'openWords'>, actor: Actor, paymentId: string): Promise<Payee | null> {
	const row = await tx
		.selectFrom('payee')
		.select('ciphertext')
		.where('networkId', '=', actor.networkId)
		.where('paymentId', '=', paymentId)
		.executeTakeFirst();
	if (!row) return null;
	const text = await keyring.openWords({ networkId: actor.networkId, caseId: paymentId }, payeePlace(paymentId), row.ciphertext);
	return text === null ? null : (JSON.parse(text) as Payee);
}

/** Under which case the log lines of a payment stand; null when the payment is not for this actor. Never shown. */
export async function findCaseOfPayment(tx: Tx, paymentId: string): Promise<string | null> {
	const { rows } = await sql<{ caseId: string | null }>`select app.case_of_payment(${paymentId}) as case_id`.execute(tx);
	return rows[0]?.caseId ?? null;
}

/** A transfer with who is paid; null: it has been removed since. */
export interface OpenedTransfer extends Payment {
	readonly payee: Payee | null;
}

/**
 * What is to be transferred, with who is paid, for who keeps the pot. Each leaves a line in the log of its case (`payee.read`), in the transaction of
 * the reading itself: if one cannot be written, nothing is shown.
 */
export async function readTransfers(installation: Installation, { tx, send }: LogDoor, actor: Actor, now: Date): Promise<OpenedTransfer[]> {
	const opened: OpenedTransfer[] = [];
	for (const transfer of await listTransfers(tx, actor)) {
		const { paymentId } = transfer;
		const payee = await findPayee(tx, installation.keyring, actor, paymentId);
		const caseId = await findCaseOfPayment(tx, paymentId);
		if (payee !== null && caseId === null) throw new Error(`payment ${paymentId} is read under no case`);
		if (caseId !== null)
			writeLogLine(installation, { tx, send }, actor, now, {
				act: 'payee.read',
				result: 'seen',
				objectKind: 'payment',
				objectId: paymentId,
				caseId
			});
		opened.push({ ...transfer, payee });
	}
	return opened;
}

/** Where the words of a payee belong. */
export const payeePlace = (paymentId: string) => ({ aboutId: paymentId, part: 'payee', wordsId: paymentId });

/** A receipt, opened; null when it is not for this actor, or the key of its case was destroyed. */
export async function findReceipt(
	tx: Tx,
	keyring: Pick<Keyring, 'openFile'>,
	actor: Actor,
	receiptId: string
): Promise<{ readonly mediaType: 'image/jpeg' | 'application/pdf'; readonly bytes: Uint8Array; readonly caseId: string } | null> {
	const row = await tx
		.selectFrom('receipt')
		.select(['caseId', 'paymentId', 'mediaType', 'ciphertext'])
		.where('networkId', '=', actor.networkId)
		.where('receiptId', '=', receiptId)
		.executeTakeFirst();
	if (!row) return null;
	const bytes = await keyring.openFile(
		{ networkId: actor.networkId, caseId: row.caseId },
		receiptPlace(row.paymentId, receiptId),
		row.ciphertext
	);
	return bytes && { mediaType: row.mediaType as 'image/jpeg' | 'application/pdf', bytes, caseId: row.caseId };
}
export const receiptPlace = (paymentId: string, receiptId: string) => ({ aboutId: paymentId, part: 'receipt', wordsId: receiptId });

/** Opens a receipt for who may see it, with a line in the log of its case. */
export async function readReceipt(
	installation: Installation,
	actor: Actor,
	receiptId: string
): Promise<Outcome<{ readonly mediaType: 'image/jpeg' | 'application/pdf'; readonly bytes: Uint8Array }>> {
	const caseId = await installation.door.actor(actor, installation.world.now(), async (tx) => {
		const row = await tx
			.selectFrom('receipt')
			.select('caseId')
			.where('networkId', '=', actor.networkId)
			.where('receiptId', '=', receiptId)
			.executeTakeFirst();
		return row?.caseId;
	});
	return readLogged(
		installation,
		actor,
		{ act: 'receipt.read', kind: 'receipt', id: receiptId, ...(caseId === undefined ? {} : { caseId }) },
		(tx) => findReceipt(tx, installation.keyring, actor, receiptId)
	);
}
