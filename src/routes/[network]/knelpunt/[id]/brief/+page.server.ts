import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { dayAt } from '#foundation/time/days.ts';
import { answerLetter, recordLetter } from '#rooms/causes/letters/commands.server.ts';
import { findLetter, listLetters, listWriters } from '#rooms/causes/letters/read.server.ts';
import { letterOf } from '#rooms/causes/letters/rules.ts';
import { mayRelease } from '#rooms/causes/releases/rules.ts';
import { getNetwork } from '#rooms/network/read.server.ts';
import { act, actorOf } from '../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** The letter about a law that leaves no local room, to copy, and what became of it. Nothing is sent from here. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return await read(installation, actor, async (tx, now) => {
		const found = await findLetter(tx, actor, now, event.params.id);
		if (!found) error(404);
		const { cause, cases } = found;
		const { name } = await getNetwork(tx, actor);
		const letters = await listLetters(tx, actor.networkId, { causeId: cause.causeId });
		return {
			title: say(locale, 'letter.title'),
			cause,
			letter: cases === null ? null : letterOf((key, values) => say(locale, key, values), { ...found, cases, network: name }),
			letters,
			people: await listWriters(tx, actor, letters),
			mayRecord: mayRelease(actor.roles),
			today: dayAt(now),
			key: installation.world.id()
		};
	});
};

const here = (event: { params: { network: string; id: string } }) => `/${event.params.network}/knelpunt/${event.params.id}/brief`;

export const actions: Actions = {
	record: (event) =>
		act(event, recordLetter, {
			form: 'record',
			input: (fields) => ({ causeId: event.params.id, addressee: fields['addressee'] ?? '', sentOn: fields['sentOn'] ?? '' }),
			to: () => here(event)
		}),
	answer: (event) =>
		act(event, answerLetter, {
			form: 'answer',
			input: (fields) => ({
				...{ letterId: fields['letterId'], answer: fields['answer'] ?? '' },
				...{ answeredOn: fields['answeredOn'] ?? '', words: fields['words'] ?? '' }
			}),
			to: () => here(event)
		})
};
