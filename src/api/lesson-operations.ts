import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import { makeLesson, retireLesson, useLesson } from '#rooms/chain/lessons/commands.server.ts';
import { findLesson, listLessons } from '#rooms/chain/lessons/read.server.ts';
import type { Lesson } from '#rooms/chain/lessons/read.server.ts';
import { lessonForms } from '#rooms/chain/lessons/rules.ts';
import { lessonIdSchema, makeLessonSchema } from '#rooms/chain/lessons/schema.ts';
import { moment } from './case-table.schema.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';

const lesson = z
	.object({
		...{ lessonId: z.uuid(), form: z.enum(lessonForms), title: z.string(), did: z.string(), changed: z.string(), shows: z.string() },
		...{ at: moment(), retired: z.boolean(), projectId: z.uuid().nullable() },
		cases: z.int().nullable().openapi({ description: 'In how many cases it was taken over; null under three.' }),
		kept: z.int().nullable().openapi({ description: 'In how many of those it was kept; null under three.' })
	})
	.openapi('Lesson');

const show = ({ lessonId, form, title, did, changed, shows, at, retired, projectId, cases, kept }: Lesson): z.input<typeof lesson> => ({
	...{ lessonId, form, title, did, changed, shows, at: at.toISOString(), retired, projectId, cases, kept }
});

export const lessonOperations: readonly Operation[] = [
	reading({
		operationId: 'listLessons',
		path: '/lessons',
		tag: 'lessons',
		summary: 'What worked between organisations',
		means: 'The newest first; those that were put away last.',
		refusals: [],
		answer: z.object({ lessons: z.array(lesson) }).openapi('Lessons'),
		read: async ({ installation, actor }) =>
			ok({ body: { lessons: (await read(installation, actor, (tx) => listLessons(tx, actor))).map(show) } })
	}),
	act({
		operationId: 'makeLesson',
		path: '/lessons',
		tag: 'lessons',
		summary: 'Write down what worked, for the whole network',
		description: 'Nothing of a person may stand in it. Where it came from (`projectId`) is shown to who sits there.',
		status: 201,
		means: 'It stands.',
		refusals: ['not_allowed', 'personal_data'],
		command: makeLesson,
		body: makeLessonSchema,
		gives: ['Location'],
		answer: z.object({ lessonId: z.uuid() }).openapi('MadeLesson'),
		toAnswer: (value) => ({ body: value, location: `/lessons/${value.lessonId}` })
	}),
	reading({
		operationId: 'getLesson',
		path: '/lessons/{lessonId}',
		tag: 'lessons',
		summary: 'One lesson',
		means: 'The lesson.',
		refusals: [],
		answer: lesson,
		async read({ installation, actor, params }) {
			const found = await read(installation, actor, (tx) => findLesson(tx, actor, params.lessonId));
			return found ? ok({ body: show(found) }) : refuse('not_found');
		}
	}),
	act({
		operationId: 'retireLesson',
		path: '/lessons/{lessonId}/retirement',
		tag: 'lessons',
		summary: 'Put a lesson away that no longer holds',
		status: 204,
		means: 'It is offered no more.',
		refusals: ['not_allowed', 'not_yours', 'wrong_state'],
		command: retireLesson,
		toAnswer: nothing
	}),
	act({
		operationId: 'useLesson',
		path: '/agreements/{agreementId}/lessons',
		tag: 'lessons',
		summary: 'Say of your own promise in a case that you do it as in a lesson',
		status: 204,
		means: 'It is counted, by cases.',
		refusals: ['not_promiser', 'wrong_state', 'lesson_used'],
		command: useLesson,
		body: lessonIdSchema,
		toAnswer: nothing
	})
];
