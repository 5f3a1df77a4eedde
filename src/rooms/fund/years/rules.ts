/** Accounts whose balance goes on into the next year; the others say what came in and went out in the year itself. */
const standing: ReadonlySet<string> = new Set([
	...['cash', 'reserved', 'set_aside', 'contributions_receivable', 'advances_receivable', 'members_payable', 'claims_receivable']
]);
export const goesOn = (account: string): boolean => standing.has(account);

/** One account over a year, in cents; above zero debit. */
export interface YearLine {
	readonly account: string;
	readonly team: string | null;
	readonly organisation: string | null;
	/** At the beginning; zero for an account that does not go on. */
	readonly openingCents: number;
	readonly debitCents: number;
	readonly creditCents: number;
}
export const closingCents = (line: YearLine): number => line.openingCents + line.debitCents - line.creditCents;

/** What is wrong with the figures of a year: debit and credit differ, in cents. Zero is sound. */
export const differenceCents = (lines: readonly YearLine[]): number =>
	lines.reduce((sum, line) => sum + line.debitCents - line.creditCents, 0);

/** Whether a year can be closed now: it is over, it is open, and no year before it is open. */
export function mayClose(year: number, thisYear: number, years: readonly { readonly year: number; readonly closed: boolean }[]): boolean {
	return year < thisYear && years.some((one) => one.year === year && !one.closed) && !years.some((one) => one.year < year && !one.closed);
}
