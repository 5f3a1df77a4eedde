import { confirmPage, proposePage } from '#rooms/table/public/commands.server.ts';
import { daysBetween } from '#foundation/time/days.ts';
import type { Day } from '#foundation/time/days.ts';
import { publicPageJobs } from '#rooms/table/public/jobs.server.ts';
import { done } from './cast.ts';
import type { Cast } from './cast.ts';
import { publicPageTold } from './stories/public.ts';
import type { Event } from './telling.server.ts';

/**
 * The page for everyone is proposed by one organisation and confirmed by another, with its figures as the product freezes them; and on New Year's night, of
 * which the yearly report tells.
 */
export function publicPageEvents(cast: Cast, today: Day): Event[] {
	const { installation, networkId, clock } = cast;
	const { proposed, confirmed } = publicPageTold;
	let pageId = '';
	const freeze = async (): Promise<void> => {
		await publicPageJobs['public.figures']?.(installation, {
			...{ id: installation.world.id(), kind: 'public.figures', networkId, payload: {}, now: clock.now(), tries: 0 },
			sendMail: () => Promise.resolve(),
			ask: () => Promise.resolve()
		});
	};
	return [
		{ day: daysBetween(`${today.slice(0, 4)}-01-01`, today), run: freeze },
		{
			day: proposed.day,
			async run() {
				({ pageId } = done(await proposePage(installation, cast.actor(proposed.by), {})));
				await freeze();
			}
		},
		{
			day: confirmed.day,
			async run() {
				done(await confirmPage(installation, cast.actor(confirmed.by), { pageId, answer: 'confirmed' }));
			}
		}
	];
}
