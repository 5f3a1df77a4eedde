import { addDays, addMonths } from '#foundation/time/days.ts';
import type { Day } from '#foundation/time/days.ts';

/** What each side says of the other, from 1 (not at all) to 5 (wholly), in the order in which it is asked. */
export const trustQuestions = ['keeps_word', 'warns', 'solves', 'minds_us', 'is_open'] as const;
export type TrustQuestion = (typeof trustQuestions)[number];

export const lowest = 1;
export const highest = 5;

/** The first day of the quarter that a day is in. */
export function quarterOf(day: Day): Day {
	const month = Number(day.slice(5, 7));
	return `${day.slice(0, 4)}-${String(month - ((month - 1) % 3)).padStart(2, '0')}-01`;
}

/** The last day of a quarter: until then a round can be answered. */
export const lastDayOf = (quarter: Day): Day => addDays(addMonths(quarter, 3), -1);

/** How a quarter is called: its number and its year. */
export const namedQuarter = (quarter: Day): { readonly number: number; readonly year: string } => ({
	number: (Number(quarter.slice(5, 7)) + 2) / 3,
	year: quarter.slice(0, 4)
});

/** What one side answered. */
export interface TrustAnswer {
	readonly seatId: string;
	readonly scores: readonly number[];
	readonly at: Date;
}

/** One question as both answered it: what I said of the other, what the other said of me, and how far that is apart. */
export interface TrustLine {
	readonly question: TrustQuestion;
	readonly mine: number;
	readonly theirs: number;
	readonly gap: number;
}

/** What two sides see together, and nobody else. */
export interface TrustTold {
	/** The mean of all ten answers, to a tenth. */
	readonly level: number;
	/** The greatest distance in one question. */
	readonly gap: number;
	readonly lines: readonly TrustLine[];
	/** Since when both stand. */
	readonly wholeAt: Date;
}

/** From this distance on the two see it differently: a talk to have, and no score. */
const apart = 2;

/** The questions about which the two say something else, the greatest distance first. */
export const seenDifferently = ({ lines }: TrustTold): TrustLine[] =>
	lines.filter(({ gap }) => gap >= apart).toSorted((a, b) => b.gap - a.gap);

/** What one side sees of the answers in a round: of its own only that they stand, and everything once the other side's stand as well. */
export function toldTo(mySeat: string, answers: readonly TrustAnswer[]): { readonly answered: boolean; readonly told: TrustTold | null } {
	const mine = answers.find(({ seatId }) => seatId === mySeat);
	const theirs = answers.find(({ seatId }) => seatId !== mySeat);
	if (!mine || !theirs) return { answered: mine !== undefined, told: null };
	const lines = trustQuestions.map((question, index) => {
		const [a, b] = [mine.scores[index] ?? 0, theirs.scores[index] ?? 0];
		return { question, mine: a, theirs: b, gap: Math.abs(a - b) };
	});
	const sum = lines.reduce((total, line) => total + line.mine + line.theirs, 0);
	return {
		answered: true,
		told: {
			level: Math.round((sum * 10) / (2 * lines.length)) / 10,
			gap: Math.max(...lines.map(({ gap }) => gap)),
			lines,
			wholeAt: mine.at > theirs.at ? mine.at : theirs.at
		}
	};
}

/** An agreement at the table of a pair, as far as a round asks after it. */
export interface Promised {
	readonly agreementId: string;
	readonly personId: string;
	readonly at: Date;
	readonly state: string;
}

/**
 * What each of the two does for the other because of a round: the first that each agreed after it was whole and before the next one was opened. What was
 * refused by who decides is none. A round is done when both stand.
 */
export function thingsOf<A extends Promised>(
	round: { readonly wholeAt: Date; readonly nextAt: Date | null },
	agreements: readonly A[],
	[me, other]: readonly [string, string]
): { readonly mine: A | null; readonly theirs: A | null; readonly done: boolean } {
	const within = agreements
		.filter(({ at, state }) => state !== 'refused' && at >= round.wholeAt && (round.nextAt === null || at < round.nextAt))
		.toSorted((a, b) => a.at.getTime() - b.at.getTime());
	const first = (personId: string): A | null => within.find((agreement) => agreement.personId === personId) ?? null;
	const [mine, theirs] = [first(me), first(other)];
	return { mine, theirs, done: mine !== null && theirs !== null };
}

/** Where a round stands, to one side of it. `waits`: for the other side, as far as one may know. */
export const roundStates = ['to_answer', 'waits', 'to_promise', 'other_promises', 'done', 'lapsed'] as const;
export type RoundState = (typeof roundStates)[number];

/** Where a round stands. With its quarter a round lapses that is not whole, and with the next round what was not promised for each other. */
export function roundState(
	round: { readonly quarter: Day; readonly answered: boolean; readonly told: TrustTold | null; readonly nextAt: Date | null },
	things: { readonly mine: unknown; readonly theirs: unknown },
	today: Day
): RoundState {
	if (round.told) {
		if (things.mine !== null && things.theirs !== null) return 'done';
		if (round.nextAt !== null) return 'lapsed';
		return things.mine === null ? 'to_promise' : 'other_promises';
	}
	if (quarterOf(today) !== round.quarter) return 'lapsed';
	return round.answered ? 'waits' : 'to_answer';
}

/** The answers of a form, in the order of the questions; nothing where nothing was chosen. */
export const scoresOf = (fields: Readonly<Record<string, string>>): (number | undefined)[] =>
	trustQuestions.map((_, index) => {
		const chosen = fields[`scores.${index}`];
		return chosen === undefined ? undefined : Number(chosen);
	});

/** What one can choose: from not at all to wholly. */
export const scoreWords = ['1', '2', '3', '4', '5'] as const;
