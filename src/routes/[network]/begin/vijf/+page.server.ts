import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { openScan } from '#rooms/network/conditions/commands.server.ts';
import { listScans } from '#rooms/network/conditions/read.server.ts';
import { mayHandInScan, mayOpenScan } from '#rooms/network/conditions/rules.ts';
import { act, actorOf } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** How many days a round stays open when nobody says otherwise. */
const usualDays = 14;

/** The rounds of the scan of five conditions, and opening the next. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return await read(installation, actor, async (tx, now) => ({
		title: say(locale, 'scan.title'),
		now,
		today: dayAt(now),
		proposed: addDays(dayAt(now), usualDays),
		scans: await listScans(tx, actor),
		mayOpen: mayOpenScan(actor.roles),
		mayHandIn: mayHandInScan(actor.roles),
		key: installation.world.id()
	}));
};

export const actions: Actions = {
	default: (event) =>
		act(event, openScan, {
			form: 'open',
			input: (fields) => ({ closesOn: fields['closesOn'] ?? '' }),
			to: ({ roundId }) => `/${event.params.network}/begin/vijf/${roundId}`
		})
};
