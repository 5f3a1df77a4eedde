import { sql } from 'kysely';
import type { CompiledQuery } from 'kysely';
import type { Tx } from '../database/door.server.ts';
import { searchableText } from './search-words.ts';

export interface WordsToIndex {
	readonly networkId: string;
	readonly caseId: string;
	readonly wordsId: string;
	readonly text: string;
}

/** What puts words in the search index, for the transaction in which they are written. */
export function indexing(tx: Tx, words: WordsToIndex): CompiledQuery {
	const { text, folded } = searchableText(words.text);
	return sql`insert into search_document (network_id, case_id, words_id, terms, folded)
		values (${words.networkId}, ${words.caseId}, ${words.wordsId}, to_tsvector('dutch', ${text}), ${folded})`.compile(tx);
}

/** Puts words in the index, for filling the index again: words that are there already stay. True when they were not. */
export async function indexMissingWords(tx: Tx, words: WordsToIndex): Promise<boolean> {
	const { text, folded } = searchableText(words.text);
	const inserted = await sql`insert into search_document (network_id, case_id, words_id, terms, folded)
		values (${words.networkId}, ${words.caseId}, ${words.wordsId}, to_tsvector('dutch', ${text}), ${folded})
		on conflict do nothing`.execute(tx);
	return inserted.numAffectedRows === 1n;
}

/** Takes all words of a case out of the index, as a job: for when the key of the case is destroyed. Answers how many texts. */
export async function forgetWords(tx: Tx, about: { readonly networkId: string; readonly caseId: string }): Promise<number> {
	const removed = await sql`delete from search_document where network_id = ${about.networkId} and case_id = ${about.caseId}`.execute(tx);
	return Number(removed.numAffectedRows ?? 0n);
}
