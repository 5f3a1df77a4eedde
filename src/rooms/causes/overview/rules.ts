import { scaleLinear, scalePoint } from 'd3-scale';
import { curveMonotoneX, line } from 'd3-shape';
import { addMonths } from '#foundation/time/days.ts';
import type { Day } from '#foundation/time/days.ts';

/** A month as its first day. */
export type Month = Day;

export interface MonthCount {
	readonly month: Month;
	readonly cases: number;
}

export const monthOf = (day: Day): Month => `${day.slice(0, 7)}-01`;

/** Every month from the first up to and including the last, those in which nothing happened too: a line falls to nothing, it does not stop. */
export function fillMonths(rows: readonly MonthCount[], first: Month, last: Month): MonthCount[] {
	const known = new Map(rows.map((row) => [row.month, row]));
	const months: MonthCount[] = [];
	for (let month = first; month <= last; month = addMonths(month, 1)) months.push(known.get(month) ?? { month, cases: 0 });
	return months;
}

/** The months that a line shows: from the first naming on, a year at least, five at most. */
export function monthsShown(firstNamed: Month | null, today: Day): { readonly first: Month; readonly last: Month } {
	const last = monthOf(today);
	const yearAgo = addMonths(last, -11);
	const longest = addMonths(last, -59);
	const begin = firstNamed === null || firstNamed > yearAgo ? yearAgo : firstNamed;
	return { first: begin < longest ? longest : begin, last };
}

/** Whether fewer cases were brought in than in as many months before: often people hesitate, and the cause is still there (F4). */
export const isUsedLess = (lately: number, before: number): boolean => lately < before;

/** The sums of the last `length` whole months before this one, and of as many before those. */
export function lastMonths(
	rows: readonly { readonly month: Month; readonly cases: number }[],
	today: Day,
	length: number
): { readonly lately: number; readonly before: number } {
	const end = monthOf(today);
	const middle = addMonths(end, -length);
	const begin = addMonths(middle, -length);
	const sum = (from: Month, until: Month): number =>
		rows.filter(({ month }) => month >= from && month < until).reduce((total, row) => total + row.cases, 0);
	return { lately: sum(middle, end), before: sum(begin, middle) };
}

export interface Drawing {
	readonly width: number;
	readonly height: number;
	/** The line, as a path. */
	readonly path: string;
	/** The ground under the line, closed. */
	readonly area: string;
	readonly most: number;
	/** Where a day lies, e.g. that of acknowledgement; null when it is outside what is shown. */
	readonly marks: readonly number[];
}

/** Draws the line of a cause in a box; the page stretches it to its own width. */
export function drawLine(
	months: readonly MonthCount[],
	marks: readonly (Day | null)[] = [],
	box: { readonly width: number; readonly height: number } = { width: 600, height: 120 }
): Drawing {
	const { width, height } = box;
	const most = Math.max(1, ...months.map((month) => month.cases));
	const x = scalePoint(
		months.map((month) => month.month),
		[0, width]
	);
	const y = scaleLinear([0, most], [height - 2, 6]);
	const points = months.map((month): [number, number] => [x(month.month) ?? 0, y(month.cases)]);
	const path = line().curve(curveMonotoneX)(points) ?? '';
	const ground = height - 2;
	const [first, last] = [points[0], points.at(-1)];
	return {
		width,
		height,
		path,
		area: first && last ? `${path}L${last[0]},${ground}L${first[0]},${ground}Z` : '',
		most,
		marks: marks.flatMap((day) => {
			const at = day === null ? undefined : x(monthOf(day));
			return at === undefined || day === null ? [] : [Math.min(width, at + ((Number(day.slice(8)) - 1) / 31) * x.step())];
		})
	};
}

/** A stretch of whole quarters: as long as it takes until three cases fall in it, so that none can be told apart. */
interface Quarters {
	/** The first day of its first and of its last quarter. */
	readonly fromQuarter: Day;
	readonly untilQuarter: Day;
}

/** Money over a stretch in which the first grants of three cases fall. */
export interface Stretch extends Quarters {
	readonly cases: number;
	readonly cents: number;
}

/** Households that were helped over a stretch: a case is one household. */
export interface HelpedStretch extends Quarters {
	readonly households: number;
}

/** How many quarters a stretch lasts. */
export const quartersOf = ({ fromQuarter, untilQuarter }: Quarters): number => {
	const number = (day: Day): number => Number(day.slice(0, 4)) * 4 + Math.floor((Number(day.slice(5, 7)) - 1) / 3);
	return number(untilQuarter) - number(fromQuarter) + 1;
};

/** What a stretch comes to for each of its quarters, in whole cents. */
export const perQuarter = (stretch: Stretch): number => Math.round(stretch.cents / quartersOf(stretch));

/** How many households were helped in each of its quarters, to a tenth. */
export const helpedPerQuarter = (stretch: HelpedStretch): number => Math.round((stretch.households / quartersOf(stretch)) * 10) / 10;

/** A quarter as people write it: `2026-3`. */
export const quarterName = (day: Day): string => `${day.slice(0, 4)}-${Math.floor((Number(day.slice(5, 7)) - 1) / 3) + 1}`;

/**
 * Draws what there was of a cause as steps over the same months as its line: each stretch as high as it came to for a quarter, and the ground where there
 * was nothing. A stretch that has not ended by the last month is drawn as far as that month. `most` is the highest of all stretches, for a quarter.
 */
function drawSteps(
	months: readonly MonthCount[],
	stretches: readonly (Quarters & { readonly height: number })[],
	box: { readonly width: number; readonly height: number }
): Drawing {
	const { width, height } = box;
	const ground = height - 2;
	const most = Math.max(0, ...stretches.map((stretch) => stretch.height));
	const first = months[0]?.month ?? '';
	const last = months.at(-1)?.month ?? '';
	const place = new Map(months.map(({ month }, index) => [month, months.length < 2 ? 0 : (index / (months.length - 1)) * width]));
	const tenth = (value: number): number => Math.round(value * 10) / 10;
	const at = (day: Day): number => tenth(day <= first ? 0 : day >= last ? width : (place.get(monthOf(day)) ?? 0));
	const y = scaleLinear([0, Math.max(1, most)], [ground, 6]);
	const steps = stretches
		.map((stretch) => ({ from: at(stretch.fromQuarter), to: at(addMonths(stretch.untilQuarter, 3)), top: tenth(y(stretch.height)) }))
		.filter(({ from, to }) => to > from);
	const path = [`M0,${ground}`, ...steps.map(({ from, to, top }) => `H${from}V${top}H${to}V${ground}`), `H${width}`].join('');
	return { width, height, path, area: steps.length === 0 ? '' : `${path}Z`, most, marks: [] };
}

/** What a cause cost, in cents for a quarter. */
export const drawEuros = (
	months: readonly MonthCount[],
	stretches: readonly Stretch[],
	box: { readonly width: number; readonly height: number } = { width: 600, height: 120 }
): Drawing =>
	drawSteps(
		months,
		stretches.map((stretch) => ({ ...stretch, height: perQuarter(stretch) })),
		box
	);

/** How many households were helped with it, for a quarter. */
export const drawHelped = (
	months: readonly MonthCount[],
	stretches: readonly HelpedStretch[],
	box: { readonly width: number; readonly height: number } = { width: 600, height: 120 }
): Drawing =>
	drawSteps(
		months,
		stretches.map((stretch) => ({ ...stretch, height: helpedPerQuarter(stretch) })),
		box
	);
