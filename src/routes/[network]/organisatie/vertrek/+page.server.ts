import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { listOrganisations } from '#rooms/network/read.server.ts';
import { confirmLeave, proposeLeave, withdrawLeave } from '#rooms/people/leaving/commands.server.ts';
import { countOpen, listLeaving } from '#rooms/people/leaving/read.server.ts';
import { lapsesAfterDays, latestLeave } from '#rooms/people/leaving/rules.ts';
import { binds } from '#rooms/people/memberships/rules.ts';
import { act, actorOf } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Leaving the network: for who binds an organisation, of their own and of others that ask to leave. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	if (!binds(actor.roles)) error(404);
	return await read(installation, actor, async (tx, now) => {
		const leaving = await listLeaving(tx, actor, now);
		const own = leaving.find(({ organisationId }) => organisationId === actor.organisationId) ?? null;
		const others = leaving.filter((leave) => leave !== own);
		const organisations = await listOrganisations(tx, actor, now);
		const today = dayAt(now);
		return {
			...{ title: say(locale, 'leave.title'), now, today, latest: latestLeave(today), key: installation.world.id(), own },
			me: actor.personId,
			organisation: organisations.find(({ organisationId }) => organisationId === actor.organisationId)?.name ?? '',
			last: organisations.length < 2,
			ownOpen: await countOpen(tx, actor.organisationId),
			others: await Promise.all(
				others.map(async (leave) => ({
					...leave,
					until: addDays(dayAt(leave.at), lapsesAfterDays),
					open: leave.state === 'waiting' ? await countOpen(tx, leave.organisationId) : []
				}))
			),
			ownUntil: own && addDays(dayAt(own.at), lapsesAfterDays),
			done: event.url.searchParams.get('gedaan')
		};
	});
};

const here = (network: string, done: string): string => `/${network}/organisatie/vertrek?gedaan=${done}`;

export const actions: Actions = {
	propose: (event) =>
		act(event, proposeLeave, {
			form: 'propose',
			input: (fields) => ({ leavesOn: fields['leavesOn'] ?? '' }),
			to: () => here(event.params.network, 'voorgesteld')
		}),
	confirm: (event) =>
		act(event, confirmLeave, {
			form: 'confirm',
			input: (fields) => ({ leaveId: fields['leaveId'] ?? '' }),
			to: ({ left }) => here(event.params.network, left ? 'weg' : 'bevestigd')
		}),
	withdraw: (event) =>
		act(event, withdrawLeave, {
			form: 'withdraw',
			input: (fields) => ({ leaveId: fields['leaveId'] ?? '' }),
			to: () => here(event.params.network, 'ingetrokken')
		})
};
