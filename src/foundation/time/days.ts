/** A day in the calendar of the network, `YYYY-MM-DD`. Compares as text. */
export type Day = string;

/** The zone of every network. */
export const networkZone = 'Europe/Amsterdam';

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const msPerDay = 86_400_000;

/** True for `YYYY-MM-DD` that stands in the (Gregorian) calendar, years 0001 to 9999. */
export function isCalendarDay(text: string): boolean {
	const match = dayPattern.exec(text);
	if (!match || match[1] === '0000') return false;
	return dayOfNumber(numberOfDay(text)) === text;
}

/** The day it is at this moment in the network's zone. */
export function dayAt(moment: Date, zone: string = networkZone): Day {
	const { year, month, day } = wallClock(moment, zone);
	return toDay(year, month, day);
}

/** A day some days later, or earlier when `count` is below zero. Days have no clock, so a change of the clock does not count. */
export const addDays = (day: Day, count: number): Day => dayOfNumber(numberOfDay(checked(day)) + count);

/** A day some months later; the 31st becomes the last day of a shorter month. A year is 12 months. */
export function addMonths(day: Day, count: number): Day {
	const [year, month, date] = parts(checked(day));
	const months = year * 12 + (month - 1) + count;
	const newYear = Math.floor(months / 12);
	const newMonth = months - newYear * 12 + 1;
	return toDay(newYear, newMonth, Math.min(date, daysInMonth(newYear, newMonth)));
}

/** How many days `later` lies behind `earlier`; below zero when it lies before. */
export const daysBetween = (earlier: Day, later: Day): number => numberOfDay(checked(later)) - numberOfDay(checked(earlier));

/** 1 is Monday, 7 is Sunday (ISO 8601). */
export const weekday = (day: Day): number => ((((numberOfDay(checked(day)) + 3) % 7) + 7) % 7) + 1;

/** The moment at which the day begins in the zone: 00:00, also on the days that the clock changes and last 23 or 25 hours. */
export const startOfDay = (day: Day, zone: string = networkZone): Date => momentAt(day, 0, zone);

/** The moment at which a term that runs to and including this day is over: the start of the next day in the zone. */
export const endOfDay = (day: Day, zone: string = networkZone): Date => startOfDay(addDays(day, 1), zone);

/**
 * How the end of a term is said: a term that ends at midnight runs to the end of the day before, and that day is its last; one that ends in the
 * middle of a day has a time on that day. Said by days of the zone's calendar, so that a change of the clock does not count.
 */
export function lastOf(end: Date, zone: string = networkZone): { readonly day: Day; readonly wholeDay: boolean } {
	const day = dayAt(end, zone);
	const wholeDay = startOfDay(day, zone).getTime() === end.getTime();
	return { day: wholeDay ? addDays(day, -1) : day, wholeDay };
}

/**
 * The moment at which clocks in the zone show this day and these minutes since midnight (0 to 1439). A time that the clock skips in
 * spring is read as if it had not been changed yet (02:30 becomes 03:30); of a time shown twice in autumn, the first.
 */
export function momentAt(day: Day, minutes: number, zone: string = networkZone): Date {
	const wall = numberOfDay(checked(day)) * msPerDay + minutes * 60_000;
	// Clocks differ from UTC by less than a day; the offsets a day before and behind are those on both sides of a change.
	const before = wall - offsetAt(wall - msPerDay, zone);
	if (before + offsetAt(before, zone) === wall) return new Date(before);
	const after = wall - offsetAt(wall + msPerDay, zone);
	if (after + offsetAt(after, zone) === wall) return new Date(after);
	return new Date(before);
}

/** What the clocks in the zone show. */
export function wallClock(moment: Date, zone: string = networkZone): { year: number; month: number; day: number; minutes: number } {
	const shown = new Date(moment.getTime() + offsetAt(moment.getTime(), zone));
	return {
		year: shown.getUTCFullYear(),
		month: shown.getUTCMonth() + 1,
		day: shown.getUTCDate(),
		minutes: shown.getUTCHours() * 60 + shown.getUTCMinutes()
	};
}

/** Milliseconds that clocks in the zone run ahead of UTC at a moment. */
function offsetAt(time: number, zone: string): number {
	const shown: Record<string, number> = {};
	for (const part of formatOf(zone).formatToParts(time)) if (part.type !== 'literal') shown[part.type] = Number(part.value);
	const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
	const wall = new Date(0);
	wall.setUTCFullYear(year, month - 1, day);
	wall.setUTCHours(hour, minute, second);
	return wall.getTime() - Math.floor(time / 1000) * 1000;
}

/** Making a format takes a thousand times as long as using one. */
const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(zone: string): Intl.DateTimeFormat {
	let format = formats.get(zone);
	if (!format) {
		const numeric = 'numeric' as const;
		format = new Intl.DateTimeFormat('en-GB-u-ca-iso8601', {
			timeZone: zone,
			hourCycle: 'h23',
			...{ year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric }
		});
		formats.set(zone, format);
	}
	return format;
}

function checked(day: Day): Day {
	if (!isCalendarDay(day)) throw new RangeError(`not a day in the calendar: ${day}`);
	return day;
}

function parts(day: Day): [number, number, number] {
	const match = dayPattern.exec(day);
	return [Number(match?.[1]), Number(match?.[2]), Number(match?.[3])];
}

/** Days since 1970-01-01. */
function numberOfDay(day: Day): number {
	const [year, month, date] = parts(day);
	return utcDay(year, month, date).getTime() / msPerDay;
}

function dayOfNumber(number: number): Day {
	const date = new Date(number * msPerDay);
	return toDay(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

/** Date.UTC reads the years 0 to 99 as 1900 to 1999. */
function utcDay(year: number, month: number, date: number): Date {
	const moment = new Date(0);
	moment.setUTCFullYear(year, month - 1, date);
	return moment;
}

const daysInMonth = (year: number, month: number): number => utcDay(year, month + 1, 0).getUTCDate();

const toDay = (year: number, month: number, day: number): Day =>
	`${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
