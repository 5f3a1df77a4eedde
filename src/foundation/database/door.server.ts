import { CamelCasePlugin, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import type { Actor } from '../actor.ts';
import type { DB } from './generated.ts';
import { isStale, openStatements } from './statements.server.ts';

/** A transaction that was opened for someone: the only thing that hands out queries to the rooms. */
export type Tx = Kysely<DB>;

/**
 * Sends a writing whose answer nobody needs, in order with what was sent before, and does not wait for it. When it fails, nothing of the
 * transaction stays and opening the door throws what it failed on.
 */
export type Send = (writing: CompiledQuery) => void;

/**
 * The one door to the data. Every transaction carries its context (network, person, membership, moment) from its first message on, and
 * row-level security stands behind it: a transaction without context sees no rows.
 */
export interface Door {
	/** Opens a transaction as the application role for an actor at a moment, and commits it when `work` returns. */
	actor<T>(actor: Actor, now: Date, work: (tx: Tx, send: Send) => Promise<T>): Promise<T>;
	/** Opens a transaction as the jobs role in one network. */
	job<T>(networkId: string, now: Date, work: (tx: Tx, send: Send) => Promise<T>): Promise<T>;
	/** Opens a transaction as the application role for nobody yet, to look up a private link of one network: no row of anyone is seen. */
	link<T>(networkId: string, now: Date, work: (tx: Tx, send: Send) => Promise<T>): Promise<T>;
	/** Opens a transaction as the application role for whoever reads what a network tells everyone: of its tables, its name and its organisations only. */
	visitor<T>(networkId: string, now: Date, work: (tx: Tx) => Promise<T>): Promise<T>;
	/** All networks of this installation: address word and id. */
	listNetworks(): Promise<{ slug: string; networkId: string }[]>;
	/** The network behind the word in an address, or null. */
	findNetwork(slug: string): Promise<{ networkId: string; name: string } | null>;
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A context value becomes part of a message, so it is a UUID or it is nothing. */
const uuidLiteral = (value: string): string => {
	if (!uuidPattern.test(value)) throw new Error('A context id must be a lower-case UUID.');
	return `'${value}'`;
};

const beginning = (context: Readonly<Record<string, string>>, now: Date): string =>
	[
		'BEGIN',
		...Object.entries(context).map(([name, id]) => `SET LOCAL app.${name} = ${uuidLiteral(id)}`),
		`SET LOCAL app.now = '${now.toISOString()}'`
	].join('; ');

/** A Kysely driver over the one client that already stands in a transaction. */
class OpenTransactionDriver implements Driver {
	readonly #connection: DatabaseConnection;
	constructor(client: PoolClient, prepared: Prepared) {
		this.#connection = {
			async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
				const result = await client.query(prepared(query));
				return { rows: result.rows as R[], ...(result.rowCount === null ? {} : { numAffectedRows: BigInt(result.rowCount) }) };
			},
			streamQuery() {
				throw new Error('Streams are read outside the door, by exports.');
			}
		};
	}
	async init(): Promise<void> {}
	async acquireConnection(): Promise<DatabaseConnection> {
		return this.#connection;
	}
	async beginTransaction(): Promise<void> {
		throw new Error('The door has opened the transaction already.');
	}
	async commitTransaction(): Promise<void> {
		throw new Error('The door commits.');
	}
	async rollbackTransaction(): Promise<void> {
		throw new Error('The door rolls back.');
	}
	async releaseConnection(): Promise<void> {}
	async destroy(): Promise<void> {}
}

const adapter = new PostgresAdapter();
const queryCompiler = new PostgresQueryCompiler();
const plugins = [new CamelCasePlugin({ maintainNestedObjectKeys: true })];

type Prepared = ReturnType<typeof openStatements>;

const openTx = (client: PoolClient, prepared: Prepared): Tx =>
	new Kysely<DB>({
		dialect: {
			createAdapter: () => adapter,
			createDriver: () => new OpenTransactionDriver(client, prepared),
			createIntrospector: (db) => new PostgresIntrospector(db),
			createQueryCompiler: () => queryCompiler
		},
		plugins
	});

/**
 * The beginning, what is sent without waiting, and the commit wait for no answer of their own (the pools are pipelined): PostgreSQL takes them in
 * order, and after one that failed it takes nothing more, not even the commit.
 */
async function transaction<T>(pool: Pool, prepared: Prepared, begin: string, work: (tx: Tx, send: Send) => Promise<T>): Promise<T> {
	const client = await pool.connect();
	const sent: Promise<unknown>[] = [];
	const sendOff = (answer: Promise<unknown>): void => {
		answer.catch(() => undefined); // heard below
		sent.push(answer);
	};
	let broken: Error | undefined;
	try {
		sendOff(client.query(begin));
		const result = await work(openTx(client, prepared), (writing) => sendOff(client.query(prepared(writing))));
		const commit = client.query('COMMIT');
		const [first, ...others] = await Promise.allSettled([...sent, commit]);
		for (const answer of [first, ...others]) if (answer?.status === 'rejected') throw answer.reason;
		if ((await commit).command !== 'COMMIT') throw new Error('The transaction had failed before, and was not told.');
		return result;
	} catch (error) {
		try {
			await client.query('ROLLBACK');
		} catch (rollbackError) {
			// The connection is lost: the server rolls back by itself, and the pool must not hand this client out again.
			broken = rollbackError instanceof Error ? rollbackError : new Error(String(rollbackError));
		}
		// What failed first says why; all that came behind it only says that it came too late.
		const cause = await firstFailure(sent);
		if (isStale(cause ?? error)) broken ??= new Error('A statement was prepared before the tables changed.');
		throw cause ?? error;
	} finally {
		client.release(broken);
	}
}

const firstFailure = async (answers: readonly Promise<unknown>[]): Promise<unknown> =>
	(await Promise.allSettled(answers)).find((answer) => answer.status === 'rejected')?.reason;

/** Opens the door over the pools of the application and the jobs role. */
export function openDoor(pools: { readonly app: Pool; readonly jobs: Pool }): Door {
	const prepared = openStatements();
	return {
		actor: (actor, now, work) =>
			transaction(
				pools.app,
				prepared,
				beginning({ network_id: actor.networkId, person_id: actor.personId, membership_id: actor.membershipId }, now),
				work
			),
		job: (networkId, now, work) => transaction(pools.jobs, prepared, beginning({ network_id: networkId }, now), work),
		link: (networkId, now, work) => transaction(pools.app, prepared, beginning({ network_id: networkId }, now), work),
		visitor: (networkId, now, work) => transaction(pools.app, prepared, beginning({ network_id: networkId }, now), work),
		async listNetworks() {
			const { rows } = await pools.jobs.query<{ slug: string; network_id: string }>(
				'select slug, network_id from app.network_directory order by slug'
			);
			return rows.map((row) => ({ slug: row.slug, networkId: row.network_id }));
		},
		async findNetwork(slug) {
			// The database takes no zero byte, also not to look for one.
			if (slug.includes('\0')) return null;
			const { rows } = await pools.app.query<{ network_id: string }>('select network_id from app.network_directory where slug = $1', [
				slug
			]);
			const found = rows[0];
			if (!found) return null;
			return transaction(pools.app, prepared, beginning({ network_id: found.network_id }, new Date(0)), async (tx) => {
				const network = await tx.selectFrom('network').select(['networkId', 'name']).executeTakeFirstOrThrow();
				return { networkId: network.networkId, name: network.name };
			});
		}
	};
}
