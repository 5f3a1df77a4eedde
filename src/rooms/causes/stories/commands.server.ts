import { randomUUID } from 'node:crypto';
import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { dayAt } from '#foundation/time/days.ts';
import { findStanding } from '#rooms/cases/read.server.ts';
import type { Standing } from '#rooms/cases/read.server.ts';
import { quarterOf } from '../publication/rules.ts';
import { hasOtherEyes } from '../releases/read.server.ts';
import { findStoryWords, listStories } from './read.server.ts';
import type { Story } from './read.server.ts';
import { mayJudge, mayTakeBack } from './rules.ts';
import type { StoryHand } from './rules.ts';
import { confirmStorySchema, withdrawStorySchema, writeStorySchema } from './schema.ts';

/** Who holds a closed case tells it without a name, once the resident said yes (F6). Nobody outside that table reads it before a second did. */
export const writeStory = command({
	act: 'story.write',
	schema: writeStorySchema,
	async run(deed, input): Promise<Outcome<{ storyId: string; caseId: string }>> {
		const { tx, actor, now } = deed;
		const { caseId } = input;
		deed.about('case', caseId, caseId);
		const standing = await findStanding(tx, actor, now, caseId);
		if (!standing) return refuse('not_found');
		if (!standing.mySeat.holder) return refuse('not_holder', { lift: { kind: 'person', personId: standing.holder.personId } });
		if (standing.state !== 'closed') return refuse('wrong_state');
		const { networkId, personId, membershipId, organisationId } = actor;
		const standingStory = (await listStories(tx, networkId, { caseId })).some(({ state }) => state === 'waiting' || state === 'released');
		if (standingStory) return refuse('story_stands');
		if (input.resident !== 'yes') return refuse('resident_not_asked', { lift: { kind: 'role', role: 'yourself' } });
		const storyId = deed.id();
		await tx.insertInto('story').values({ networkId, caseId, storyId, personId, membershipId, organisationId, at: now }).execute();
		await deed.write({ caseId, aboutId: storyId, part: 'story', text: input.words.trim() });
		for (const seat of standing.seats) if (mayJudge(actor, seat)) await deed.tell('mail.story_asked', { storyId, personId: seat.personId });
		return ok({ storyId, caseId });
	}
});

/** What each later act on a story asks first: its case is locked before the story is read to decide on. */
async function findForAct(deed: Deed, storyId: string): Promise<Outcome<{ story: Story; standing: Standing }>> {
	deed.about('story', storyId);
	const { tx, actor, now } = deed;
	const seen = (await listStories(tx, actor.networkId, { storyId }))[0];
	if (!seen) return refuse('not_found');
	deed.about('story', storyId, seen.caseId);
	const standing = await findStanding(tx, actor, now, seen.caseId);
	const story = (await listStories(tx, actor.networkId, { storyId }))[0];
	return standing && story ? ok({ story, standing }) : refuse('not_found');
}

async function record(deed: Deed, { storyId, caseId }: Story, hand: StoryHand, toldId: string | null): Promise<void> {
	const { networkId, personId, membershipId, organisationId } = deed.actor;
	await deed.tx
		.insertInto('storyHand')
		.values({ networkId, caseId, storyId, hand, toldId, personId, membershipId, organisationId, at: deed.now })
		.execute();
}

/** The second pair of eyes: only who sat at that table can tell whether a story names someone, and only of another organisation. */
export const confirmStory = command({
	act: 'story.confirm',
	schema: confirmStorySchema,
	async run(deed, input): Promise<Outcome<{ caseId: string }>> {
		const found = await findForAct(deed, input.storyId);
		if (!found.ok) return found;
		const { story } = found.value;
		if (!(await hasOtherEyes(deed.tx, deed.actor, deed.now, story)))
			return refuse('other_eyes', { lift: { kind: 'role', role: 'holder' } });
		if (story.state !== 'waiting') return refuse('already_answered');
		const { networkId } = deed.actor;
		if (input.answer === 'declined') await record(deed, story, 'declined', null);
		else {
			const body = await findStoryWords(deed.tx, deed.keyring, networkId, story);
			if (body === null) return refuse('wrong_state');
			// An id that says nothing of when: those of the product tell their moment.
			const toldId = randomUUID();
			await record(deed, story, 'released', toldId);
			await deed.tx
				.insertInto('toldStory')
				.values({ networkId, toldId, quarter: quarterOf(dayAt(deed.now)), body })
				.execute();
		}
		return ok({ caseId: story.caseId });
	}
});

/** A story is taken back, also after it was released: the resident thought better of it, or it names someone after all. The network reads it no longer. */
export const withdrawStory = command({
	act: 'story.withdraw',
	schema: withdrawStorySchema,
	async run(deed, input): Promise<Outcome<{ caseId: string }>> {
		const found = await findForAct(deed, input.storyId);
		if (!found.ok) return found;
		const { story, standing } = found.value;
		if (!mayTakeBack(story, deed.actor, standing.mySeat.holder))
			return refuse('not_yours', { lift: { kind: 'person', personId: standing.holder.personId } });
		if (story.state !== 'waiting' && story.state !== 'released') return refuse('wrong_state');
		await record(deed, story, 'withdrawn', null);
		if (story.toldId !== null)
			await deed.tx.deleteFrom('toldStory').where('networkId', '=', deed.actor.networkId).where('toldId', '=', story.toldId).execute();
		return ok({ caseId: story.caseId });
	}
});
