import type { Format } from '#foundation/text/format.ts';
import type { Day } from '#foundation/time/days.ts';
import { drawLine } from '#rooms/causes/overview/rules.ts';
import type { Drawing, MonthCount } from '#rooms/causes/overview/rules.ts';

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const font = 'font-family="Atkinson Hyperlegible Next" font-size="13" fill="#3f4855"';

/** Colours of what is drawn on paper. */
export const drawn = { ink: '#1c2430', water: '#08527c', shallow: '#e6f0f5', ground: '#8f8778' } as const;

/** Words in a drawing for print. */
export const drawnText = (x: number, y: number, text: string, anchor: 'start' | 'middle' | 'end' = 'start'): string =>
	`<text x="${x}" y="${y}" text-anchor="${anchor}" ${font}>${escaped(text)}</text>`;

/** The line of a cause as a drawing for print: the same line as on its page, with what stands beside it there written into it. */
export function causeSvg(
	f: Format,
	months: readonly MonthCount[],
	{ acknowledgedOn, changedOn }: { readonly acknowledgedOn: Day | null; readonly changedOn: Day | null }
): string {
	const box = { width: 600, height: 96 };
	const drawing = drawLine(months, [], box);
	const mark = (day: Day | null): number | undefined => drawLine(months, [day], box).marks[0];
	const [taken, changed] = [mark(acknowledgedOn), mark(changedOn)];
	const monthName = (month: Day | undefined): string => (month === undefined ? '' : f.date(month).replace(/^\d+ /, ''));
	const ground = drawing.height - 2;
	const upright = (at: number, how: string): string => `<path d="M${at},0V${ground}" stroke="${drawn.ink}" stroke-width="1.2" ${how}/>`;
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="-26 -4 632 124">`,
		`<path d="${drawing.area}" fill="${drawn.shallow}"/>`,
		`<path d="M0,${ground}H${drawing.width}" stroke="${drawn.ground}" stroke-width="1"/>`,
		`<path d="${drawing.path}" fill="none" stroke="${drawn.water}" stroke-width="2.2" stroke-linejoin="round"/>`,
		...(taken === undefined ? [] : [upright(taken, 'stroke-dasharray="2 4"')]),
		...(changed === undefined ? [] : [upright(changed, '')]),
		drawnText(-8, highest(drawing), String(drawing.most), 'end'),
		drawnText(-8, ground + 4, '0', 'end'),
		drawnText(0, drawing.height + 18, monthName(months[0]?.month)),
		drawnText(drawing.width, drawing.height + 18, monthName(months.at(-1)?.month), 'end'),
		'</svg>'
	].join('');
}
/** Where the highest point of a line stands, for the number beside it. */
const highest = ({ height }: Drawing): number => Math.min(height, 11);
