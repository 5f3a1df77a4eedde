import { v7 } from 'uuid';
import type { World } from './installation.ts';

/** The clock, ids and randomness of the machine. */
export const realWorld: World = {
	now: () => new Date(),
	id: () => v7(),
	random(size) {
		const bytes = new Uint8Array(size);
		// The source gives at most 65,536 bytes at once.
		for (let start = 0; start < size; start += 65_536) crypto.getRandomValues(bytes.subarray(start, start + 65_536));
		return bytes;
	}
};

/** A world that a test rules: its clock stands still until it is moved, ids and bytes are the same in every run. */
export interface FakeWorld extends World {
	/** Moves the clock by milliseconds, forward or back. */
	tick(ms: number): void;
	set(now: Date): void;
}

/**
 * @param now where the clock begins
 * @param seed another number, other bytes and ids
 */
export function fakeWorld({
	now = new Date('2026-11-23T09:00:00Z'),
	seed = 1
}: { readonly now?: Date; readonly seed?: number } = {}): FakeWorld {
	let time = now.getTime();
	let state = seed >>> 0;
	let seq = 0;
	/** mulberry32: even enough for a test, never for a key. */
	const byte = (): number => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return (mixed ^ (mixed >>> 14)) & 0xff;
	};
	const random = (size: number): Uint8Array => Uint8Array.from({ length: size }, byte);
	return {
		now: () => new Date(time),
		id: () => v7({ msecs: time, seq: seq++, random: random(16) }),
		random,
		tick(ms) {
			time += ms;
		},
		set(moment) {
			time = moment.getTime();
		}
	};
}
