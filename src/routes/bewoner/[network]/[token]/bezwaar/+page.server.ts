import { fail, redirect } from '@sveltejs/kit';
import { refusalStatus } from '#foundation/command/refusal-status.ts';
import { openLink } from '#foundation/links/private-links.server.ts';
import { objectAsResident } from '#rooms/privacy/resident/commands.server.ts';
import { fieldsOf } from '../../../../form.server.ts';
import { notTooOften, opened } from '../../../resident.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

const planOf = ({ params }: { readonly params: { readonly network: string; readonly token: string } }) =>
	`/bewoner/${params.network}/${params.token}`;

/** Where the resident writes what they do not agree with. Shows nothing of the plan, so it leaves no line. */
export const load: PageServerLoad = async (event) => {
	const { installation } = event.locals;
	await notTooOften(event);
	await opened(event, await openLink(installation, 'resident', event.params.network, event.params.token));
	return { key: crypto.randomUUID(), back: planOf(event) };
};

export const actions: Actions = {
	default: async (event) => {
		await notTooOften(event);
		const { network, token } = event.params;
		const values = await fieldsOf(event);
		const outcome = await objectAsResident(event.locals.installation, network, token, {
			...{ key: values['key'], words: values['words'] ?? '', acknowledged: values['acknowledged'] === 'yes' }
		});
		if (outcome.ok) redirect(303, `${planOf(event)}?verstuurd`);
		const { refusal } = outcome;
		if (refusal.code === 'link_invalid' || refusal.code === 'link_expired') await opened(event, outcome);
		return fail(refusalStatus[refusal.code], { refusal, values });
	}
};
