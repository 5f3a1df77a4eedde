import { addDays, dayAt } from '#foundation/time/days.ts';
import { momentOf } from '../agenda/rules.ts';

interface Span {
	readonly startsAt: Date;
	readonly endsAt: Date;
}

/** The moment of a time of day within a meeting, also after midnight; null when it is not within. */
export function momentWithin({ startsAt, endsAt }: Span, minutes: number): Date | null {
	const day = dayAt(startsAt);
	return (
		[momentOf(day, minutes), momentOf(addDays(day, 1), minutes)].find(
			(moment) => moment !== null && moment >= startsAt && moment < endsAt
		) ?? null
	);
}

/**
 * When a case comes at a meeting as it is now: as long after the beginning as when its time was chosen, while the meeting began at `began`.
 * Null when the meeting is over by then: its holder chooses again.
 */
export function momentNow(chosen: Date, began: Date, now: Span): Date | null {
	const moment = new Date(now.startsAt.getTime() + chosen.getTime() - began.getTime());
	return moment < now.endsAt ? moment : null;
}
