import { redirect } from '@sveltejs/kit';
import { places } from '#ui/places.ts';
import { forgetCookie } from '../sign-in.server.ts';
import type { RequestHandler } from './$types.js';

/** Ends this browser's session. */
export const POST: RequestHandler = async (event) => {
	const { who, installation } = event.locals;
	// One that was ended meanwhile from elsewhere is ended all the same.
	if (who) await installation.identity.endSession(who.account.accountId, who.sessionId);
	forgetCookie(event);
	redirect(303, places.front);
};
