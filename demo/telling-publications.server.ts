import { answerPublication, proposePublication } from '#rooms/causes/publication/commands.server.ts';
import { publicationJobs } from '#rooms/causes/publication/jobs.server.ts';
import { confirmRelease, writeRelease } from '#rooms/causes/releases/commands.server.ts';
import { done } from './cast.ts';
import type { Cast } from './cast.ts';
import { causes } from './causes.ts';
import type { PublicationTold } from './stories/publications.ts';
import type { Event } from './telling.server.ts';

/** A cause becomes public: each of its steps on its own day, the opening by the same look that the product does each night. */
export function publicationEvents(cast: Cast, told: PublicationTold): Event[] {
	const { installation, networkId, clock } = cast;
	let publicationId = '';
	const causeId = () =>
		installation.door.actor(cast.actor(told.by), clock.now(), async (tx) => {
			const found = await tx
				.selectFrom('cause')
				.select('causeId')
				.where('networkId', '=', networkId)
				.where('title', '=', causes[told.cause].title)
				.executeTakeFirstOrThrow();
			return found.causeId;
		});
	const events: Event[] = [
		{
			day: told.day,
			async run() {
				({ publicationId } = done(await proposePublication(installation, cast.actor(told.by), { causeId: await causeId() })));
			}
		}
	];
	const { answer, title, declined, opensDay } = told;
	const release = async (releaseId: string, by: string): Promise<void> => {
		done(await confirmRelease(installation, cast.actor(by), { releaseId, answer: 'released' }));
	};
	if (title)
		events.push({
			day: title.day,
			async run() {
				const words = { causeId: await causeId(), kind: 'title', words: title.words };
				await release(done(await writeRelease(installation, cast.actor(title.by), words)).releaseId, title.released);
			}
		});
	if (answer)
		events.push({
			day: answer.day,
			async run() {
				const words = { publicationId, words: answer.words };
				await release(done(await answerPublication(installation, cast.actor(answer.by), words)).releaseId, answer.released);
			}
		});
	if (declined)
		events.push({
			day: declined.day,
			async run() {
				const { by, eyes, words, reason, why } = declined;
				const { releaseId } = done(await answerPublication(installation, cast.actor(by), { publicationId, words }));
				done(await confirmRelease(installation, cast.actor(eyes), { releaseId, answer: 'declined', reason, words: why }));
			}
		});
	if (opensDay !== undefined)
		events.push({
			day: opensDay,
			async run() {
				await publicationJobs['daily.publications']?.(installation, {
					...{ id: installation.world.id(), kind: 'daily.publications', networkId, payload: {}, now: clock.now(), tries: 0 },
					sendMail: () => Promise.resolve(),
					ask: () => Promise.resolve()
				});
			}
		});
	return events;
}
