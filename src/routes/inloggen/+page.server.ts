import { fail, redirect } from '@sveltejs/kit';
import { refusalStatus } from '#foundation/command/refusal-status.ts';
import { places } from '#ui/places.ts';
import { fieldsOf } from '../form.server.ts';
import { browserOf, enter, forgetCookie, startOf } from '../sign-in.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Someone whose session ended is told so, once. */
export const load: PageServerLoad = ({ locals, cookies }) => {
	if (locals.who) redirect(303, startOf(locals.who));
	const ended = cookies.get(locals.installation.identity.cookie.name) !== undefined;
	if (ended) forgetCookie({ locals, cookies });
	return { ended };
};

export const actions: Actions = {
	link: async (event) => {
		const values = await fieldsOf(event);
		const outcome = await event.locals.installation.identity.requestLink({ email: values['email'] }, browserOf(event));
		if (!outcome.ok) return fail(refusalStatus[outcome.refusal.code], { refusal: outcome.refusal, email: values['email'] });
		redirect(303, places.linkSent);
	},
	passkey: async (event) => {
		const { answer = '' } = await fieldsOf(event);
		const outcome = await event.locals.installation.identity.signInWithPasskey(answer, browserOf(event));
		if (!outcome.ok) return fail(refusalStatus[outcome.refusal.code], { refusal: outcome.refusal, email: undefined });
		enter(event, outcome.value);
	}
};
