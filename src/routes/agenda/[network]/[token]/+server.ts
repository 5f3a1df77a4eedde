import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { refusalStatus } from '#foundation/command/refusal-status.ts';
import { openLink } from '#foundation/links/private-links.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { listMyAgenda } from '#rooms/meetings/calendar/read.server.ts';
import { backMs, eventsOf, icsOf } from '#rooms/meetings/calendar/rules.ts';
import type { RequestHandler } from './$types.js';

/** What a calendar reads by its private link: the agenda of who made it, and nothing else of theirs. Whoever may be signed in plays no part. */
export const GET: RequestHandler = async ({ locals: { installation, locale }, params }) => {
	const opened = await openLink(installation, 'calendar', params.network, params.token);
	if (!opened.ok) error(refusalStatus[opened.refusal.code]);
	const { actor, slug } = opened.value;
	if (!actor) error(404);
	const meetings = await read(installation, actor, (tx, now) => listMyAgenda(tx, actor, now, new Date(now.getTime() - backMs)));
	const file = icsOf(
		eventsOf(meetings, { base: `${installation.settings.origin}/${slug}`, caseTable: say(locale, 'body.kind.case_table') })
	);
	return new Response(file, { headers: { 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'no-store' } });
};
