import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Keyring } from '#foundation/keyring/keyring.server.ts';
import type { Standing } from '#rooms/cases/read.server.ts';
import type { Day } from '#foundation/time/days.ts';
import { mayJudge, mayTakeBack, storiesBeside, storyState } from './rules.ts';
import type { StoryHand, StoryState } from './rules.ts';

/** A story of a case at whose table the actor sits. */
export interface Story {
	readonly storyId: string;
	readonly caseId: string;
	readonly pseudonym: string;
	readonly personId: string;
	readonly membershipId: string;
	readonly organisationId: string;
	readonly at: Date;
	readonly state: StoryState;
	/** Who released it, and under which id it is told; null when nobody did. */
	readonly releasedBy: string | null;
	readonly toldId: string | null;
}

/** The stories of the cases at whose tables the actor sits, the newest first. */
export async function listStories(
	tx: Tx,
	networkId: string,
	only: { readonly storyId?: string; readonly caseId?: string } = {}
): Promise<Story[]> {
	let query = tx
		.selectFrom('story as s')
		.innerJoin('caseRecord as c', (join) => join.onRef('c.networkId', '=', 's.networkId').onRef('c.caseId', '=', 's.caseId'))
		.leftJoin('storyHand as h', (join) => join.onRef('h.networkId', '=', 's.networkId').onRef('h.storyId', '=', 's.storyId'))
		.select(['s.storyId', 's.caseId', 'c.pseudonym', 's.personId', 's.membershipId', 's.organisationId', 's.at'])
		.select(['h.hand', 'h.toldId', 'h.personId as handPersonId'])
		.where('s.networkId', '=', networkId)
		.orderBy('s.at', 'desc')
		.orderBy('s.storyId', 'desc');
	if (only.storyId !== undefined) query = query.where('s.storyId', '=', only.storyId);
	if (only.caseId !== undefined) query = query.where('s.caseId', '=', only.caseId);
	const found = new Map<string, Omit<Story, 'state'> & { hands: StoryHand[] }>();
	for (const { hand, toldId, handPersonId, ...row } of await query.execute()) {
		const story = found.get(row.storyId) ?? { ...row, hands: [], releasedBy: null, toldId: null };
		if (hand !== null) story.hands.push(hand as StoryHand);
		found.set(row.storyId, hand === 'released' ? { ...story, releasedBy: handPersonId, toldId } : story);
	}
	return [...found.values()].map(({ hands, ...story }) => ({ ...story, state: storyState(hands) }));
}

/** What a story says; null when the key of its case is gone, and with it the words. */
export async function findStoryWords(tx: Tx, keyring: Keyring, networkId: string, { caseId, storyId }: Story): Promise<string | null> {
	const row = await tx
		.selectFrom('caseWords')
		.select(['wordsId', 'ciphertext'])
		.where('networkId', '=', networkId)
		.where('caseId', '=', caseId)
		.where('aboutId', '=', storyId)
		.where('part', '=', 'story')
		.executeTakeFirst();
	if (!row) return null;
	return await keyring.openWords({ networkId, caseId }, { aboutId: storyId, part: 'story', wordsId: row.wordsId }, row.ciphertext);
}

/** The stories that wait for the actor's eyes: of cases at whose table they sit, written by another organisation. */
export const listMyStories = async (tx: Tx, actor: Actor): Promise<Story[]> =>
	(await listStories(tx, actor.networkId)).filter((story) => story.state === 'waiting' && mayJudge(story, actor));

/** A story as the network reads it: no case, no person, no day. */
export interface ReleasedStory {
	readonly toldId: string;
	readonly quarter: Day;
	readonly body: string;
}

/** The stories that were released, of the newest quarter first; within a quarter in no order that tells which came when. */
export const listReleasedStories = (tx: Tx, actor: Pick<Actor, 'networkId'>): Promise<ReleasedStory[]> =>
	tx
		.selectFrom('toldStory')
		.select(['toldId', 'quarter', 'body'])
		.where('networkId', '=', actor.networkId)
		.orderBy('quarter', 'desc')
		.orderBy('toldId')
		.execute();

/** The newest of the stories that were released, to stand beside figures, and how many there are in all (F6). */
export interface StoriesBeside {
	readonly released: number;
	readonly newest: readonly ReleasedStory[];
}

export async function listStoriesBeside(tx: Tx, actor: Pick<Actor, 'networkId'>): Promise<StoriesBeside> {
	const released = await listReleasedStories(tx, actor);
	return { released: released.length, newest: released.slice(0, storiesBeside) };
}

/** The stories of one case with their words, and what the actor may do about them. */
export async function findStoryTable(tx: Tx, keyring: Keyring, actor: Actor, standing: Standing, caseId: string) {
	const stories = await listStories(tx, actor.networkId, { caseId });
	const holder = standing.mySeat.holder;
	const told = [];
	for (const story of stories) {
		const stands = story.state === 'waiting' || story.state === 'released';
		told.push({
			...{ storyId: story.storyId, membershipId: story.membershipId, at: story.at, state: story.state },
			words: await findStoryWords(tx, keyring, actor.networkId, story),
			may: { judge: story.state === 'waiting' && mayJudge(story, actor), takeBack: stands && mayTakeBack(story, actor, holder) }
		});
	}
	const stands = stories.some(({ state }) => state === 'waiting' || state === 'released');
	const readers = standing.seats.some((seat) => mayJudge(actor, seat));
	return {
		stories: told,
		/** What keeps the actor from writing one; null: nothing. */
		cannot: stands
			? ('stands' as const)
			: !holder
				? ('only_holder' as const)
				: standing.state !== 'closed'
					? ('not_closed' as const)
					: null,
		/** Nobody of another organisation sits at the table: who writes should know that nobody can release it. */
		alone: !readers
	};
}
