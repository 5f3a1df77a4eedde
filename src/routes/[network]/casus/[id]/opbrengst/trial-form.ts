import type { FieldError, Outcome } from '#foundation/outcome.ts';
import { parseInput } from '#foundation/text/field-errors.ts';
import { readNumber } from '#foundation/text/number.ts';
import { movedBy, trialFields } from '#rooms/returns/assumptions/rules.ts';
import type { Trial } from '#rooms/returns/assumptions/rules.ts';
import { trialSchema } from '#rooms/returns/assumptions/schema.ts';
import type { CaseValueFacts } from '#rooms/returns/rules.ts';

/** What was typed to try, and what it comes to. Numbers stand in the address; nothing else does, and nothing is stored. */
export interface TypedTrial {
	readonly typed: Readonly<Record<string, string>>;
	/** The same as it stands in an address: `?kans=60`, or nothing. */
	readonly query: string;
	/** Null when nothing was moved, or when something cannot be read: then `fields` says what. */
	readonly trial: Trial | null;
	readonly fields: readonly FieldError[];
}

/** Reads the fields of the trial; what was left empty stays as it is. */
export function readTrial(get: (field: string) => string | null | undefined, facts: CaseValueFacts | null): TypedTrial {
	const typed: Record<string, string> = {};
	const input: Record<string, number | string> = {};
	for (const { field, name } of trialFields) {
		const text = get(field)?.trim().replace('%', '').slice(0, 10) ?? '';
		if (text === '') continue;
		typed[field] = text;
		input[name] = readNumber(text) ?? text;
	}
	const query = Object.keys(typed).length === 0 ? '' : `?${new URLSearchParams(typed).toString()}`;
	const parsed = parseInput(trialSchema, input) as Outcome<Trial>;
	if (!parsed.ok) return { typed, query, trial: null, fields: parsed.refusal.fields ?? [] };
	const moved = facts !== null && movedBy(facts, parsed.value).length > 0;
	return { typed, query: moved ? query : '', trial: moved ? parsed.value : null, fields: [] };
}
