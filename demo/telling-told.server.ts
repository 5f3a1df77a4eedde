import { confirmStory, writeStory } from '#rooms/causes/stories/commands.server.ts';
import { done } from './cast.ts';
import type { Cast } from './cast.ts';
import type { ToldStory } from './stories/told.ts';
import type { Event } from './telling.server.ts';

/** A closed case is told without names, and read by a second: each on its own day. */
export function toldEvents(cast: Cast, told: ToldStory): Event[] {
	const { installation, networkId, clock } = cast;
	let storyId = '';
	const caseId = () =>
		installation.door.actor(cast.actor(told.by), clock.now(), async (tx) => {
			const found = await tx
				.selectFrom('caseEvent as e')
				.innerJoin('caseSeat as h', (join) => join.onRef('h.networkId', '=', 'e.networkId').onRef('h.caseId', '=', 'e.caseId'))
				.innerJoin('caseSeat as r', (join) => join.onRef('r.networkId', '=', 'e.networkId').onRef('r.caseId', '=', 'e.caseId'))
				.select('e.caseId')
				.where('e.networkId', '=', networkId)
				.where('e.kind', '=', 'closed')
				.where('h.holder', '=', true)
				.where('h.personId', '=', cast.actor(told.by).personId)
				.where('r.personId', '=', cast.actor(told.reader).personId)
				.orderBy('e.at', 'desc')
				.limit(1)
				.executeTakeFirstOrThrow();
			return found.caseId;
		});
	const events: Event[] = [
		{
			day: told.day,
			async run() {
				const story = { caseId: await caseId(), resident: 'yes', words: told.words };
				({ storyId } = done(await writeStory(installation, cast.actor(told.by), story)));
			}
		}
	];
	if (told.released !== undefined)
		events.push({
			day: told.released,
			async run() {
				done(await confirmStory(installation, cast.actor(told.reader), { storyId, answer: 'released' }));
			}
		});
	return events;
}
