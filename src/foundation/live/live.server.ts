import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { failureCode } from '../jobs/job.ts';
import { tellLog } from '../jobs/tell.ts';
import type { Tell } from '../jobs/tell.ts';
import { changedChannel } from './changed.server.ts';

/** Streams that one session may have open in a process: a browser opens one for each page it shows. */
export const streamsOfSession = 8;

export interface StreamWish {
	readonly networkId: string;
	readonly sessionId: string;
	/**
	 * The ids of which a change is told, read anew under the rights of who listens: when the stream opens, before anything is told, and at
	 * each heartbeat. Null: they may listen no longer, and the stream ends.
	 */
	readonly topics: () => Promise<readonly string[] | null>;
}

/** Tells open pages that something changed, and nothing of what. */
export interface Live {
	/** A stream of server-sent events, or why there is none. */
	stream(wish: StreamWish): Promise<{ ok: true; body: ReadableStream<Uint8Array> } | { ok: false; why: 'not_found' | 'too_many' }>;
	/** Ends all streams and the connection they listen on. May be called twice. */
	close(): Promise<void>;
}

export interface LiveTimes {
	/** Milliseconds between two signs of life on a stream, and two looks whether it may go on. Proxies close what is silent for a minute. */
	readonly heartbeat: number;
	/** Milliseconds within which several changes are told as one. */
	readonly together: number;
}

interface Open {
	readonly wish: StreamWish;
	readonly controller: ReadableStreamDefaultController<Uint8Array>;
	topics: ReadonlySet<string>;
	/** A change is waiting to be told. */
	waiting: boolean;
}

const encoder = new TextEncoder();
const says = (event: 'changed' | 'ended'): Uint8Array => encoder.encode(`event: ${event}\ndata: ${event}\n\n`);
const heartbeat = encoder.encode(':\n\n');
/** Chunks that may stand unread before a stream is given up: its reader is gone without saying so. */
const unread = 64;

/**
 * Opens the one place of a process where pages wait for changes: one connection for all its streams, that hears what the relay of any
 * process notifies. Connects with the first stream, again when the connection is lost, and then tells everyone to look.
 * @param connect gives a connection of its own, outside the pools
 */
export function openLive(
	connect: () => Promise<Client>,
	{ heartbeat: every, together }: LiveTimes = { heartbeat: 20_000, together: 150 },
	tell: Tell = tellLog
): Live {
	const streams = new Set<Open>();
	const stopping = new AbortController();
	let listening: Promise<void> | undefined;
	let client: Client | undefined;

	const end = (open: Open, last?: Uint8Array): void => {
		if (!streams.delete(open)) return;
		try {
			if (last) open.controller.enqueue(last);
			open.controller.close();
		} catch (error) {
			// The browser went away at this very moment: there is nothing left to end.
			if (!(error instanceof TypeError)) throw error;
		}
	};

	/** Looks whether a stream may go on; says `word` when it may. */
	async function look(open: Open, word: Uint8Array): Promise<void> {
		let topics: readonly string[] | null;
		try {
			topics = await open.wish.topics();
		} catch (error) {
			// Without an answer nothing is told; the browser comes back by itself.
			tell({ level: 'warning', event: 'live_not_checked', code: failureCode(error) });
			return end(open);
		}
		if (!streams.has(open)) return;
		if (topics === null) return end(open, says('ended'));
		open.topics = new Set(topics);
		if ((open.controller.desiredSize ?? 0) < -unread) return end(open);
		open.controller.enqueue(word);
	}

	async function tellChanged(open: Open): Promise<void> {
		if (open.waiting) return;
		open.waiting = true;
		await sleep(together, undefined, { ref: false });
		open.waiting = false;
		await look(open, says('changed'));
	}

	const hear = (payload: string): void => {
		const [networkId, ...ids] = payload.split(' ');
		for (const open of streams) if (open.wish.networkId === networkId && ids.some((id) => open.topics.has(id))) void tellChanged(open);
	};

	/** Listens until everything closes; connects again when the connection is lost. */
	async function listen(): Promise<void> {
		for (let failures = 0; !stopping.signal.aborted;) {
			try {
				const own = await connect();
				client = own;
				const lost = new Promise<void>((resolve) => {
					own.once('error', () => resolve());
					own.once('end', () => resolve());
				});
				own.on('notification', ({ payload }) => hear(payload ?? ''));
				await own.query(`listen ${changedChannel}`);
				// Everything closed while it was being made.
				if (stopping.signal.aborted) await own.end();
				// What changed while nobody listened is not known: everyone looks.
				if (failures > 0) for (const open of streams) void tellChanged(open);
				failures = 0;
				await lost;
				failures = 1;
			} catch (error) {
				if (failures++ === 0) tell({ level: 'warning', event: 'live_not_listening', code: failureCode(error) });
			}
			if (!stopping.signal.aborted)
				await sleep(Math.min(10_000, 250 * 2 ** failures), undefined, { signal: stopping.signal }).catch(() => undefined);
		}
	}

	/** Signs of life, one stream after the other: looking whether they may go on must not come all at once. */
	async function beat(): Promise<void> {
		while (!stopping.signal.aborted) {
			await sleep(every, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
			for (const open of [...streams]) if (!stopping.signal.aborted && streams.has(open)) await look(open, heartbeat);
		}
	}

	return {
		async stream(wish) {
			const ofSession = [...streams].filter((open) => open.wish.sessionId === wish.sessionId);
			if (ofSession.length >= streamsOfSession) return { ok: false, why: 'too_many' };
			const topics = await wish.topics();
			if (topics === null || stopping.signal.aborted) return { ok: false, why: 'not_found' };
			if (listening === undefined) {
				listening = listen();
				void beat();
			}
			let own: Open | undefined;
			const body = new ReadableStream<Uint8Array>({
				start(controller) {
					own = { wish, controller, topics: new Set(topics), waiting: false };
					streams.add(own);
					controller.enqueue(heartbeat);
				},
				cancel() {
					if (own) streams.delete(own);
				}
			});
			return { ok: true, body };
		},
		async close() {
			stopping.abort();
			// No `ended`: the browser asks again, and another process, or this one started anew, answers.
			for (const open of [...streams]) end(open);
			await client?.end();
			// A database that does not answer must not keep the process.
			await Promise.race([listening, sleep(2_000, undefined, { ref: false })]);
		}
	};
}
