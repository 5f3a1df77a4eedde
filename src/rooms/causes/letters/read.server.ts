import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { dayAt } from '#foundation/time/days.ts';
import { findCauseOverview } from '../overview/read.server.ts';
import type { CauseFound } from '../overview/read.server.ts';
import { listReleases } from '../releases/read.server.ts';
import { casesInLetter, makesLetter } from './rules.ts';

/** What a letter about a cause can say. */
export interface LetterFacts {
	readonly cause: CauseFound;
	/** Null under five cases. */
	readonly cases: number | null;
	readonly sinceYear: number;
	/** What the cause is called, when two released that. */
	readonly title: string | null;
}

/** Null when there is no such cause, or one of another kind, or one that did not come back. */
export async function findLetter(tx: Tx, actor: Actor, now: Date, causeId: string): Promise<LetterFacts | null> {
	const cause = await findCauseOverview(tx, actor, now, causeId);
	if (!cause?.signal || !makesLetter(cause.kind)) return null;
	const released = (await listReleases(tx, actor.networkId, { causeId })).find(({ kind, hand }) => kind === 'title' && hand === 'released');
	return {
		cause,
		cases: casesInLetter(cause.cases),
		sinceYear: Number(dayAt(cause.signal.openedAt).slice(0, 4)),
		title: released?.body ?? null
	};
}
