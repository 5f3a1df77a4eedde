import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { openPair } from '#rooms/chain/pairs/commands.server.ts';
import { listMyPairs } from '#rooms/chain/pairs/read.server.ts';
import { maySide } from '#rooms/chain/pairs/rules.ts';
import { listColleagues } from '#rooms/people/read.server.ts';
import { act, actorOf } from '../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** With whom one looks at trust, and whom one could ask. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return await read(installation, actor, async (tx, now) => ({
		title: say(locale, 'pair.title'),
		now,
		pairs: await listMyPairs(tx, actor, now),
		mayOpen: maySide(actor.roles),
		colleagues: (await listColleagues(tx, actor, now)).filter(
			({ organisationId, roles }) => organisationId !== actor.organisationId && maySide(roles)
		),
		key: installation.world.id()
	}));
};

export const actions: Actions = {
	default: (event) =>
		act(event, openPair, {
			form: 'open',
			input: (fields) => ({
				...{ membershipId: fields['membershipId'], message: fields['message'] ?? '', acknowledged: fields['acknowledged'] === 'yes' }
			}),
			to: ({ pairId }) => `/${event.params.network}/vertrouwen/${pairId}`
		})
};
