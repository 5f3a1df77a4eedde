import { dayAt } from '#foundation/time/days.ts';

/** A line of the log, as far as who looked is told from it. */
export interface LogLine {
	readonly at: Date;
	readonly act: string;
	readonly result: string;
	readonly origin: string;
	readonly membershipId: string | null;
}

/** The same thing by the same someone on one day. */
export interface Looks<Line extends LogLine> {
	/** The newest of them. */
	readonly first: Line;
	readonly times: number;
}

/**
 * The lines of a log by day, newest first: what one person did more than once on a day stands there once, with how often. Pages that read
 * themselves again would else bury what matters.
 * @param lines newest first
 */
export function listDays<Line extends LogLine>(lines: readonly Line[]): { readonly day: string; readonly looks: readonly Looks<Line>[] }[] {
	const days = new Map<string, Map<string, { first: Line; times: number }>>();
	for (const line of lines) {
		const day = dayAt(line.at);
		const looks = days.get(day) ?? new Map<string, { first: Line; times: number }>();
		const key = JSON.stringify([line.membershipId, line.origin === 'resident', line.act, line.result]);
		const known = looks.get(key);
		if (known) known.times += 1;
		else looks.set(key, { first: line, times: 1 });
		days.set(day, looks);
	}
	return [...days].map(([day, looks]) => ({ day, looks: [...looks.values()] }));
}
