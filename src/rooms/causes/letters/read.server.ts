import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { dayAt } from '#foundation/time/days.ts';
import type { Day } from '#foundation/time/days.ts';
import { findCauseOverview } from '../overview/read.server.ts';
import type { CauseFound } from '../overview/read.server.ts';
import { listNames } from '#rooms/people/read.server.ts';
import { listReleases } from '../releases/read.server.ts';
import { findCauseById } from '../read.server.ts';
import type { CauseKind } from '../rules.ts';
import { casesInLetter, letterState, makesLetter } from './rules.ts';
import type { Addressee, LetterAnswer, LetterState } from './rules.ts';

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

/** A letter that someone wrote down as sent, with what came back in order of time. */
export interface SentLetter {
	readonly letterId: string;
	readonly causeId: string;
	readonly addressee: Addressee;
	readonly sentOn: Day;
	readonly personId: string;
	readonly membershipId: string;
	readonly answers: readonly LetterAnswer[];
	readonly state: LetterState;
}

/** Letters of the network, the last that was sent first. */
export async function listLetters(
	tx: Tx,
	networkId: string,
	only: { readonly letterId?: string; readonly causeId?: string } = {}
): Promise<SentLetter[]> {
	let query = tx
		.selectFrom('causeLetter')
		.select(['letterId', 'causeId', 'addressee', 'sentOn', 'personId', 'membershipId'])
		.where('networkId', '=', networkId)
		.orderBy('sentOn', 'desc')
		.orderBy('at', 'desc')
		.orderBy('letterId', 'desc');
	if (only.letterId !== undefined) query = query.where('letterId', '=', only.letterId);
	if (only.causeId !== undefined) query = query.where('causeId', '=', only.causeId);
	const letters = await query.execute();
	if (letters.length === 0) return [];
	const answers = await tx
		.selectFrom('causeLetterAnswer')
		.select(['letterId', 'answer', 'answeredOn', 'words', 'membershipId'])
		.where('networkId', '=', networkId)
		.where(
			'letterId',
			'in',
			letters.map(({ letterId }) => letterId)
		)
		.orderBy('at')
		.orderBy('answerId')
		.execute();
	return letters.map((letter) => {
		const own = answers.filter(({ letterId }) => letterId === letter.letterId) as (LetterAnswer & { readonly letterId: string })[];
		return { ...letter, addressee: letter.addressee as Addressee, answers: own, state: letterState(own) };
	});
}

/** A letter that waits for an answer, and the cause it is about. */
export interface WaitingLetter extends Pick<SentLetter, 'letterId' | 'causeId' | 'addressee' | 'sentOn'> {
	readonly kind: CauseKind;
	readonly title: string;
}

/** Letters on which nothing came back yet, the longest waiting first. */
export async function listWaitingLetters(tx: Tx, actor: Actor): Promise<WaitingLetter[]> {
	const waiting: WaitingLetter[] = [];
	for (const { letterId, causeId, addressee, sentOn, state } of (await listLetters(tx, actor.networkId)).toReversed()) {
		const cause = state === 'waits' ? await findCauseById(tx, actor, causeId) : null;
		if (cause) waiting.push({ ...cause, letterId, causeId, addressee, sentOn });
	}
	return waiting;
}

/** Who wrote letters and answers down, by membership. */
export const listWriters = (tx: Tx, actor: Actor, letters: readonly SentLetter[]): ReturnType<typeof listNames> =>
	listNames(
		tx,
		actor,
		letters.flatMap(({ membershipId, answers }) => [membershipId, ...answers.map((answer) => answer.membershipId)])
	);
