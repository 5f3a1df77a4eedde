import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { listOrganisations } from '#rooms/network/read.server.ts';
import { stateInterest } from '#rooms/network/start/commands.server.ts';
import { getNetworkStart } from '#rooms/network/start/read.server.ts';
import { act, actorOf, optional, present } from '../../../form.server.ts';
import { afterWriting, notesAtTable } from '../at-table.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** What one's own organisation is in it for, to state. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return await read(installation, actor, async (tx, now) => {
		const { interests } = await getNetworkStart(tx, actor);
		const isOwn = ({ organisationId }: { readonly organisationId: string }): boolean => organisationId === actor.organisationId;
		return {
			title: say(locale, 'start.title'),
			own: interests.find(isOwn) ?? null,
			organisation: (await listOrganisations(tx, actor, now)).find(isOwn)?.name ?? '',
			...(await notesAtTable(tx, actor, event.url, 'interests')),
			key: installation.world.id()
		};
	});
};

export const actions: Actions = {
	default: (event) =>
		act(event, stateInterest, {
			form: 'interest',
			input: (fields) =>
				present({
					gains: fields['gains'] ?? '',
					brings: fields['brings'] ?? '',
					keeps: optional(fields['keeps']),
					seen: optional(fields['seen']) ?? null
				}),
			to: ({ interestId }) => afterWriting(event, interestId, 'belangen')
		})
};
