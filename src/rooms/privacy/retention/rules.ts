import { clearedTables } from './clearing/rules.ts';
import type { MessageKey } from '#foundation/text/text.ts';

/** Tables from which the daily work removes what was kept long enough. The others have a term, and nothing that keeps it yet. */
export const clearedByItself: ReadonlySet<string> = new Set([
	...[
		'payee',
		'household_use',
		'membership_proposal_address',
		'command_key',
		'outbox',
		'identity.outbox',
		'identity.rate_limit',
		'identity.passkey_challenge'
	],
	...['identity.one_time_link', 'identity.session', 'identity.api_token', 'identity.event', 'search_filling'],
	...clearedTables
]);

/** The sentence of a term as the comment of a table has it, in English: its key is made from its words. */
export const termKey = (term: string): MessageKey =>
	`kept_term.${term
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '_')
		.replace(/^_|_$/g, '')
		.slice(0, 44)
		.replace(/_$/, '')}` as MessageKey;

/** What the comment of a table says of how long it is kept: "… retention: 2 years." is "2 years". Null: it says nothing. */
export const termOf = (comment: string | null): string | null => /retention: (\S[^\n]*?)\.?$/.exec(comment ?? '')?.[1] ?? null;

/** Whether a term only says that something is kept with what it belongs to, in the same kind: "with the journal". A case is a kind of its own. */
export const isWithItsOwn = (term: string): boolean => /^with the (?!case|key)/.test(term);
