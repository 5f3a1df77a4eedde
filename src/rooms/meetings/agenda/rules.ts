import { addDays, dayAt, momentAt, wallClock } from '#foundation/time/days.ts';
import type { Day } from '#foundation/time/days.ts';

/** A time of day as people write it, `9:30` or `14:05`, in minutes since midnight; null when it is none. */
export function minutesOf(text: string): number | null {
	const match = /^([01]?\d|2[0-3])[:.]([0-5]\d)$/.exec(text.trim());
	return match ? Number(match[1]) * 60 + Number(match[2]) : null;
}

/** The moment of a time on a day in the network's zone; null when the clock skips it, in the night that summer time begins. Of a time shown twice, the first. */
export function momentOf(day: Day, minutes: number): Date | null {
	const moment = momentAt(day, minutes);
	return dayAt(moment) === day && wallClock(moment).minutes === minutes ? moment : null;
}

/** No meeting lasts longer: what would is a slip of the pen, such as a time of ending before the one of beginning. */
const longestMs = 12 * 3_600_000;

/** The first and the last moment of a meeting, from a day and two times; one that ends before it starts ends the next day. */
export function spanOf(
	day: Day,
	from: number,
	until: number
): { startsAt: Date; endsAt: Date } | 'starts_never' | 'ends_never' | 'lasts_too_long' {
	const startsAt = momentOf(day, from);
	if (!startsAt) return 'starts_never';
	const endsAt = momentOf(until > from ? day : addDays(day, 1), until);
	if (!endsAt) return 'ends_never';
	return endsAt.getTime() - startsAt.getTime() > longestMs ? 'lasts_too_long' : { startsAt, endsAt };
}

/** Whether one can still put something on the agenda. */
export const isToCome = (meeting: { readonly state: 'called' | 'cancelled'; readonly endsAt: Date }, now: Date): boolean =>
	meeting.state === 'called' && meeting.endsAt > now;

/** How an item is closed: decided, without a decision, only told, or taken off the agenda. */
export type ItemEnd = 'decided' | 'no_decision' | 'informed' | 'taken_off';

/** At which meetings an item can go on: those of the same people that are to come, but the one at which it stands. */
export const nextMeetings = <M extends { readonly meetingId: string; readonly state: 'called' | 'cancelled'; readonly endsAt: Date }>(
	meetings: readonly M[],
	meetingId: string,
	now: Date
): M[] => meetings.filter((meeting) => meeting.meetingId !== meetingId && isToCome(meeting, now));
