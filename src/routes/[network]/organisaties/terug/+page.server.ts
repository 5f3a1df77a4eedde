import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { confirmReturn, proposeReturn, withdrawReturn } from '#rooms/people/coming-back/commands.server.ts';
import { listLeft } from '#rooms/people/coming-back/read.server.ts';
import { proposesReturn } from '#rooms/people/coming-back/rules.ts';
import { lapsesAfterDays } from '#rooms/people/leaving/rules.ts';
import { binds } from '#rooms/people/memberships/rules.ts';
import { act, actorOf } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Organisations that left, and coming back: for who binds an organisation, and the facilitator. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	if (!proposesReturn(actor.roles)) error(404);
	return await read(installation, actor, async (tx, now) => ({
		...{ title: say(locale, 'come_back.title'), now, key: installation.world.id(), me: actor.personId },
		left: (await listLeft(tx, actor, now)).map((organisation) => ({
			...organisation,
			until: organisation.proposal && addDays(dayAt(organisation.proposal.at), lapsesAfterDays)
		})),
		confirms: binds(actor.roles),
		invites: actor.roles.includes('facilitator'),
		done: event.url.searchParams.get('gedaan')
	}));
};

const here = (network: string, done: string): string => `/${network}/organisaties/terug?gedaan=${done}`;

export const actions: Actions = {
	propose: (event) =>
		act(event, proposeReturn, {
			form: 'propose',
			input: (fields) => ({ organisationId: fields['organisationId'] ?? '' }),
			to: () => here(event.params.network, 'voorgesteld')
		}),
	confirm: (event) =>
		act(event, confirmReturn, {
			form: 'confirm',
			input: (fields) => ({ returnId: fields['returnId'] ?? '' }),
			to: () => here(event.params.network, 'terug')
		}),
	withdraw: (event) =>
		act(event, withdrawReturn, {
			form: 'withdraw',
			input: (fields) => ({ returnId: fields['returnId'] ?? '' }),
			to: () => here(event.params.network, 'ingetrokken')
		})
};
