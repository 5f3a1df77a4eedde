import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { findLetter } from '#rooms/causes/letters/read.server.ts';
import { letterOf } from '#rooms/causes/letters/rules.ts';
import { getNetwork } from '#rooms/network/read.server.ts';
import { actorOf } from '../../../../form.server.ts';
import type { PageServerLoad } from './$types.js';

/** The letter about a law that leaves no local room, to copy. Nothing is sent from here. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return await read(installation, actor, async (tx, now) => {
		const found = await findLetter(tx, actor, now, event.params.id);
		if (!found) error(404);
		const { cause, cases } = found;
		const { name } = await getNetwork(tx, actor);
		return {
			title: say(locale, 'letter.title'),
			cause,
			letter: cases === null ? null : letterOf((key, values) => say(locale, key, values), { ...found, cases, network: name })
		};
	});
};
