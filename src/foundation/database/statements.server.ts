import { createHash } from 'node:crypto';
import type { CompiledQuery } from 'kysely';
import type { QueryConfig } from 'pg';

/** So many different statements are prepared at most, on each connection; the others are planned each time. */
const most = 600;
/** How often a statement must have come by: what comes once is not worth keeping. */
const often = 3;
/** So many different texts are counted at most, before counting begins anew. */
const counted = 5_000;

/**
 * Says how a compiled query is asked by `pg`. What comes by often is prepared under a name: PostgreSQL then parses it, and weaves in the policies of
 * row-level security, once for each connection and not each time; for whom it runs is looked at each time.
 */
export function openStatements(): (query: CompiledQuery) => QueryConfig {
	const times = new Map<string, number>();
	const names = new Map<string, string>();
	/** The name under which a statement is prepared, made of its text and so the same on every connection; undefined: it is not (yet). */
	const nameOf = (text: string): string | undefined => {
		const known = names.get(text);
		if (known !== undefined || names.size >= most) return known;
		const count = (times.get(text) ?? 0) + 1;
		if (count < often) {
			if (times.size >= counted) times.clear();
			times.set(text, count);
			return undefined;
		}
		times.delete(text);
		const name = `loopplank_${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`;
		names.set(text, name);
		return name;
	};
	return (query) => {
		const name = nameOf(query.sql);
		return { text: query.sql, values: [...query.parameters], ...(name === undefined ? {} : { name }) };
	};
}

/** Whether a prepared statement no longer fits the tables, which changed beneath it: its connection is of no more use. */
export const isStale = (error: unknown): boolean =>
	error instanceof Error && 'code' in error && error.code === '0A000' && error.message.includes('cached plan');
