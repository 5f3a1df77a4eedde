import { error } from '@sveltejs/kit';
import { listTopics, logRefusedWatch } from '#rooms/table/live/read.server.ts';
import type { Watched } from '#rooms/table/live/read.server.ts';
import type { RequestHandler } from './$types.js';

const idPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What the page that asks waits for: `?casus=ID`, `?vraag=ID`, or nothing for the page where someone begins; null when it is no id. */
function watchedBy({ searchParams }: URL): Watched | null {
	for (const [name, kind] of [
		['casus', 'case'],
		['vraag', 'question']
	] as const) {
		const id = searchParams.get(name);
		if (id !== null) return idPattern.test(id) ? { kind, id } : null;
	}
	return { kind: 'home' };
}

/**
 * A stream of server-sent events that says only that something changed: the page reads again under its own rights. No transaction is held; rights
 * and session are looked at when it opens, before each word, and at each heartbeat.
 */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const { installation, actor, account, acting } = locals;
	if (!account || !actor || !acting) error(401);
	const watched = watchedBy(url);
	if (acting.networkSlug !== params.network || !watched) error(404);
	const { sessionId } = account;
	const outcome = await installation.live.stream({
		networkId: actor.networkId,
		sessionId,
		topics: async () =>
			(await installation.identity.sessionStands(sessionId, actor.membershipId)) ? await listTopics(installation, actor, watched) : null
	});
	if (!outcome.ok) {
		if (outcome.why === 'too_many') error(429);
		if (watched.kind !== 'home') await logRefusedWatch(installation, actor, watched);
		error(404);
	}
	return new Response(outcome.body, {
		headers: {
			'content-type': 'text/event-stream; charset=utf-8',
			'cache-control': 'no-store',
			// A proxy must not gather it up.
			'x-accel-buffering': 'no'
		}
	});
};
