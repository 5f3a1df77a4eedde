import { dayAt, daysBetween, isCalendarDay, lastOf, networkZone } from '#foundation/time/days.ts';
import type { Day } from '#foundation/time/days.ts';
import type { Locale } from './text.ts';

/** A day as `YYYY-MM-DD`, or a moment: then the day it is in Amsterdam, whatever the machine's clock is. */
export type DayOrMoment = Day | Date;

/** Writes amounts, days and figures the way people in the Netherlands do, or the English way. */
export interface Format {
	readonly locale: Locale;
	/** Whole cents as an amount: 125000 is "€ 1.250,00" with a no-break space, "€1,250.00" in English. Throws on a part of a cent. */
	money(cents: number | bigint): string;
	/** An estimate in cents (parts allowed), rounded once, half away from zero, to whole euros: "€ 8". */
	wholeEuros(cents: number): string;
	/** "12 maart 2027" */
	date(day: DayOrMoment): string;
	/** "9 mrt"; with the year when it is another than that of `today`: "9 mrt 2025". */
	shortDate(day: DayOrMoment, today?: DayOrMoment): string;
	/** "vandaag", "gisteren", "morgen", else as shortDate. */
	near(day: DayOrMoment, today: DayOrMoment): string;
	/** The same as a heading over a day: "Vandaag", "7 mrt". */
	dayHeading(day: DayOrMoment, today: DayOrMoment): string;
	/**
	 * The end of a term, after "uiterlijk": "vandaag", "morgen", "dinsdag 24 november", with the year when it is another than that of `today`. A term
	 * that ends at midnight is said by its last day; one that ends in the middle of a day with the time: "morgen om 14:05".
	 */
	term(end: Date, today: DayOrMoment): string;
	/** "14:05", in Amsterdam. */
	time(moment: Date): string;
	/** 0.0225 is "2,25%": at most two decimals. */
	percent(share: number): string;
	/** Euros for each euro, always two decimals: "23,51". */
	ratio(value: number): string;
	/** A count or a plain figure, at most two decimals: "1.250", "2,5". */
	number(value: number | bigint): string;
}

const dayOf = (day: DayOrMoment): Day => (typeof day === 'string' ? day : dayAt(day));

/** The start of the day in UTC: a day has no clock, so it is written in UTC and never shifts. */
function startOf(day: DayOrMoment): Date {
	const written = dayOf(day);
	if (!isCalendarDay(written)) throw new RangeError(`not a day in the calendar: ${written}`);
	return new Date(`${written}T00:00:00Z`);
}

/** Cents as a decimal string, exact also beyond 2^53. */
function decimalOf(cents: number | bigint): `${number}` {
	if (typeof cents === 'number' && !Number.isSafeInteger(cents)) throw new RangeError(`${cents} is not a whole number of cents.`);
	const whole = BigInt(cents);
	const size = (whole < 0n ? -whole : whole).toString().padStart(3, '0');
	return `${whole < 0n ? '-' : ''}${size.slice(0, -2)}.${size.slice(-2)}` as `${number}`;
}

function makeFormat(locale: Locale): Format {
	const tag = locale === 'nl' ? 'nl-NL' : 'en-GB';
	const euro = new Intl.NumberFormat(tag, { style: 'currency', currency: 'EUR' });
	const euroWhole = new Intl.NumberFormat(tag, { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 });
	const long = new Intl.DateTimeFormat(tag, { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' });
	const short = new Intl.DateTimeFormat(tag, { timeZone: 'UTC', day: 'numeric', month: 'short' });
	const shortWithYear = new Intl.DateTimeFormat(tag, { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' });
	const clock = new Intl.DateTimeFormat(tag, { timeZone: networkZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
	const weekday = new Intl.DateTimeFormat(tag, { timeZone: 'UTC', weekday: 'long', day: 'numeric', month: 'long' });
	const weekdayWithYear = new Intl.DateTimeFormat(tag, {
		timeZone: 'UTC',
		weekday: 'long',
		day: 'numeric',
		month: 'long',
		year: 'numeric'
	});
	const percentage = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 2 });
	const twoDecimals = new Intl.NumberFormat(tag, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
	const plain = new Intl.NumberFormat(tag, { maximumFractionDigits: 2 });
	const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });

	const shortDate = (day: DayOrMoment, today?: DayOrMoment): string => {
		const date = startOf(day);
		const sameYear = today === undefined || startOf(today).getUTCFullYear() === date.getUTCFullYear();
		return (sameYear ? short : shortWithYear).format(date);
	};
	const near = (day: DayOrMoment, today: DayOrMoment): string => {
		const days = daysBetween(dayOf(today), dayOf(day));
		return Math.abs(days) <= 1 ? relative.format(days, 'day') : shortDate(day, today);
	};
	return {
		locale,
		money: (cents) => euro.format(decimalOf(cents)),
		// `|| 0` turns minus nothing into nothing: "€ -0" means nothing to anyone.
		wholeEuros: (cents) => euroWhole.format(Math.sign(cents) * Math.round(Math.abs(cents) / 100) || 0),
		date: (day) => long.format(startOf(day)),
		shortDate,
		near,
		dayHeading: (day, today) => {
			const said = near(day, today);
			return said.charAt(0).toLocaleUpperCase(locale) + said.slice(1);
		},
		term: (end, today) => {
			const { day, wholeDay } = lastOf(end);
			const days = daysBetween(dayOf(today), day);
			const sameYear = day.slice(0, 4) === dayOf(today).slice(0, 4);
			const said = Math.abs(days) <= 1 ? relative.format(days, 'day') : (sameYear ? weekday : weekdayWithYear).format(startOf(day));
			return wholeDay ? said : `${said} ${locale === 'nl' ? 'om' : 'at'} ${clock.format(end)}`;
		},
		time: (moment) => clock.format(moment),
		percent: (share) => percentage.format(share),
		ratio: (value) => twoDecimals.format(value),
		number: (value) => plain.format(value)
	};
}

const made: Readonly<Record<Locale, Format>> = { nl: makeFormat('nl'), en: makeFormat('en') };

/** The way of writing of one language. */
export const createFormat = (locale: Locale): Format => made[locale];
