import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { dayAt } from '#foundation/time/days.ts';
import { openProject } from '#rooms/chain/projects/commands.server.ts';
import { listVera } from '#rooms/chain/vera/read.server.ts';
import { listColleagues } from '#rooms/people/read.server.ts';
import { act, actorOf, optional, present } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const colleagues = await read(installation, actor, (tx, now) => listColleagues(tx, actor, now));
	return {
		title: say(locale, 'project.open'),
		colleagues: colleagues.filter(({ organisationId }) => organisationId !== actor.organisationId),
		subjects: listVera('ONDERHOUDSOORT', dayAt(installation.world.now())).map(({ code, name }) => ({ value: code, label: name })),
		key: installation.world.id()
	};
};

export const actions: Actions = {
	default: (event) =>
		act(event, openProject, {
			form: 'open',
			input: (fields) =>
				present({
					...{ title: fields['title'] ?? '', part: fields['part'], membershipId: fields['membershipId'], message: fields['message'] ?? '' },
					...{ veraSubject: optional(fields['veraSubject']), acknowledged: fields['acknowledged'] === 'yes' }
				}),
			to: ({ projectId }) => `/${event.params.network}/onderhoud/${projectId}`
		})
};
