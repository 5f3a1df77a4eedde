/** Money that anyone owes, holds or pays is a whole number of euro cents in the safe range of a number (±90 million million euro). */

/**
 * Reads an amount in euro as people write it, as cents: "1250", "1250,5", "1.250,00", "1250.00", "€ 75,-", "1,250.00", "-12,50".
 * "1.250" is Dutch for 1250 euro. Null when it is no amount, or says two things ("1,250").
 */
export function parseCents(text: string): number | null {
	const plain = text
		.trim()
		.replace(/[−–]/g, '-')
		.replace(/^(-?)\s*(?:€|eur|euro)\s*/i, '$1')
		.replace(/\s*(?:€|eur|euro)$/i, '')
		.replace(/,-{1,2}$/, '');
	const whole = /^(-)?(\d{1,15}|\d{1,3}(?:[. ]\d{3})+)$/.exec(plain);
	const dutch = /^(-)?(\d{1,15}|\d{1,3}(?:[. ]\d{3})+),(\d{1,2})$/.exec(plain);
	const english = /^(-)?(\d{1,15}|\d{1,3}(?:,\d{3})+)\.(\d{1,2})$/.exec(plain);
	const match = whole ?? dutch ?? english;
	if (!match) return null;
	const cents = Number((match[2] ?? '').replace(/\D/g, '')) * 100 + Number((match[3] ?? '').padEnd(2, '0'));
	if (!Number.isSafeInteger(cents)) return null;
	return match[1] && cents !== 0 ? -cents : cents;
}

/** The sum of amounts in cents. Throws when an amount is not a whole number of cents or the sum leaves the safe range. */
export function addCents(...amounts: readonly number[]): number {
	let sum = 0;
	for (const amount of amounts) sum = assertCents(assertCents(amount) + sum);
	return sum;
}

/**
 * Splits an amount in proportion to weights, exactly: the parts sum to the whole. What is left after rounding down goes cent by cent to
 * the largest remainders, at equal remainders to the earlier part: 100.00 over three is 33.34, 33.33, 33.33.
 * Weights are whole numbers of zero or more, not all zero.
 */
export function splitCents(amount: number, weights: readonly number[]): number[] {
	assertCents(amount);
	for (const weight of weights)
		if (!Number.isSafeInteger(weight) || weight < 0) throw new RangeError(`a weight is a whole number of zero or more, not ${weight}`);
	const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
	if (total === 0n) throw new RangeError('an amount cannot be split over nothing');
	const size = BigInt(Math.abs(amount));
	const parts = weights.map((weight, index) => {
		const share = size * BigInt(weight);
		return { index, cents: share / total, remainder: share % total };
	});
	let left = size - parts.reduce((sum, part) => sum + part.cents, 0n);
	for (const part of parts.toSorted((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1))) {
		if (left === 0n) break;
		part.cents += 1n;
		left -= 1n;
	}
	return parts.map((part) => (amount < 0 && part.cents !== 0n ? -Number(part.cents) : Number(part.cents)));
}

/** Splits an amount in equal parts, the first parts a cent larger where it does not come out even. */
export const splitEvenly = (amount: number, parts: number): number[] => splitCents(amount, Array<number>(parts).fill(1));

function assertCents(amount: number): number {
	if (!Number.isSafeInteger(amount)) throw new RangeError(`not a whole number of cents in the safe range: ${amount}`);
	return amount;
}
