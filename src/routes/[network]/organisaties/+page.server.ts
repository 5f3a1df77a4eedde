import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { listOrganisations } from '#rooms/network/read.server.ts';
import { proposesReturn } from '#rooms/people/coming-back/rules.ts';
import { stateRoom } from '#rooms/people/room/commands.server.ts';
import { listRooms } from '#rooms/people/room/read.server.ts';
import { act, actorOf } from '../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Every organisation with what its people may agree by themselves. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return await read(installation, actor, async (tx, now) => {
		const rooms = await listRooms(tx, actor);
		return {
			title: say(locale, 'organisations.title'),
			organisations: (await listOrganisations(tx, actor, now)).map((organisation) => ({
				...organisation,
				room: rooms.get(organisation.organisationId) ?? null,
				own: organisation.organisationId === actor.organisationId
			})),
			administrator: actor.roles.includes('administrator'),
			proposesReturn: proposesReturn(actor.roles),
			now,
			key: installation.world.id()
		};
	});
};

export const actions: Actions = {
	default: (event) =>
		act(event, stateRoom, {
			form: 'room',
			input: (fields) => ({ sentence: fields['sentence'] ?? '', acknowledged: fields['acknowledged'] === 'yes' }),
			to: () => `/${event.params.network}/organisaties`
		})
};
