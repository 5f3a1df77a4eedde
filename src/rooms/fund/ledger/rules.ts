/** The accounts of the books. Above zero is debit: what there is or is owed to the pot; below zero credit: what the pot owes, or where it came from. */
export const accountKinds = [
	'cash',
	'reserved',
	'set_aside',
	'contributions_receivable',
	'contributions',
	'gifts',
	'advances_receivable',
	'members_payable',
	'claims_receivable',
	'recovered',
	'written_off'
] as const;
export type AccountKind = (typeof accountKinds)[number];

/** A line of a journal as it is read: cents, above zero debit. */
export interface PostingLine {
	readonly accountId: string;
	readonly amountCents: number;
}

/** Whether the lines of one journal say the same on both sides. */
export const isBalanced = (lines: readonly PostingLine[]): boolean =>
	lines.length >= 2 && lines.reduce((sum, line) => sum + BigInt(line.amountCents), 0n) === 0n;

/** The balance of every account, folded from postings in any order. */
export function foldBalances(lines: readonly PostingLine[]): Map<string, number> {
	const balances = new Map<string, number>();
	for (const line of lines) {
		const sum = (balances.get(line.accountId) ?? 0) + line.amountCents;
		if (!Number.isSafeInteger(sum)) throw new RangeError('a balance left the range of whole cents');
		balances.set(line.accountId, sum);
	}
	return balances;
}

/** What may still be promised: never less than nothing. */
export const freeCents = (source: { readonly cashCents: number; readonly reservedCents: number }): number =>
	source.cashCents - source.reservedCents;

/** What the nightly check counted; everything zero but the journals is sound. */
export interface LedgerCheck {
	readonly at: Date;
	readonly journals: number;
	/** Journals whose lines do not sum to zero, or that have fewer than two. */
	readonly unbalanced: number;
	/** Places where less lies than was promised. */
	readonly uncovered: number;
	/** Balances that differ from their postings. */
	readonly astray: number;
}
export const isSound = (check: LedgerCheck): boolean => check.unbalanced === 0 && check.uncovered === 0 && check.astray === 0;

/** Whether someone may be one of the four eyes on the pot. */
export const keepsPot = (actor: { readonly roles: readonly string[] }): boolean =>
	['treasurer', 'secretariat', 'governor'].some((role) => actor.roles.includes(role));

/** Kinds of journal that the treasurer may propose to take back; what else there is, is undone by an act of its own. */
export const mayTakeBack = (kind: string): boolean =>
	['contribution_invoiced', 'contribution_received', 'team_funded', 'claim_paid', 'payment_card', 'payment_transfer'].includes(kind);

/** From what a journal was booked, and where that is shown. */
export interface JournalOrigin {
	readonly of: 'payment' | 'request' | 'claim' | 'contribution' | 'funding' | 'journal';
	/** Below the address of the network. */
	readonly path: string;
}

/** Where a journal came from, by what is known of it; null when there is nothing to lead to. */
export function originOf(row: {
	readonly reverses: string | null;
	readonly requestId: string | null;
	readonly paymentId: string | null;
	readonly claimId: string | null;
	readonly contributionId: string | null;
	readonly fundingId: string | null;
}): JournalOrigin | null {
	const { reverses, requestId, paymentId, claimId, contributionId, fundingId } = row;
	if (reverses !== null) return { of: 'journal', path: `/pot?boeking=${reverses}#boeking-${reverses}` };
	if (requestId !== null && paymentId !== null) return { of: 'payment', path: `/pot/aanvraag/${requestId}#betaling-${paymentId}` };
	if (requestId !== null) return { of: 'request', path: `/pot/aanvraag/${requestId}` };
	if (claimId !== null) return { of: 'claim', path: `/pot/terugbetalen#${claimId}` };
	if (contributionId !== null) return { of: 'contribution', path: `/pot/bijdragen#${contributionId}` };
	return fundingId === null ? null : { of: 'funding', path: '/pot/teams' };
}
