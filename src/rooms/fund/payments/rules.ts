import { isIban } from '#foundation/text/personal-data.ts';

/** Three ways to pay, in kind to a supplier (D5): with the card of a team, by transfer, or advanced by a member and claimed back. */
export const ways = ['card', 'transfer', 'member'] as const;
export type Way = (typeof ways)[number];

/** A bank account without blanks, in capitals, or null when its check digits do not agree (ISO 13616). */
export function readIban(typed: string): string | null {
	const plain = typed.replace(/[\s.-]/g, '').toUpperCase();
	return isIban(plain) ? plain : null;
}

/** In fours, as people read it. */
export const showIban = (iban: string): string => iban.replace(/(.{4})(?=.)/g, '$1 ');

/** A Dutch postcode as `1234AB`, or null. */
export function readPostcode(typed: string): string | null {
	const plain = typed.replace(/\s/g, '').toUpperCase();
	return /^[1-9]\d{3}[A-Z]{2}$/.test(plain) ? plain : null;
}

/** A house number with its addition, as one writes it in many ways: `12 a`, `12-A`, `012A`. Null when it does not begin with a number. */
export function readHouseNumber(typed: string): string | null {
	const plain = typed
		.replace(/[\s\-/.]/g, '')
		.toUpperCase()
		.replace(/^0+(?=\d)/, '');
	return /^\d{1,5}[A-Z0-9]{0,6}$/.test(plain) ? plain : null;
}

/** What a household is known by, only to be hashed at once: the same however it was typed. */
export const householdText = (household: { readonly postcode: string; readonly houseNumber: string; readonly birthDate: string }): string =>
	JSON.stringify([household.postcode, household.houseNumber, household.birthDate]);

export type PaymentState = 'waits' | 'ready' | 'paid' | 'withdrawn' | 'reversed';

/** Folds what happened with a payment: it waits, is ready in the bank (ticked by one), left the pot, or did not. */
export function foldPayment(events: readonly ('paid' | 'withdrawn' | 'reversed')[], hands: number): PaymentState {
	if (events.includes('reversed')) return 'reversed';
	if (events.includes('withdrawn')) return 'withdrawn';
	if (events.includes('paid')) return 'paid';
	return hands > 0 ? 'ready' : 'waits';
}

/** Whether a receipt may still come with a payment: as long as it stands. */
export const mayGetReceipt = (state: PaymentState): boolean => state !== 'withdrawn' && state !== 'reversed';
/** The most receipts of one payment. */
export const mostReceipts = 10;

/** Days after a payment in which its bank account is kept, for questions of the bank. */
export const payeeDays = 90;

/** Who is paid; it is kept sealed, and only until `payeeDays` after. */
export interface Payee {
	readonly name: string;
	readonly iban: string | null;
	/** The supplier's own reference. */
	readonly reference: string | null;
	/** Why it goes to the resident's own account. */
	readonly because: string | null;
	/** Which line of the household's sum it is, should it be taken back. */
	readonly householdId: string;
}

/** That money for a request left the pot, or was taken back in the books. */
export interface PaymentHappening {
	readonly kind: 'money_paid' | 'money_reversed';
	readonly at: Date;
	readonly requestId: string;
	readonly membershipId: string;
	readonly amountCents: number;
	readonly way: Way;
}
