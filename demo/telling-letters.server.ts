import { addDays } from '#foundation/time/days.ts';
import { answerLetter, recordLetter } from '#rooms/causes/letters/commands.server.ts';
import { done } from './cast.ts';
import type { Cast } from './cast.ts';
import { causes } from './causes.ts';
import type { LetterTold } from './stories/law.ts';
import type { Event } from './telling.server.ts';

/** The letter about a law was sent, and what came back on it. */
export function letterEvents(cast: Cast, told: LetterTold): Event[] {
	const { installation, networkId, clock, today } = cast;
	let letterId = '';
	const { by, day, addressee, answer } = told;
	const sent: Event = {
		day,
		async run() {
			const { causeId } = await installation.door.actor(cast.actor(by), clock.now(), (tx) =>
				tx
					.selectFrom('cause')
					.select('causeId')
					.where('networkId', '=', networkId)
					.where('title', '=', causes[told.cause].title)
					.executeTakeFirstOrThrow()
			);
			const wish = { causeId, addressee, sentOn: addDays(today, -day) };
			({ letterId } = done(await recordLetter(installation, cast.actor(by), wish)));
		}
	};
	if (!answer) return [sent];
	const back: Event = {
		day: answer.day,
		async run() {
			const came = { letterId, answer: answer.answer, answeredOn: addDays(today, -answer.day), words: answer.words };
			done(await answerLetter(installation, cast.actor(answer.by), came));
		}
	};
	return [sent, back];
}
