/** How long each of many equal works took, done by some clients at once. */
export interface Measured {
	readonly name: string;
	readonly count: number;
	readonly perSecond: number;
	/** Milliseconds, of each single one. */
	readonly p50: number;
	readonly p95: number;
	readonly p99: number;
}

export interface LoadWish {
	readonly clients: number;
	/** Seconds that are measured; before them a fifth of it is done unmeasured. */
	readonly seconds: number;
}

/** Lets every client do the work again and again. Throws what any of them throws: a failed work is no measurement. */
export async function measure(name: string, wish: LoadWish, work: (client: number, turn: number) => Promise<void>): Promise<Measured> {
	const times: number[] = [];
	const warmUntil = performance.now() + wish.seconds * 200;
	const until = warmUntil + wish.seconds * 1000;
	await Promise.all(
		Array.from({ length: wish.clients }, async (_, client) => {
			for (let turn = 0; ; turn++) {
				const began = performance.now();
				if (began >= until) return;
				await work(client, turn);
				const ended = performance.now();
				if (began >= warmUntil && ended <= until) times.push(ended - began);
			}
		})
	);
	times.sort((a, b) => a - b);
	return {
		name,
		count: times.length,
		perSecond: times.length / wish.seconds,
		p50: percentile(times, 0.5),
		p95: percentile(times, 0.95),
		p99: percentile(times, 0.99)
	};
}

/** The value below which that share of sorted values lies (nearest rank). */
export const percentile = (sorted: readonly number[], share: number): number =>
	sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
