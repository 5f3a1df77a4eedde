import type { Trajectory } from './types.ts';

/** Share in each state at the end of each cycle; the first row is the start. */
export const occupancyOf = (
	trajectory: Pick<Trajectory, 'start' | 'transitions' | 'cycles' | 'overrides'>
): readonly (readonly number[])[] => {
	const rows: (readonly number[])[] = [trajectory.start];
	let current = trajectory.start;
	for (let cycle = 0; cycle < trajectory.cycles; cycle += 1) {
		const transitions = trajectory.overrides.findLast((one) => one.cycles.includes(cycle))?.transitions ?? trajectory.transitions;
		const from = current;
		current = trajectory.start.map((_, to) => from.reduce((sum, share, state) => sum + share * (transitions[state]?.[to] ?? 0), 0));
		rows.push(current);
	}
	return rows;
};

/** For one state, the share counted in each cycle: at its start, at its end, or the mean of the two. */
export const countedShares = (trajectory: Trajectory, state: number): readonly number[] => {
	const rows = occupancyOf(trajectory);
	return Array.from({ length: trajectory.cycles }, (_, cycle) => {
		const start = rows[cycle]?.[state] ?? 0;
		const end = rows[cycle + 1]?.[state] ?? 0;
		if (trajectory.counting === 'start') return start;
		return trajectory.counting === 'end' ? end : (start + end) / 2;
	});
};
