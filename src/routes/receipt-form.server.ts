import { error, fail, redirect } from '@sveltejs/kit';
import type { ActionFailure, RequestEvent } from '@sveltejs/kit';
import type { Command } from '#foundation/command/command.server.ts';
import { refusalStatus } from '#foundation/command/refusal-status.ts';
import { largestUpload } from '#foundation/files/receipt.server.ts';
import { refuseFields } from '#foundation/outcome.ts';
import { addReceipt } from '#rooms/fund/payments/receipts/commands.server.ts';
import { actorOf } from './form.server.ts';
import type { Refused } from './form.server.ts';

/**
 * Does one act for a form with a file, as `act` does for a form without: the file comes as base64. One that is too large is refused with its field
 * and everything else that was typed stays; a file itself a browser never gives back.
 */
export async function actWithFile<V>(
	event: RequestEvent,
	command: Command<V>,
	wish: {
		readonly form: string;
		/** The field of the file. */
		readonly file: string;
		readonly input: (fields: Record<string, string>, file: string | undefined) => unknown;
		readonly to: (value: V) => string;
	}
): Promise<ActionFailure<Refused>> {
	// Before the body is read: a visitor sends nothing here.
	const actor = actorOf(event);
	const values: Record<string, string> = {};
	let file: File | undefined;
	for (const [name, value] of await event.request.formData()) {
		if (typeof value === 'string') values[name] = value.replaceAll('\r\n', '\n');
		else if (name === wish.file && value.size > 0) file = value;
	}
	const key = values['key'];
	const tooLarge = file !== undefined && file.size > largestUpload;
	const base64 = file === undefined || tooLarge ? undefined : Buffer.from(await file.arrayBuffer()).toString('base64');
	const outcome = tooLarge
		? refuseFields([{ path: [wish.file], code: 'file_too_large' }])
		: await command(event.locals.installation, actor, wish.input(values, base64), key === undefined || key === '' ? {} : { key });
	if (outcome.ok) redirect(303, wish.to(outcome.value));
	if (outcome.refusal.code === 'not_found') error(404);
	return fail(refusalStatus[outcome.refusal.code], { refusal: outcome.refusal, values, form: wish.form });
}

/** Adds a receipt to the payment of the form: each has a form of its own on the page, with a name of its own. */
export function sendReceipt(event: RequestEvent, to: () => string): Promise<ActionFailure<Refused>> {
	const paymentId = event.url.searchParams.get('id') ?? '';
	const form = `receipt-${paymentId}`;
	return actWithFile(event, addReceipt, {
		...{ form, file: form },
		input: (fields, receipt) => ({ paymentId: fields['paymentId'] ?? '', receipt: receipt ?? '' }),
		to: () => `${to()}#betaling-${encodeURIComponent(paymentId)}`
	});
}
