import { scaleBand, scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';

/** The picture's own measure; it is stretched to the place it gets. */
export const pictureWidth = 600;
export const pictureHeight = 180;

/** Two paths drawn over the years: an area for what looms, a plank for what is proposed. */
export interface PathsPicture {
	readonly looming: string;
	readonly proposed: string;
	/** The top of the plank alone. */
	readonly deck: string;
	readonly years: number;
}

/** Each year a plateau as high as what is paid in it, side by side without a gap. */
export function drawPaths(looming: readonly number[], proposed: readonly number[]): PathsPicture {
	const years = Math.max(looming.length, proposed.length);
	const most = Math.max(1, ...looming, ...proposed);
	const x = scaleBand<number>()
		.domain(Array.from({ length: years }, (_, year) => year))
		.range([0, pictureWidth]);
	const y = scaleLinear().domain([0, most]).range([pictureHeight, 6]);
	const edges = (cents: readonly number[]): [number, number][] =>
		Array.from({ length: years }, (_, year) => year).flatMap((year): [number, number][] => {
			const [from, height] = [x(year) ?? 0, y(Math.max(0, cents[year] ?? 0))];
			return [
				[from, height],
				[from + x.bandwidth(), height]
			];
		});
	const filled = area<[number, number]>()
		.x(([at]) => at)
		.y0(pictureHeight)
		.y1(([, height]) => height)
		.digits(1);
	const top = line<[number, number]>()
		.x(([at]) => at)
		.y(([, height]) => height)
		.digits(1);
	return { looming: filled(edges(looming)) ?? '', proposed: filled(edges(proposed)) ?? '', deck: top(edges(proposed)) ?? '', years };
}

/** A bar to the left for what someone pays and to the right for what they gain, in hundredths of the longest. */
export interface PartyBar {
	readonly pays: number;
	readonly gains: number;
}

/** The bars of everyone who pays or gains, on one scale; what is not nothing can be seen. */
export function drawParties(parties: readonly { readonly paysCents: number; readonly gainsCents: number }[]): PartyBar[] {
	const most = Math.max(1, ...parties.flatMap(({ paysCents, gainsCents }) => [paysCents, gainsCents]));
	const length = scaleLinear().domain([0, most]).range([0, 100]);
	const bar = (cents: number): number => (cents <= 0 ? 0 : Math.max(1, Math.round(length(cents) * 100) / 100));
	return parties.map(({ paysCents, gainsCents }) => ({ pays: bar(paysCents), gains: bar(gainsCents) }));
}
