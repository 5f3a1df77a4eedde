import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { addConcept } from '#rooms/knowledge/words/commands.server.ts';
import { fieldThesaurus, getOwnThesaurus, joinWords } from '#rooms/knowledge/words/read.server.ts';
import { keepsWords } from '#rooms/knowledge/words/rules.ts';
import { findConcepts, inUse, nameOf, ownCode } from '#rooms/knowledge/words/kept/rules.ts';
import { act, actorOf, optional, present } from '../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** A thing that the thesaurus of the field lacks. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const kept = inUse(joinWords(fieldThesaurus, await read(installation, actor, (tx) => getOwnThesaurus(tx, actor))));
	return {
		title: say(locale, 'word.thing.new'),
		mayAdd: keepsWords(actor),
		wholes: findConcepts(kept, '').map((entry) => ({ value: entry.concept, label: nameOf(entry) })),
		key: installation.world.id()
	};
};

export const actions: Actions = {
	default: (event) =>
		act(event, addConcept, {
			form: 'add',
			input: (fields) =>
				present({
					...{ kind: fields['kind'], name: fields['name'] ?? '', saysFor: fields['saysFor'] ?? '' },
					...{ broader: optional(fields['broader']), acknowledged: fields['acknowledged'] === 'yes' }
				}),
			to: ({ conceptId }) => `/${event.params.network}/kennis/woorden/${ownCode(conceptId)}`
		})
};
