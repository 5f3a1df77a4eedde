import { makeLesson } from '#rooms/chain/lessons/commands.server.ts';
import { done } from './cast.ts';
import type { Cast } from './cast.ts';
import type { lessonsTold } from './stories/lessons.ts';
import type { Event } from './telling.server.ts';

/** A lesson is written down. */
export const lessonEvent = ({ installation, actor }: Cast, { by, day, ...words }: (typeof lessonsTold)[number]): Event => ({
	day,
	async run() {
		done(await makeLesson(installation, actor(by), words));
	}
});
