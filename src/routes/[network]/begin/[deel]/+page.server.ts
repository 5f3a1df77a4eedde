import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { writeStart } from '#rooms/network/start/commands.server.ts';
import { getNetworkStart } from '#rooms/network/start/read.server.ts';
import { isTooEarly, isWritten, partOfWord } from '#rooms/network/start/rules.ts';
import { act, actorOf, optional, present } from '../../../form.server.ts';
import { afterWriting, notesAtTable } from '../at-table.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** One part of the start, to write. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const part = partOfWord(event.params.deel);
	if (part === null || !isWritten(part)) error(404);
	return await read(installation, actor, async (tx) => {
		const start = await getNetworkStart(tx, actor);
		const stands = start.sentences.get(part);
		return {
			title: say(locale, 'start.title'),
			part,
			stands: stands ? { startId: stands.startId, text: stands.text } : null,
			because: start.sentences.get('rules_early_because')?.text,
			early: isTooEarly(start, part),
			...(await notesAtTable(tx, actor, event.url, part)),
			key: installation.world.id()
		};
	});
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
					seen: optional(fields['seen']) ?? null,
					acknowledged: fields['acknowledged'] === 'yes'
				}),
			to: ({ startId }) => afterWriting(event, startId, event.params.deel)
		})
};
