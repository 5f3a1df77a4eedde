import { fail } from '@sveltejs/kit';
import { refusalStatus } from '#foundation/command/refusal-status.ts';
import { browserOf, enter } from '../../../sign-in.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Shows a button. Opening the link uses nothing up: scanners of mail open links too. */
export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex' });
	const outcome = await locals.installation.identity.lookAtLink(params.token);
	return { against: outcome.ok ? null : outcome.refusal };
};

export const actions: Actions = {
	default: async (event) => {
		const outcome = await event.locals.installation.identity.consumeLink(event.params.token, browserOf(event));
		if (!outcome.ok) return fail(refusalStatus[outcome.refusal.code], { refusal: outcome.refusal });
		enter(event, outcome.value);
	}
};
