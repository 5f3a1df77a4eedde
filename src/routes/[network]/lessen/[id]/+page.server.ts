import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { retireLesson } from '#rooms/chain/lessons/commands.server.ts';
import { findLesson } from '#rooms/chain/lessons/read.server.ts';
import { mayPutAway, mayTeach } from '#rooms/chain/lessons/rules.ts';
import { act, actorOf } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** One lesson. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return await read(installation, actor, async (tx, now) => {
		const lesson = await findLesson(tx, actor, event.params.id);
		if (!lesson) error(404);
		return {
			title: say(locale, 'lesson.title'),
			now,
			lesson,
			mayRetire: !lesson.retired && mayTeach(actor.roles) && mayPutAway(lesson, actor),
			key: installation.world.id()
		};
	});
};

export const actions: Actions = {
	default: (event) =>
		act(event, retireLesson, {
			form: 'retire',
			input: () => ({ lessonId: event.params.id }),
			to: () => `/${event.params.network}/lessen/${event.params.id}`
		})
};
