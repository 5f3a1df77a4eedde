import { fail } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { refusalStatus } from '#foundation/command/refusal-status.ts';
import { say } from '#foundation/text/say.server.ts';
import { makeCalendarLink, revokeCalendarLink } from '#rooms/meetings/calendar/commands.server.ts';
import { calendarAddress, findCalendarLink, listMyAgenda } from '#rooms/meetings/calendar/read.server.ts';
import { act, actorOf, fieldsOf } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** One's own agenda: the meetings that are not over. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return await read(installation, actor, async (tx, now) => ({
		title: say(locale, 'my_agenda.title'),
		now,
		meetings: await listMyAgenda(tx, actor, now, now),
		link: await findCalendarLink(tx, actor, now),
		key: installation.world.id()
	}));
};

export const actions: Actions = {
	/** Answers with the address itself and sends nowhere: it is shown in this answer alone. */
	make: async (event) => {
		const { installation } = event.locals;
		const actor = actorOf(event);
		const { key = '' } = await fieldsOf(event);
		const outcome = await makeCalendarLink(installation, actor, {}, { key });
		if (!outcome.ok) return fail(refusalStatus[outcome.refusal.code], { refusal: outcome.refusal });
		return { made: await calendarAddress(installation, actor, outcome.value.linkId) };
	},
	revoke: (event) =>
		act(event, revokeCalendarLink, { form: 'revoke', input: () => ({}), to: () => `/${event.params.network}/mijn/agenda#adres` })
};
