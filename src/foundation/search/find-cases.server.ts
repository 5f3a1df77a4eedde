import { sql } from 'kysely';
import type { Tx } from '../database/door.server.ts';
import { queryWords } from './search-words.ts';

export interface FoundCase {
	readonly caseId: string;
	/** Higher is better; compares within one search only. */
	readonly rank: number;
}

/** Most cases that one search answers. */
const mostCases = 200;

/**
 * The cases of the actor in which every word of the query occurs, in its name or in what was written, best first. A word occurs when it (or its Dutch stem) begins a word, or
 * is close to one; only where nobody's words come close to it a typing mistake is forgiven. Any text may come in; row-level security
 * leaves only the cases at whose table the actor sits, so the search reads no more than those.
 */
export async function findCases(tx: Tx, query: string): Promise<readonly FoundCase[]> {
	const words = queryWords(query);
	if (words.length === 0) return [];
	// 2 and more: found as written or by stem; 1 and more: close (ends of words, parts of compounds); below: perhaps mistyped.
	const found = await sql<{ case_id: string; rank: number }>`
		with asked as (
			select a.word, to_tsquery('dutch', '''' || a.word || ''':*') as query, length(a.word) > 3 as forgiving
			from unnest(${words}::text[]) a(word)
		), texts as (
			select d.case_id, d.folded, d.terms from search_document d
			union all select c.case_id, lower(c.pseudonym), to_tsvector('dutch', c.pseudonym) from case_record c
		), parts as materialized (
			select d.case_id, d.folded, a.word, a.forgiving, d.terms @@ a.query as begins, word_similarity(a.word, d.folded) as part
			from texts d cross join asked a
		), compared as materialized (
			-- Comparing whole words costs twenty times as much and never gives more than comparing parts: only where it can decide.
			select p.case_id, p.word, p.forgiving, p.begins, p.part,
				case when p.begins or p.part < 0.5 or (p.forgiving and p.part >= 0.65) then 0 else strict_word_similarity(p.word, p.folded) end as whole
			from parts p
		), scored as (
			select c.case_id, c.word, c.forgiving,
				max(case when c.begins then 2 else case when c.whole >= 0.5 or (c.forgiving and c.part >= 0.65) then 1 else 0 end end + c.part) as score
			from compared c group by c.case_id, c.word, c.forgiving
		), bars as (
			select s.word, case when bool_or(s.score >= 1) or not s.forgiving then 1 else 0.3 end as bar
			from scored s group by s.word, s.forgiving
		)
		select s.case_id, sum(s.score)::float8 as rank
		from scored s join bars b on b.word = s.word and s.score >= b.bar
		group by s.case_id having count(*) = ${words.length}
		order by rank desc, s.case_id
		limit ${mostCases}`.execute(tx.withoutPlugins());
	return found.rows.map((row) => ({ caseId: row.case_id, rank: row.rank }));
}

/** False while the index of the network is being filled again: a search may then miss words. */
export async function searchIsComplete(tx: Tx, networkId: string): Promise<boolean> {
	const found = await sql`select from search_filling where network_id = ${networkId} and filled_at is not null`.execute(tx);
	return found.rows.length > 0;
}
