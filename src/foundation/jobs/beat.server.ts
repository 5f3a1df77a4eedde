import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { PgBoss } from 'pg-boss';
import type { Installation } from '../installation.ts';
import { sealAll } from '../log/seal.server.ts';
import { rebuildSearch } from '../search/rebuild.server.ts';
import { askSweeps } from './daily.server.ts';
import { failureCode } from './job.ts';
import { takePulse } from './pulse.server.ts';
import type { Pulse } from './pulse.server.ts';
import { relayIdentity, relayNetwork } from './relay.server.ts';
import type { Tell } from './tell.ts';

export interface BeatParts {
	readonly installation: Installation;
	readonly pool: Pool;
	/** For handing over. */
	readonly queue: Pool;
	readonly tell: Tell;
	readonly signal: AbortSignal;
	/** The queue, once it is open. */
	readonly boss: () => PgBoss | undefined;
	readonly onHandedOver: () => void;
	/** Kinds of job that look for terms that have run out, asked for each minute. */
	readonly sweeps: readonly string[];
}

/** Milliseconds between two looks. A letter leaves within about twice this. */
const betweenBeats = 500;
/** Milliseconds between two seals of a network. */
const betweenSeals = 1000;
const longestPause = 5000;
/** Milliseconds between two sweeps. */
const betweenSweeps = 60_000;

/** Looks whether there is anything to do and does it, until the signal comes. Never rejects; tells what goes wrong, once until it is right. */
export async function beatLoop(parts: BeatParts): Promise<void> {
	const { signal, tell } = parts;
	const filling = new SearchFilling(parts);
	let networkIds: readonly string[] = [];
	let sealedAt = Number.NEGATIVE_INFINITY;
	let sweptAt = Number.NEGATIVE_INFINITY;
	let failures = 0;
	while (!signal.aborted) {
		const began = performance.now();
		let took = 0;
		try {
			const pulse = await takePulse(parts.pool, networkIds);
			took = performance.now() - began;
			const isNew = pulse.networkIds.some((networkId) => !networkIds.includes(networkId));
			networkIds = pulse.networkIds;
			const seals = began - sealedAt >= betweenSeals;
			if (seals) sealedAt = began;
			await beat(parts, pulse, seals);
			const boss = parts.boss();
			if (boss !== undefined && began - sweptAt >= betweenSweeps) {
				await askSweeps(parts.installation, boss, parts.sweeps);
				sweptAt = began;
				parts.onHandedOver();
			}
			filling.look(pulse);
			if (failures > 0) tell({ level: 'info', event: 'beat_again', failures });
			failures = 0;
			if (isNew) continue;
		} catch (error) {
			if (failures++ === 0) tell({ level: 'error', event: 'beat_failed', code: failureCode(error) });
		}
		// With very many networks looking itself takes time; it may have a tenth of it.
		const pause = failures === 0 ? Math.max(betweenBeats, took * 10) : Math.min(longestPause, betweenBeats * 2 ** failures);
		await sleep(pause, undefined, { signal }).catch(() => undefined);
	}
	await filling.ended();
}

async function beat(parts: BeatParts, pulse: Pulse, seals: boolean): Promise<void> {
	const { installation, queue } = parts;
	const boss = parts.boss();
	const work: (() => Promise<void>)[] = [];
	if (boss !== undefined) {
		const relay = (handOver: () => Promise<number>) => async (): Promise<void> => {
			while (!parts.signal.aborted && (await handOver()) > 0) parts.onHandedOver();
		};
		if (pulse.identityOutbox) work.push(relay(() => relayIdentity(queue, boss)));
		for (const { networkId, outbox } of pulse.networks) if (outbox) work.push(relay(() => relayNetwork(queue, boss, networkId)));
	}
	for (const { networkId, unsealed } of pulse.networks)
		if (unsealed && seals)
			work.push(async () => {
				await sealAll(installation.door, networkId, () => installation.world.now(), { signal: parts.signal });
			});
	// What fails in one network must not hold up another; the first failure is thrown when all had their turn.
	const failed: unknown[] = [];
	for (const one of work) {
		try {
			await one();
		} catch (error) {
			failed.push(error);
		}
	}
	if (failed.length > 0) throw failed[0];
}

/** Fills search indexes in the background, one network at a time. */
class SearchFilling {
	readonly #parts: BeatParts;
	#under: Promise<void> | undefined;

	constructor(parts: BeatParts) {
		this.#parts = parts;
	}

	look(pulse: Pulse): void {
		const empty = pulse.networks.filter((network) => network.searchEmpty);
		if (this.#under !== undefined || empty.length === 0) return;
		this.#under = this.#fill(empty.map((network) => network.networkId)).finally(() => (this.#under = undefined));
	}

	async ended(): Promise<void> {
		await this.#under;
	}

	async #fill(networkIds: readonly string[]): Promise<void> {
		const { installation, signal, tell } = this.#parts;
		for (const networkId of networkIds) {
			if (signal.aborted) return;
			try {
				const { state, indexed, unreadable } = await rebuildSearch(installation, networkId, { signal });
				if (state === 'filled' && indexed + unreadable > 0)
					tell({ level: unreadable > 0 ? 'warning' : 'info', event: 'search_filled', network: networkId, indexed, unreadable });
			} catch (error) {
				if (!signal.aborted) tell({ level: 'error', event: 'search_not_filled', network: networkId, code: failureCode(error) });
			}
		}
	}
}
