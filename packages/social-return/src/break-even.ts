import { isUncertain, quantile } from './simulate.ts';
import type { Compiled } from './compile.ts';
import type { PointFlow } from './point.ts';
import type { BreakEven, Odds, SwitchingChance } from './result.ts';
import type { Draws } from './simulate.ts';

/** Benefit at a chance p of the event is `fixed + p x hanging`. */
interface Line {
	readonly fixed: number;
	readonly hanging: number;
	readonly cost: number;
}

/** A chance said as odds: 1 in N from a half down, else tenths; rounded up, so that it is never called paying too early. */
export const oddsOf = (chance: number): Odds => {
	const one = 1 / chance;
	const whole = Math.floor(one * (1 + 1e-12));
	if (whole >= 2) return { of: 1, in: whole };
	const tenths = Math.ceil(chance * 10 * (1 - 1e-12));
	return tenths >= 10 ? { of: 1, in: 1 } : { of: tenths, in: 10 };
};

const crossing = ({ fixed, hanging, cost }: Line): number | 'always' | 'never' | 'no-effect' => {
	// What hangs on the event is nothing beside the rest: rounding noise, not an effect.
	if (Math.abs(hanging) <= 1e-12 * Math.max(Math.abs(fixed), Math.abs(cost))) return 'no-effect';
	const chance = (cost - fixed) / hanging;
	if (hanging > 0) return chance <= 0 ? 'always' : chance > 1 ? 'never' : chance;
	return chance < 0 ? 'never' : chance >= 1 ? 'always' : chance;
};

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

const intervalOf = (size: number, line: (i: number) => Line): { readonly low: number | null; readonly high: number | null } => {
	const chances = new Float64Array(size);
	for (let i = 0; i < size; i += 1) {
		const { fixed, hanging, cost } = line(i);
		chances[i] = hanging > 0 ? Math.max(0, (cost - fixed) / hanging) : fixed >= cost ? 0 : Infinity;
	}
	chances.sort();
	const end = (share: number): number | null => {
		const value = quantile(chances, share);
		return value > 1 ? null : finite(value);
	};
	return { low: end(0.05), high: end(0.95) };
};

const switching = (line: Line, interval: () => { readonly low: number | null; readonly high: number | null } | null): SwitchingChance => {
	const at = crossing(line);
	if (typeof at === 'string') return { state: at };
	if (line.hanging < 0)
		return { state: 'at', chance: at, odds: { of: Math.floor(at * 100 * (1 + 1e-12)), in: 100 }, pays: 'up-to', interval: null };
	return { state: 'at', chance: at, odds: oddsOf(at), pays: 'from', interval: interval() };
};

/** For each event: from which chance the proposal pays, in each of the three ways. All else at its mid. */
export const breakEvens = (
	compiled: Compiled,
	looming: readonly PointFlow[],
	proposed: readonly PointFlow[],
	costs: { readonly fund: number; readonly full: number },
	draws: Draws
): readonly BreakEven[] => {
	const extra = compiled.map.conventions.marginalCostOfPublicFunds;
	const uncertain = isUncertain(compiled);
	const difference = (value: (point: PointFlow) => number): number =>
		looming.reduce((total, point) => total + point.flow.sign * value(point), 0) -
		proposed.reduce((total, point) => total + point.flow.sign * value(point), 0);
	const fiscal = (point: PointFlow): number => (point.flow.category === 'fiscal' ? extra : 0);
	return compiled.map.events.map((event, e): BreakEven => {
		const mine = (point: PointFlow): boolean => point.flow.event === e;
		const total = (point: PointFlow, basis: 'gross' | 'adjusted'): number => point[basis].reduce((sum, value) => sum + value, 0);
		const lineOf = (hangs: (point: PointFlow) => number, rest: (point: PointFlow) => number, cost: number): Line => ({
			fixed: difference((point) => (mine(point) ? 0 : rest(point))),
			hanging: difference((point) => (mine(point) ? hangs(point) : 0)),
			cost
		});
		const drawn = draws.events[e];
		const interval = (line: (i: number, at: NonNullable<typeof drawn>) => Line) => (): ReturnType<typeof intervalOf> | null =>
			uncertain && drawn !== undefined ? intervalOf(draws.gross.length, (i) => line(i, drawn)) : null;
		const at = (values: Float64Array, i: number): number => values[i] ?? 0;
		return {
			event: event.id,
			name: event.name,
			assumedChance: compiled.mids[compiled.events[e] ?? 0] ?? 0,
			ways: {
				fundOnly: switching(
					lineOf(
						(point) => point.certainGross,
						(point) => total(point, 'gross'),
						costs.fund
					),
					interval((i, own) => ({
						fixed: at(draws.gross, i) - at(own.chance, i) * at(own.gross, i),
						hanging: at(own.gross, i),
						cost: at(draws.fund, i)
					}))
				),
				adjusted: switching(
					lineOf(
						(point) => point.certainAdjusted,
						(point) => total(point, 'adjusted'),
						costs.fund
					),
					interval((i, own) => ({
						fixed: at(draws.adjusted, i) - at(own.chance, i) * at(own.adjusted, i),
						hanging: at(own.adjusted, i),
						cost: at(draws.fund, i)
					}))
				),
				full: switching(
					lineOf(
						(point) => point.certainAdjusted * (1 + fiscal(point)),
						(point) => total(point, 'adjusted') * (1 + fiscal(point)),
						costs.full
					),
					interval((i, own) => {
						const hanging = at(own.adjusted, i) + at(own.fundsBenefit, i);
						return {
							fixed: at(draws.adjusted, i) + at(draws.fundsBenefit, i) - at(own.chance, i) * hanging,
							hanging,
							cost: at(draws.inputs, i) + at(draws.fundsCost, i)
						};
					})
				)
			}
		};
	});
};
