import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { findMeeting } from '#rooms/meetings/agenda/read.server.ts';
import { findBody } from '#rooms/meetings/bodies/read.server.ts';
import { listMyAgenda } from '#rooms/meetings/calendar/read.server.ts';
import { backMs, eventsOf, icsOf } from '#rooms/meetings/calendar/rules.ts';
import { actorOf } from '../../../../form.server.ts';
import type { RequestHandler } from './$types.js';

const filePattern = /^(alles|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.ics$/;

/** A calendar file: one meeting by its id, or one's own agenda (`alles.ics`). Of a case table it says no more than its name. */
export const GET: RequestHandler = async (event) => {
	const actor = actorOf(event);
	const { installation, locale } = event.locals;
	const name = filePattern.exec(event.params.file)?.[1];
	if (name === undefined || event.locals.acting?.networkSlug !== event.params.network) error(404);
	const meetings = await read(installation, actor, async (tx, now) => {
		if (name === 'alles') return await listMyAgenda(tx, actor, now, new Date(now.getTime() - backMs));
		const meeting = await findMeeting(tx, actor, name);
		const body = meeting && (await findBody(tx, actor, now, meeting.bodyId));
		return meeting && body ? [{ ...meeting, name: body.name, kind: body.kind }] : [];
	});
	if (meetings.length === 0 && name !== 'alles') error(404);
	const file = icsOf(
		eventsOf(meetings, { base: `${installation.settings.origin}/${event.params.network}`, caseTable: say(locale, 'body.kind.case_table') })
	);
	return new Response(file, {
		headers: {
			'content-type': 'text/calendar; charset=utf-8',
			'cache-control': 'no-store',
			'content-disposition': `attachment; filename="${say(locale, 'my_agenda.file')}.ics"`
		}
	});
};
