import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { closeScan, handInScan } from '#rooms/network/conditions/commands.server.ts';
import { findScan } from '#rooms/network/conditions/read.server.ts';
import { answersOf, mayHandInScan, mayOpenScan } from '#rooms/network/conditions/rules.ts';
import { listOrganisations } from '#rooms/network/read.server.ts';
import { act, actorOf } from '../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** One round of the scan: to fill in while it is open, to talk about after. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return await read(installation, actor, async (tx, now) => {
		const scan = await findScan(tx, actor, event.params.id);
		if (!scan) error(404);
		return {
			title: say(locale, 'scan.title'),
			now,
			scan,
			organisations: await listOrganisations(tx, actor, now),
			mayOpen: mayOpenScan(actor.roles),
			mayHandIn: mayHandInScan(actor.roles),
			key: installation.world.id()
		};
	});
};

const here = (event: { params: { network: string; id: string } }) => `/${event.params.network}/begin/vijf/${event.params.id}`;

export const actions: Actions = {
	// Without a key: nothing of what someone answered is kept under their name, not even a proof of it. Sent twice it is handed in once.
	hand_in: (event) =>
		act(event, handInScan, {
			form: 'hand_in',
			input: (fields) => ({ roundId: event.params.id, answers: answersOf(fields) }),
			to: () => here(event)
		}),
	close: (event) => act(event, closeScan, { form: 'close', input: () => ({ roundId: event.params.id }), to: () => here(event) })
};
