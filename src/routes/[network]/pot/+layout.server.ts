import { keepsPot } from '#rooms/fund/ledger/rules.ts';
import { actorOf } from '../../form.server.ts';
import type { LayoutServerLoad } from './$types.js';

/** Which of the pages of the pot the reader may open: the same beside each of them. */
export const load: LayoutServerLoad = (event) => {
	const actor = actorOf(event);
	return { secretariat: actor.roles.includes('secretariat'), keeps: keepsPot(actor) };
};
