import pg from 'pg';
import { GatheringSocket } from './gathering-socket.server.ts';
import { primaryUrl, splitHosts } from './primary.server.ts';
import type { DatabaseUrls } from './urls.ts';

/** The open connections of one process. Each pool is one role; a job never borrows the application's. */
export interface Connections {
	readonly app: pg.Pool;
	readonly jobs: pg.Pool;
	/**
	 * The jobs' role, for what stands in the queue and nothing else: a commit here does not wait for the disk. When the machine dies, what was handed over
	 * in the last second is handed over again, and what was done in it is done again, as when it had died a moment sooner.
	 */
	readonly queue: pg.Pool;
	readonly identity: pg.Pool;
	/** One new connection as owner, for migrating, exporting and verifying. The caller ends it. */
	owner(): Promise<pg.Client>;
	/** One new connection as `role` outside the pools, e.g. to LISTEN on. The caller ends it. */
	single(role: 'app' | 'jobs' | 'identity'): Promise<pg.Client>;
	end(): Promise<void>;
}

export interface ConnectionsWish {
	/** Most connections at once of the application's pool; the others get half of it. Default 10. */
	readonly max?: number;
	/** Milliseconds that one waits at most for a connection: for a free one of a pool, or for the server. Default 10 s. */
	readonly patience?: number;
	/** Told when an idle connection breaks (the server stopped). The pool makes a new one by itself. */
	readonly onBroken?: (error: Error) => void;
}

const int8 = 20;
const date = 1082;
const timestamptz = 1184;
const int8Array = 1016;
const dateArray = 1182;
const textArray: number = 1009;

/** PostgreSQL counts in 64 bits, JavaScript exactly up to 2^53: beyond that we stop rather than be a little wrong. */
export const exactNumber = (text: string): number => {
	const value = Number(text);
	if (!Number.isSafeInteger(value)) throw new RangeError(`A number from the database is too large to count with exactly: ${text}`);
	return value;
};

const instant = (text: string): Date => {
	const value: unknown = pg.types.getTypeParser(timestamptz)(text);
	if (!(value instanceof Date) || Number.isNaN(value.getTime()))
		throw new RangeError(`A moment from the database has no place in the calendar: ${text}`);
	return value;
};

/** Reads an array, of more dimensions too; null stays null. */
const eachOf = (text: string, parse: (entry: string) => unknown): unknown => {
	const inside = (entry: unknown): unknown => (Array.isArray(entry) ? entry.map(inside) : typeof entry === 'string' ? parse(entry) : entry);
	return inside(pg.types.getTypeParser(textArray)(text));
};

const parsers: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
	[int8, exactNumber],
	[int8Array, (text) => eachOf(text, exactNumber)],
	// A day is a day wherever it is read: 'YYYY-MM-DD', never a moment in some zone.
	[date, (text) => text],
	[dateArray, (text) => eachOf(text, (day) => day)],
	[timestamptz, instant]
]);

/** How what PostgreSQL says becomes a value: bigint a safe number, date 'YYYY-MM-DD', timestamptz a Date, numeric a string. */
export const valueTypes: pg.CustomTypesConfig = {
	getTypeParser: (oid: number, format?: 'text' | 'binary'): ((text: string) => unknown) => {
		const own = format === 'binary' ? undefined : parsers.get(oid);
		const known: (text: string) => unknown = pg.types.getTypeParser(oid, format === 'binary' ? 'binary' : 'text');
		return own ?? known;
	}
};

interface PoolWish {
	readonly name: string;
	readonly max: number;
	/** Milliseconds that one statement may take. */
	readonly statement: number;
	/** Milliseconds to wait for a connection. */
	readonly patience: number;
	/** Whether a commit waits until it is on disk. Default true. */
	readonly durable?: boolean;
}

const clientConfig = (url: string, wish: Omit<PoolWish, 'max'>): pg.ClientConfig => ({
	connectionString: url,
	application_name: `loopplank ${wish.name}`,
	statement_timeout: wish.statement,
	lock_timeout: Math.min(wish.statement, 10_000),
	idle_in_transaction_session_timeout: 60_000,
	connectionTimeoutMillis: wish.patience,
	keepAlive: true,
	stream: () => new GatheringSocket(),
	...(wish.durable === false ? { options: '-c synchronous_commit=off' } : {}),
	types: valueTypes
});

const openPool = (url: string, wish: PoolWish, onBroken: (error: Error) => void): pg.Pool => {
	const config = clientConfig(url, wish);
	// What is asked before the last answer has come is sent at once: see the door.
	const limits: pg.PoolConfig = { max: wish.max, idleTimeoutMillis: 30_000, allowExitOnIdle: true, pipeline: true };
	const pool = new pg.Pool({ ...limits, ...(splitHosts(url).length === 1 ? config : walking(url, config)) });
	// Without a listener Node ends the process when the server stops.
	pool.on('error', onBroken);
	// So too for a connection in use, between two queries: who uses it hears of it at the next query, which fails.
	pool.on('connect', (client) => client.on('error', () => undefined));
	return pool;
};

/** A pool over several hosts: each new connection goes to the host that takes writing at that moment. */
const walking = (url: string, config: pg.ClientConfig): pg.PoolConfig => {
	let last: string | undefined;
	class WalkingClient extends pg.Client {
		constructor() {
			super({ ...config, connectionString: splitHosts(url)[0] });
		}
		// `pg` fixes the host when a client is made, but which host leads is known only after asking.
		async #lead(): Promise<void> {
			last = await primaryUrl(url, last);
			const { host, port } = new pg.Client({ connectionString: last });
			Object.assign(this, { host, port });
		}
		override connect(): Promise<pg.Client>;
		override connect(callback: (error: Error) => void): void;
		override connect(callback?: (error: Error) => void): Promise<pg.Client> | void {
			if (callback === undefined) return this.#lead().then(() => super.connect());
			this.#lead().then(() => super.connect(callback), callback);
		}
	}
	return { Client: WalkingClient };
};

/** Opens the pools of one process. Nothing is asked of the server until the first query. */
export const openConnections = (urls: DatabaseUrls, wish: ConnectionsWish = {}): Connections => {
	const max = wish.max ?? 10;
	const half = Math.max(2, Math.ceil(max / 2));
	const patience = wish.patience ?? 10_000;
	const onBroken = wish.onBroken ?? (() => undefined);
	const wishes = {
		app: { name: 'app', max, statement: 15_000, patience },
		jobs: { name: 'jobs', max: half, statement: 120_000, patience },
		queue: { name: 'queue', max: half, statement: 120_000, patience, durable: false },
		identity: { name: 'identity', max: half, statement: 5_000, patience },
		owner: { name: 'owner', max: 1, statement: 0, patience }
	} as const;
	const pools = {
		app: openPool(urls.app, wishes.app, onBroken),
		jobs: openPool(urls.jobs, wishes.jobs, onBroken),
		queue: openPool(urls.jobs, wishes.queue, onBroken),
		identity: openPool(urls.identity, wishes.identity, onBroken)
	};
	const single = async (role: Exclude<keyof typeof wishes, 'queue'>): Promise<pg.Client> => {
		const client = new pg.Client(clientConfig(await primaryUrl(urls[role]), { ...wishes[role], statement: 0 }));
		client.on('error', onBroken);
		await client.connect();
		return client;
	};
	let ending: Promise<void> | undefined;
	const end = async (): Promise<void> => {
		await Promise.all(Object.values(pools).map((pool) => pool.end()));
	};
	return { ...pools, owner: () => single('owner'), single, end: () => (ending ??= end()) };
};
