import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { dayAt } from '#foundation/time/days.ts';
import { lookBackOnSign } from '#rooms/network/start/commands.server.ts';
import { getNetworkStart } from '#rooms/network/start/read.server.ts';
import { partWords } from '#rooms/network/start/rules.ts';
import { act, actorOf } from '../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** A sign, to look back on. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const { signs } = await read(installation, actor, (tx) => getNetworkStart(tx, actor));
	const sign = signs.find(({ startId }) => startId === event.params.id);
	if (!sign) error(404);
	return {
		title: say(locale, 'start.look_title'),
		text: sign.text,
		word: partWords[sign.part],
		today: dayAt(installation.world.now()),
		key: installation.world.id()
	};
};

export const actions: Actions = {
	default: (event) =>
		act(event, lookBackOnSign, {
			form: 'look',
			// Nothing chosen is not an answer.
			input: (fields) => ({
				startId: event.params.id,
				...(fields['seen'] === undefined ? {} : { seen: fields['seen'] === 'yes' }),
				onDay: fields['onDay'] ?? ''
			}),
			to: ({ lookId, part }) => `/${event.params.network}/begin?bewaard=${lookId}#${partWords[part]}`
		})
};
