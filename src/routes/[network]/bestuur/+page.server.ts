import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { dayAt } from '#foundation/time/days.ts';
import { getGoverning } from '#rooms/table/governing/read.server.ts';
import { actorOf } from '../../form.server.ts';
import type { PageServerLoad } from './$types.js';

/** The three questions of who governs: for who governs, oversees or facilitates. No case, no person. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return read(installation, actor, async (tx, now) => {
		const governing = await getGoverning(tx, actor, now);
		if (!governing) error(404);
		const organisation = governing.names.get(actor.organisationId) ?? '';
		return { title: say(locale, 'governing.title'), governing, organisation, now, today: dayAt(now) };
	});
};
