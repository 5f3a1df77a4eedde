import { error, json } from '@sveltejs/kit';
import { refusalStatus } from '#foundation/command/refusal-status.ts';
import type { RequestHandler } from './$types.js';

/** What to ask the browser for making a passkey. */
export const POST: RequestHandler = async ({ locals }) => {
	if (!locals.who) error(401);
	const outcome = await locals.installation.identity.beginPasskey(locals.who);
	return outcome.ok ? json(outcome.value) : new Response(null, { status: refusalStatus[outcome.refusal.code] });
};
