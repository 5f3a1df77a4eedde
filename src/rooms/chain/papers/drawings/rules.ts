import type { Format } from '#foundation/text/format.ts';
import type { Day } from '#foundation/time/days.ts';
import { daysBetween } from '#foundation/time/days.ts';
import { drawn, drawnText } from '#rooms/meetings/papers/drawings/rules.ts';
import type { KpiCourse } from '../../measures/read.server.ts';

/** One point of a measure on a day: how it began, what was read, or where it is to be. */
export interface KpiPoint {
	readonly day: Day;
	readonly value: number;
	readonly what: 'began' | 'read' | 'aim';
}

type Measured = Pick<KpiCourse, 'baseline' | 'baselineOn' | 'readings' | 'steps'>;

/** All points of a measure that have a day, in order of days; of one day what was measured before where it is to be. */
export const pointsOf = ({ baseline, baselineOn, readings, steps }: Measured): KpiPoint[] => {
	const points: KpiPoint[] = [
		{ day: baselineOn, value: baseline, what: 'began' },
		...readings.map(({ onDay, value }) => ({ day: onDay, value, what: 'read' as const })),
		...steps.flatMap(({ aim, dueOn }) => (dueOn === null ? [] : [{ day: dueOn, value: aim, what: 'aim' as const }]))
	];
	return points.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
};

const box = { width: 600, height: 96 } as const;
const tenth = (value: number): number => Math.round(value * 10) / 10;

/** The line of a measure as a drawing for print: what was measured, and a diamond where it is to be by a day. */
export function kpiSvg(f: Format, kpi: Measured): string {
	const points = pointsOf(kpi);
	const first = points[0]?.day ?? kpi.baselineOn;
	const last = points.at(-1)?.day ?? first;
	const days = Math.max(1, daysBetween(first, last));
	const values = points.map(({ value }) => value);
	const [least, most] = [Math.min(...values), Math.max(...values)];
	const x = (day: Day): number => tenth((daysBetween(first, day) / days) * box.width);
	// All one height: in the middle.
	const y = (value: number): number => tenth(most === least ? box.height / 2 : 10 + ((most - value) / (most - least)) * (box.height - 20));
	const measured = points.filter(({ what }) => what !== 'aim').map(({ day, value }) => [x(day), y(value)] as const);
	const dot = ([atX, atY]: readonly [number, number]): string => `<circle cx="${atX}" cy="${atY}" r="3.5" fill="${drawn.water}"/>`;
	const diamond = (atX: number, atY: number): string =>
		`<path d="M${atX},${tenth(atY - 6)}L${tenth(atX + 6)},${atY}L${atX},${tenth(atY + 6)}L${tenth(atX - 6)},${atY}Z" fill="none" stroke="${drawn.ink}" stroke-width="1.4"/>`;
	const monthName = (day: Day): string => f.date(day).replace(/^\d+ /, '');
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="-50 -4 660 126">`,
		`<path d="M0,${box.height}H${box.width}" stroke="${drawn.ground}" stroke-width="1"/>`,
		`<path d="M${measured.map((at) => at.join(',')).join('L')}" fill="none" stroke="${drawn.water}" stroke-width="2.2" stroke-linejoin="round"/>`,
		...measured.map(dot),
		...points.filter(({ what }) => what === 'aim').map(({ day, value }) => diamond(x(day), y(value))),
		...(most === least
			? [drawnText(-10, tenth(box.height / 2 + 4), f.number(most), 'end')]
			: [drawnText(-10, 14, f.number(most), 'end'), drawnText(-10, box.height - 6, f.number(least), 'end')]),
		drawnText(0, box.height + 19, monthName(first)),
		...(first === last ? [] : [drawnText(box.width, box.height + 19, monthName(last), 'end')]),
		'</svg>'
	].join('');
}
