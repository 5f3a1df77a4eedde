import type pg from 'pg';
import type { Actor } from '#foundation/actor.ts';
import type { Connections } from '#foundation/database/connections.server.ts';

/** The roles that the product connects as while it runs; the owner makes and migrates. */
export const sqlRoles = ['app', 'jobs', 'identity'] as const;
export type SqlRole = (typeof sqlRoles)[number];

/** Settings `app.…` that the policies read, by their name after the dot. */
export type SqlContext = Readonly<Record<string, string>>;

/** The context in which the product would act for someone; `now` (ISO) is the clock that the policies read. */
export const contextOf = ({ networkId, personId, membershipId }: Actor, now?: string): SqlContext => ({
	network_id: networkId,
	person_id: personId,
	membership_id: membershipId,
	...(now === undefined ? {} : { now })
});

/** A connection for each role, to try statements on. */
export interface SqlRoles {
	/** Runs one statement in a transaction of its own, under a context, and rolls it back: rows touched or the SQLSTATE. */
	tried(role: SqlRole, context: SqlContext, sql: string, values?: unknown[]): Promise<number | string>;
	close(): Promise<void>;
}

/** Connects as each role; close it in `afterAll`, before the database is dropped. */
export async function openSqlRoles(connections: Connections): Promise<SqlRoles> {
	const clients = new Map<SqlRole, pg.Client>();
	for (const role of sqlRoles) clients.set(role, await connections.single(role));
	return {
		async tried(role, context, sql, values = []) {
			const client = clients.get(role);
			if (!client) throw new Error('Every role is connected.');
			await client.query('begin');
			try {
				for (const [name, value] of Object.entries(context)) await client.query('select set_config($1, $2, true)', [`app.${name}`, value]);
				const result = await client.query(sql, values);
				return result.rowCount ?? 0;
			} catch (error) {
				return (error as { code?: string }).code ?? 'no code';
			} finally {
				await client.query('rollback');
			}
		},
		async close() {
			for (const client of clients.values()) await client.end();
		}
	};
}
