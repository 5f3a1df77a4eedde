import { error } from '@sveltejs/kit';
import { refusalStatus } from '#foundation/command/refusal-status.ts';
import { readReceipt } from '#rooms/fund/payments/read.server.ts';
import { actorOf } from '../../../form.server.ts';
import type { RequestHandler } from './$types.js';

/** A receipt. A photo was drawn by us and is shown; a PDF is only ever handed out, and may do nothing where it is opened. */
export const GET: RequestHandler = async (event) => {
	const actor = actorOf(event);
	if (event.locals.acting?.networkSlug !== event.params.network || !/^[0-9a-f-]{36}$/.test(event.params.id)) error(404);
	const outcome = await readReceipt(event.locals.installation, actor, event.params.id);
	if (!outcome.ok) error(refusalStatus[outcome.refusal.code]);
	const { mediaType, bytes } = outcome.value;
	return new Response(new Uint8Array(bytes), {
		headers: {
			'content-type': mediaType,
			'content-disposition': mediaType === 'application/pdf' ? 'attachment; filename="bon.pdf"' : 'inline; filename="bon.jpg"',
			'content-security-policy': "default-src 'none'; sandbox",
			'x-content-type-options': 'nosniff',
			'cache-control': 'no-store'
		}
	});
};
