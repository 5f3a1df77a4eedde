import { z } from '@hono/zod-openapi';
import { actCodes } from '#foundation/command/acts.ts';
import { read } from '#foundation/command/reading.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import { localDate, uuid } from '#foundation/text/free-text.schema.ts';
import { listKept } from '#rooms/privacy/retention/read.server.ts';
import { getMyFigures, getOrganisationFigures, readLogAsChecker } from '#rooms/table/roles/read.server.ts';
import { moment } from './case-table.schema.ts';
import { reading } from './operation.ts';
import type { Operation } from './operation.ts';

const count = () => z.int().min(0);
const cell = () =>
	count().nullable().openapi({ description: 'Null when it is under three, or of one person alone, and of a small organisation.' });

export const roleOperations: readonly Operation[] = [
	reading({
		operationId: 'getOrganisationFigures',
		path: '/organisation-figures',
		tag: 'roles',
		summary: 'Figures per organisation, for oversight, governors and the facilitator',
		description: 'Counts only, of no person, and without any right on cases.',
		means: 'The counts of this moment.',
		refusals: ['not_found'],
		answer: z
			.object({
				organisations: z.array(
					z.object({
						organisationId: z.uuid(),
						name: z.string(),
						small: z.boolean().openapi({ description: 'So few people work there that nothing is told of it: every count is null.' }),
						kept: cell(),
						late: cell(),
						open: cell(),
						overdue: cell(),
						asked: cell(),
						answered: cell(),
						silent: cell(),
						overloaded: cell(),
						one_sided: cell()
					})
				)
			})
			.openapi('OrganisationFigures'),
		async read({ installation, actor }) {
			const found = await read(installation, actor, (tx, now) => getOrganisationFigures(tx, actor, now));
			if (!found) return refuse('not_found');
			return ok({
				body: { organisations: found.map(({ organisationId, name, small, cells }) => ({ organisationId, name, small, ...cells })) }
			});
		}
	}),
	reading({
		operationId: 'getMyFigures',
		path: '/my-figures',
		tag: 'roles',
		summary: 'Your own figures, for you alone',
		means: 'The counts of this moment.',
		refusals: [],
		answer: z
			.object({
				kept: count(),
				late: count(),
				ended: count(),
				unfinished: count(),
				open: count(),
				overdue: count(),
				held: count(),
				seated: count()
			})
			.openapi('MyFigures'),
		read: async ({ installation, actor }) => ok({ body: await read(installation, actor, (tx) => getMyFigures(tx)) })
	}),
	reading({
		operationId: 'listKept',
		path: '/kept',
		tag: 'roles',
		summary: 'What is kept, and how long, by kind of data',
		description: 'The terms are those of the comments in the database.',
		means: 'Each kind with its tables.',
		refusals: [],
		answer: z
			.object({
				kinds: z.array(
					z.object({
						kind: z.string().nullable().openapi({ description: 'Null: tables that nobody sorted yet.' }),
						about: z.string().nullable(),
						tables: z.array(
							z.object({
								name: z.string(),
								term: z.string().nullable(),
								byItself: z.boolean().openapi({ description: 'Whether the daily work removes what was kept long enough.' })
							})
						)
					})
				)
			})
			.openapi('Kept'),
		read: async ({ installation, actor }) => {
			const kept = await read(installation, actor, (tx) => listKept(tx));
			return ok({ body: { kinds: kept.map(({ kind, about, tables }) => ({ kind, about, tables: [...tables] })) } });
		}
	}),
	reading({
		operationId: 'readLog',
		path: '/log',
		tag: 'roles',
		summary: 'The log, for a checker: ids and codes, and whether the last seals hold',
		description: 'Never what a case holds. That you look leaves a line.',
		means: 'One page, newest first.',
		refusals: ['not_found'],
		query: z.strictObject({
			from: localDate().optional(),
			until: localDate().optional(),
			act: z.enum(actCodes, { error: 'not_a_choice' }).optional(),
			result: z.enum(['done', 'refused', 'seen', 'refused_reading'], { error: 'not_a_choice' }).optional(),
			before: uuid().optional().openapi({ description: 'Only lines before this one: the key of the next page.' })
		}),
		gives: ['Link'],
		answer: z
			.object({
				seals: z.object({
					checked: count(),
					lines: count(),
					broken: count().nullable(),
					unsealed: count(),
					last: z.object({ sealNumber: count(), hash: z.string(), sealedAt: moment() }).nullable()
				}),
				lines: z.array(
					z.object({
						lineId: z.uuid(),
						at: moment(),
						act: z.string(),
						result: z.string(),
						reason: z.string().nullable(),
						objectKind: z.string(),
						objectId: z.uuid().nullable(),
						caseId: z.uuid().nullable(),
						membershipId: z.uuid().nullable(),
						origin: z.string()
					})
				)
			})
			.openapi('LogPage'),
		async read({ installation, actor, query }) {
			const outcome = await readLogAsChecker(installation, actor, query);
			if (!outcome.ok) return outcome;
			const { seals, lines, next } = outcome.value;
			const asked = new URLSearchParams(Object.entries(query).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
			if (next !== null) asked.set('before', next);
			return ok({
				body: {
					seals: { ...seals, last: seals.last && { ...seals.last, sealedAt: seals.last.sealedAt.toISOString() } },
					lines: lines.map((line) => ({ ...line, at: line.at.toISOString() }))
				},
				...(next === null ? {} : { next: `/log?${asked.toString()}` })
			});
		}
	})
];
