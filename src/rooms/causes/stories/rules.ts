import { areOtherEyes } from '../releases/rules.ts';

/** What became of a story of a case: read by a second and released or declined, or taken back. */
export const storyHands = ['released', 'declined', 'withdrawn'] as const;
export type StoryHand = (typeof storyHands)[number];
/** What the second pair of eyes answers. */
export const storyAnswers = ['released', 'declined'] as const satisfies readonly StoryHand[];

export const storyStates = ['waiting', ...storyHands] as const;
export type StoryState = (typeof storyStates)[number];

/** Whether the resident found it good that their story is told without a name. */
export const residentSaid = ['yes', 'no', 'not_asked'] as const;

/** The longest story that is told. */
export const storyLength = 1500;

/** So many stories are read beside the figures (F6). */
export const storiesBeside = 3;

/** Taken back counts above all: a story may be taken back after it was released, never the other way round. */
export const storyState = (hands: readonly StoryHand[]): StoryState =>
	storyHands.toReversed().find((hand) => hands.includes(hand)) ?? 'waiting';

interface Who {
	readonly personId: string;
	readonly organisationId: string;
}

/** Who judges whether a story names someone: a person of another organisation than its writer's, who sits at that table. */
export const mayJudge = (written: Who, actor: Who): boolean => areOtherEyes(written, actor);

/** Who takes a story back: who holds the case now, who wrote it, and who released it. */
export const mayTakeBack = (
	story: { readonly personId: string; readonly releasedBy: string | null },
	actor: { readonly personId: string },
	holds: boolean
): boolean => holds || story.personId === actor.personId || story.releasedBy === actor.personId;
