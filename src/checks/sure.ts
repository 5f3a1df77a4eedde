import type { Outcome } from '#foundation/outcome.ts';

/** The value of an act that a test needs done. */
export function sure<T>(outcome: Outcome<T>): T {
	if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.refusal)}`);
	return outcome.value;
}
