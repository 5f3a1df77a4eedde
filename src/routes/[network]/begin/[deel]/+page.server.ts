import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { writeStart } from '#rooms/network/start/commands.server.ts';
import { getNetworkStart } from '#rooms/network/start/read.server.ts';
import { isTooEarly, partOfWord } from '#rooms/network/start/rules.ts';
import { act, actorOf, optional, present } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** One part of the start, to write. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const part = partOfWord(event.params.deel);
	if (part === null) error(404);
	const { sentences } = await read(installation, actor, (tx) => getNetworkStart(tx, actor));
	return {
		title: say(locale, 'start.title'),
		part,
		text: sentences.get(part)?.text,
		because: sentences.get('rules_early_because')?.text,
		early: isTooEarly(new Set(sentences.keys()), part),
		key: installation.world.id()
	};
};

export const actions: Actions = {
	default: (event) =>
		act(event, writeStart, {
			form: 'start',
			input: (fields) =>
				present({
					part: partOfWord(event.params.deel) ?? '',
					text: fields['text'] ?? '',
					because: optional(fields['because']),
					acknowledged: fields['acknowledged'] === 'yes'
				}),
			to: ({ startId }) => `/${event.params.network}/begin?bewaard=${startId}#${event.params.deel}`
		})
};
