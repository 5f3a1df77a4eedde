import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import { findCase } from '#rooms/cases/read.server.ts';
import { confirmStory, withdrawStory, writeStory } from '#rooms/causes/stories/commands.server.ts';
import { findStoryWords, listReleasedStories, listStories } from '#rooms/causes/stories/read.server.ts';
import { storyStates } from '#rooms/causes/stories/rules.ts';
import { confirmStorySchema, writeStorySchema } from '#rooms/causes/stories/schema.ts';
import { day, moment } from './case-table.schema.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';

const told = z.object({ toldId: z.uuid(), quarter: day(), body: z.string() }).openapi('ToldStory');
const story = z
	.object({ storyId: z.uuid(), state: z.enum(storyStates), at: moment(), membershipId: z.uuid(), words: z.string().nullable() })
	.openapi('Story');

export const storyOperations: readonly Operation[] = [
	reading({
		operationId: 'listReleasedStories',
		path: '/stories',
		tag: 'causes',
		summary: 'The stories without names that were released',
		description: 'No case, no person, no day: the words, and the quarter in which a second person released them.',
		means: 'The stories, of the newest quarter first.',
		refusals: [],
		answer: z.object({ stories: z.array(told) }).openapi('ToldStories'),
		async read({ installation, actor }) {
			const stories = await read(installation, actor, (tx) => listReleasedStories(tx, actor));
			return ok({ body: { stories } });
		}
	}),
	reading({
		operationId: 'listCaseStories',
		path: '/cases/{caseId}/stories',
		tag: 'causes',
		summary: 'What was told without names of a case at whose table you sit',
		means: 'The stories, the newest first. Words are null once the key of the case is gone.',
		refusals: ['not_found'],
		answer: z.object({ stories: z.array(story) }).openapi('CaseStories'),
		async read({ installation, actor, params }) {
			return await read(installation, actor, async (tx) => {
				if (!(await findCase(tx, actor, params.caseId))) return refuse('not_found');
				const stories: z.input<typeof story>[] = [];
				for (const one of await listStories(tx, actor.networkId, { caseId: params.caseId })) {
					const words = await findStoryWords(tx, installation.keyring, actor.networkId, one);
					stories.push({ storyId: one.storyId, state: one.state, at: one.at.toISOString(), membershipId: one.membershipId, words });
				}
				return ok({ body: { stories } });
			});
		}
	}),
	act({
		operationId: 'writeStory',
		path: '/cases/{caseId}/stories',
		tag: 'causes',
		summary: 'Tell a closed case that you hold, without names',
		description: 'Only when the resident said yes. Someone of another organisation at that table reads it before the network does.',
		status: 201,
		means: 'It waits for the second pair of eyes.',
		refusals: ['not_found', 'not_holder', 'wrong_state', 'story_stands', 'resident_not_asked'],
		command: writeStory,
		body: writeStorySchema.omit({ caseId: true }),
		answer: z.object({ storyId: z.uuid(), caseId: z.uuid() }).openapi('WrittenStory'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'confirmStory',
		path: '/stories/{storyId}/hand',
		tag: 'causes',
		summary: 'Release a story of a table where you sat, or decline it',
		status: 204,
		means: 'Answered; what was released is read by the network.',
		refusals: ['not_found', 'other_eyes', 'already_answered', 'wrong_state'],
		command: confirmStory,
		body: confirmStorySchema.omit({ storyId: true }),
		toAnswer: nothing
	}),
	act({
		operationId: 'withdrawStory',
		path: '/stories/{storyId}/withdrawal',
		tag: 'causes',
		summary: 'Take a story back, also after it was released',
		status: 204,
		means: 'The network reads it no longer.',
		refusals: ['not_found', 'not_yours', 'wrong_state'],
		command: withdrawStory,
		toAnswer: nothing
	})
];
