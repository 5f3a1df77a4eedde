import { v7 as uuidv7 } from 'uuid';
import type { World } from '#foundation/installation.ts';

const dayMilliseconds = 24 * 60 * 60 * 1000;
const betweenActs = 20 * 60_000;

/** The clock of the demo's past: it goes forward only, and never past today. */
export interface StoryClock extends World {
	/** Moves to a day, counted back from today; acts of one day come twenty minutes after each other. */
	on(day: number): void;
}

/** A clock that the stories set, with ids of the same moment; randomness stays real. */
export function storyClock(real: World, firstDay: number): StoryClock {
	const today = real.now().getTime();
	// Ten hours before this time of day: room for thirty acts on one day.
	const beginOf = (day: number): number => today - day * dayMilliseconds - 10 * 60 * 60_000;
	let now = beginOf(firstDay);
	return {
		now: () => new Date(now),
		id: () => uuidv7({ msecs: now, random: real.random(16) }),
		random: (size) => real.random(size),
		on(day) {
			now = Math.min(Math.max(now + betweenActs, beginOf(day)), today);
		}
	};
}
