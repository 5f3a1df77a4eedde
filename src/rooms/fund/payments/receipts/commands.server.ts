import type { Actor } from '#foundation/actor.ts';
import { command } from '#foundation/command/command.server.ts';
import type { Call, Command } from '#foundation/command/command.server.ts';
import type { Installation } from '#foundation/installation.ts';
import { ok, refuse, refuseFields } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { parseInput } from '#foundation/text/field-errors.ts';
import { findRequest, lockRequest } from '../../requests/read.server.ts';
import { keepReceipt, payingFor, takeSent } from '../commands.server.ts';
import { findPayment } from '../read.server.ts';
import { mayGetReceipt, mostReceipts } from '../rules.ts';
import { addReceiptSchema, keepReceiptSchema } from './schema.ts';

const keep = command({
	act: 'receipt.add',
	schema: keepReceiptSchema,
	async run(deed, input): Promise<Outcome<{ receiptId: string; requestId: string }>> {
		const { paymentId } = input;
		deed.about('payment', paymentId);
		const found = await findPayment(deed.tx, deed.actor, paymentId);
		if (!found) return refuse('not_found');
		const { requestId } = found;
		// Who ticks transfers off sees the payment, and not always the request.
		const request = await findRequest(deed.tx, deed.actor, requestId);
		const caseId = request && (await payingFor(deed, request));
		if (caseId === null) return refuse('not_payer', { lift: { kind: 'person', personId: request?.askedBy ?? found.personId } });
		deed.about('payment', paymentId, caseId);
		await lockRequest(deed.tx, deed.actor.networkId, requestId);
		const payment = await findPayment(deed.tx, deed.actor, paymentId);
		if (!payment || !mayGetReceipt(payment.state)) return refuse('wrong_state');
		if (payment.receipts.length >= mostReceipts) return refuse('enough_receipts');
		const receiptId = await keepReceipt(deed, { paymentId, requestId, caseId }, input.receipt);
		deed.about('receipt', receiptId, caseId);
		return ok({ receiptId, requestId });
	}
});

/**
 * Adds a receipt to a payment that stands (D5): what the resident bought with money on their own account, a second page, a photo that can be read.
 * By whoever may pay for the request. What is there stays.
 */
export const addReceipt: Command<{ receiptId: string; requestId: string }> = Object.assign(
	async (
		installation: Installation,
		actor: Actor,
		input: unknown,
		call: Call = {}
	): Promise<Outcome<{ receiptId: string; requestId: string }>> => {
		const parsed = parseInput(addReceiptSchema, input);
		if (!parsed.ok) return parsed;
		const { receipt, paymentId } = parsed.value;
		const seen = await installation.door.actor(actor, installation.world.now(), (tx) => findPayment(tx, actor, paymentId));
		const taken = await takeSent(receipt, seen !== null);
		if (!taken.ok) return refuseFields([{ path: ['receipt'], code: taken.code }]);
		return keep(installation, actor, { paymentId, receipt: taken.value }, call);
	},
	{ act: keep.act, schema: addReceiptSchema }
);
