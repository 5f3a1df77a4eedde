import { dayAt } from '#foundation/time/days.ts';
import { confirmLeave, proposeLeave } from '#rooms/people/leaving/commands.server.ts';
import { done } from './cast.ts';
import type { Cast } from './cast.ts';
import { organisationTold, paidBackStory } from './stories/leaving.ts';
import { eventsOf } from './telling.server.ts';
import type { Event } from './telling.server.ts';

/** An organisation that left: what it owed it had paid, and what it was part of still bears its name. */
export function leavingEvents(cast: Cast): Event[] {
	const { installation, actor, clock } = cast;
	const { by, confirmedBy, proposedDay, leftDay } = organisationTold;
	const leave: { leaveId?: string } = {};
	return [
		...eventsOf(cast, paidBackStory),
		{
			day: proposedDay,
			async run() {
				leave.leaveId = done(await proposeLeave(installation, actor(by), { leavesOn: dayAt(clock.now()) })).leaveId;
			}
		},
		{ day: leftDay, run: async () => void done(await confirmLeave(installation, actor(confirmedBy), leave)) }
	];
}
