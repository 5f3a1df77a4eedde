import { json } from '@sveltejs/kit';
import { refusalStatus } from '#foundation/command/refusal-status.ts';
import { browserOf } from '../../sign-in.server.ts';
import type { RequestHandler } from './$types.js';

/** What to ask the browser for signing in with a passkey. */
export const POST: RequestHandler = async (event) => {
	const outcome = await event.locals.installation.identity.beginSignIn(browserOf(event));
	const headers = { 'cache-control': 'no-store' };
	return outcome.ok ? json(outcome.value, { headers }) : new Response(null, { status: refusalStatus[outcome.refusal.code], headers });
};
