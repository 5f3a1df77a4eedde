import { Socket } from 'node:net';

/**
 * A socket that gathers what is written in one turn of the event loop and hands it to the system at once. A transaction that sends its
 * beginning, its writings and its commit without waiting for answers then costs one call of the system, where each message would cost one.
 */
export class GatheringSocket extends Socket {
	#gathers = false;

	override write(chunk: Uint8Array | string, callback?: (error?: Error | null) => void): boolean;
	override write(chunk: Uint8Array | string, encoding?: BufferEncoding, callback?: (error?: Error | null) => void): boolean;
	override write(
		chunk: Uint8Array | string,
		encoding?: BufferEncoding | ((error?: Error | null) => void),
		callback?: (error?: Error | null) => void
	): boolean {
		if (!this.#gathers) {
			this.#gathers = true;
			this.cork();
			process.nextTick(() => {
				this.#gathers = false;
				this.uncork();
			});
		}
		return typeof encoding === 'function' ? super.write(chunk, encoding) : super.write(chunk, encoding, callback);
	}
}
