import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { listMeetingsSeen } from '#rooms/meetings/agenda/read.server.ts';
import { isToCome } from '#rooms/meetings/agenda/rules.ts';
import { listBodies } from '#rooms/meetings/bodies/read.server.ts';
import { mayMakeBody } from '#rooms/meetings/bodies/rules.ts';
import { actorOf } from '../../form.server.ts';
import type { PageServerLoad } from './$types.js';

/** Who meet: of the network and of the own organisation, each with the next date. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return await read(installation, actor, async (tx, now) => {
		const coming = (await listMeetingsSeen(tx, actor)).filter((meeting) => isToCome(meeting, now));
		const bodies = await listBodies(tx, actor, now);
		return {
			title: say(locale, 'body.title'),
			now,
			me: actor.membershipId,
			mayMake: mayMakeBody(actor.roles, 'network') || mayMakeBody(actor.roles, 'organisation'),
			bodies: bodies.map((body) => ({ ...body, next: coming.find((meeting) => meeting.bodyId === body.bodyId) ?? null }))
		};
	});
};
