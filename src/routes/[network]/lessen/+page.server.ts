import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { makeLesson } from '#rooms/chain/lessons/commands.server.ts';
import { listLessons } from '#rooms/chain/lessons/read.server.ts';
import { mayTeach } from '#rooms/chain/lessons/rules.ts';
import { act, actorOf, optional, present } from '../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** What worked between organisations. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return await read(installation, actor, async (tx, now) => ({
		title: say(locale, 'lesson.title'),
		now,
		lessons: await listLessons(tx, actor),
		mayTeach: mayTeach(actor.roles),
		/** The project from whose page one came here. */
		project: event.url.searchParams.get('project') ?? '',
		key: installation.world.id()
	}));
};

export const actions: Actions = {
	default: (event) =>
		act(event, makeLesson, {
			form: 'lesson',
			input: (fields) =>
				present({
					...{ form: fields['form'], title: fields['title'] ?? '', did: fields['did'] ?? '', changed: fields['changed'] ?? '' },
					...{ shows: fields['shows'] ?? '', projectId: optional(fields['projectId']) }
				}),
			to: ({ lessonId }) => `/${event.params.network}/lessen/${lessonId}`
		})
};
