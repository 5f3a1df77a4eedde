import { addDays, dayAt, wallClock } from '../src/foundation/time/days.ts';

const clockTime = (minutes: number): string => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;

/** When a meeting is that begins in the minute of `now` and lasts two hours: from then on something can be decided. */
export function underWay(now: Date): { readonly day: string; readonly from: string; readonly until: string } {
	const { minutes } = wallClock(now);
	return { day: dayAt(now), from: clockTime(minutes), until: clockTime((minutes + 120) % 1440) };
}

/** The same times a number of days on. */
export const daysOn = (now: Date, days: number): ReturnType<typeof underWay> => ({ ...underWay(now), day: addDays(dayAt(now), days) });
