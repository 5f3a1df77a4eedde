import { addDays, dayAt, momentAt, wallClock, weekday } from './days.ts';
import type { Day } from './days.ts';
import { dutchHolidays } from './dutch-holidays.ts';

/** Offices are open Monday to Friday from 9 to 17 in the network's zone, less holidays: eight hours a day. */
const opens = 9 * 60;
const closes = 17 * 60;
const msPerMinute = 60_000;

/** True when offices work on this day. Throws a RangeError for a year whose holidays are not in the list. */
export function isWorkingDay(day: Day): boolean {
	const holidays = dutchHolidays[Number(day.slice(0, 4))];
	if (!holidays) throw new RangeError(`the holidays of ${day.slice(0, 4)} are not in the list; add them to dutch-holidays.ts`);
	return weekday(day) <= 5 && !holidays.includes(day);
}

/** True from opening up to but not including closing. */
export function isWorkingMoment(moment: Date): boolean {
	const { minutes } = wallClock(moment);
	return minutes >= opens && minutes < closes && isWorkingDay(dayAt(moment));
}

/**
 * The first moment at which this many working hours have passed. Counting begins at once when offices are open, else at the next opening.
 * @param hours zero or more; half hours and less are allowed
 */
export function addWorkingHours(from: Date, hours: number): Date {
	if (!Number.isFinite(hours) || hours < 0) throw new RangeError(`hours are zero or more, not ${hours}`);
	let left = Math.round(hours * 60 * msPerMinute);
	let day = dayAt(from);
	for (;;) {
		if (isWorkingDay(day)) {
			const start = Math.max(from.getTime(), momentAt(day, opens).getTime());
			const room = momentAt(day, closes).getTime() - start;
			if (room > 0 && left <= room) return new Date(start + left);
			left -= Math.max(0, room);
		}
		day = addDays(day, 1);
	}
}

/** Working hours between two moments, zero when the second does not lie behind the first. */
export function workingHoursBetween(from: Date, until: Date): number {
	let ms = 0;
	for (let day = dayAt(from); momentAt(day, opens) < until; day = addDays(day, 1)) {
		if (!isWorkingDay(day)) continue;
		const start = Math.max(from.getTime(), momentAt(day, opens).getTime());
		const end = Math.min(until.getTime(), momentAt(day, closes).getTime());
		ms += Math.max(0, end - start);
	}
	return ms / (60 * msPerMinute);
}
