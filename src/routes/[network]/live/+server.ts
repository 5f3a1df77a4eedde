import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { logRefusedWatch } from '#rooms/table/live/read.server.ts';
import { watchedBy } from './topics.ts';
import type { RequestHandler } from './$types.js';

/**
 * A stream of server-sent events that says only that something changed: the page reads again under its own rights. No transaction is held; rights
 * and session are looked at when it opens, before each word, and at each heartbeat.
 */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const { installation, actor, account, acting } = locals;
	if (!account || !actor || !acting) error(401);
	const watched = watchedBy(url);
	if (acting.networkSlug !== params.network || !watched) error(404);
	const { watch, id } = watched;
	const { sessionId } = account;
	const outcome = await installation.live.stream({
		networkId: actor.networkId,
		sessionId,
		topics: async () =>
			(await installation.identity.sessionStands(sessionId, actor.membershipId))
				? await read(installation, actor, (tx) => watch.topics(tx, actor, id))
				: null
	});
	if (!outcome.ok) {
		if (outcome.why === 'too_many') error(429);
		if (watch.logged) await logRefusedWatch(installation, actor, watch.logged, id);
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
