/** One board: an agreement of a case. `laid`: kept and confirmed. `agreed`: agreed, not laid yet. */
export interface Board {
	/** What was agreed, in a few words: "huurschuld betaald". */
	readonly label: string;
	readonly state: 'laid' | 'agreed';
	/** Where the agreement stands, e.g. `#` and its id in the timeline. */
	readonly href?: string;
}

/** Up to this many boards have their names in one row; above it they alternate above and below the plank. */
export const boardsInOneRow = 6;

/**
 * How many boards' breadth of open water to draw between the last board and the ship. A plank reaches the ship only when the goal is reached:
 * one kept agreement is not yet a way across. None while nothing is agreed: a sentence stands there.
 */
export function openBoards(boards: number, arrived: boolean): number {
	if (arrived || boards === 0) return 0;
	return Math.max(1, 4 - boards);
}
