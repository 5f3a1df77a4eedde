import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { dayAt } from '#foundation/time/days.ts';
import { callMeeting } from '#rooms/meetings/agenda/commands.server.ts';
import { listBodies } from '#rooms/meetings/bodies/read.server.ts';
import { listOrganisations } from '#rooms/network/read.server.ts';
import { attentionCode } from '#rooms/table/attention/rules.ts';
import { act, actorOf } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** From what asks for attention the facilitator calls a meeting of the network about it, without a name on its agenda. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	if (!actor.roles.includes('facilitator')) error(404);
	const { searchParams } = event.url;
	const about = attentionCode(searchParams.get('over'));
	return await read(installation, actor, async (tx, now) => ({
		title: say(locale, 'convene.title'),
		today: dayAt(now),
		key: installation.world.id(),
		item: about === null ? {} : { title: say(locale, `convene.item.${about}`), text: say(locale, `convene.text.${about}`) },
		organisation: (await listOrganisations(tx, actor, now)).find(({ organisationId }) => organisationId === searchParams.get('organisatie'))
			?.name,
		bodies: (await listBodies(tx, actor, now))
			.filter((body) => body.organisationId === null && body.kind !== 'case_table')
			.map(({ bodyId, name, seats }) => ({ bodyId, name, seats: seats.length }))
	}));
};

export const actions: Actions = {
	default: (event) =>
		act(event, callMeeting, {
			form: 'call',
			input: (fields) => ({
				...{ bodyId: fields['bodyId'] ?? '', day: fields['day'] ?? '', from: fields['from'] ?? '' },
				...{ until: fields['until'] ?? '', place: fields['place'] ?? '' },
				item: { title: fields['item.title'] ?? '', text: fields['item.text'] ?? '', acknowledged: fields['acknowledged'] === 'yes' }
			}),
			to: ({ bodyId, meetingId }) => `/${event.params.network}/overleg/${bodyId}/${meetingId}`
		})
};
