import { openTypesetter, paperSource } from './typesetter.server.ts';
import type { Typesetter } from './typesetter.server.ts';

/**
 * The process in which papers are set: a fault in a native program takes its whole process along, and this one holds nothing but the paper that is
 * made. It ends when who started it is gone.
 */

export interface PaperTask {
	/** A `Paper` as JSON. */
	readonly data: string;
	readonly madeAt: Date;
}
export type PaperAnswer =
	{ readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly why: 'unavailable' | 'failed'; readonly what: string };

let typesetter: Typesetter | null = null;

function answer(task: PaperTask): PaperAnswer {
	try {
		typesetter ??= openTypesetter(process.argv[2]);
	} catch (error) {
		return { ok: false, why: 'unavailable', what: error instanceof Error ? error.name : 'unknown' };
	}
	try {
		return { ok: true, bytes: typesetter.set(paperSource(), task.data, task.madeAt) };
	} catch (error) {
		return { ok: false, why: 'failed', what: error instanceof Error ? error.name : 'unknown' };
	}
}

process.on('message', (task: PaperTask) => process.send?.(answer(task)));
process.on('disconnect', () => process.exit());
