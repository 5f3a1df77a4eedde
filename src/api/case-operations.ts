import { z } from '@hono/zod-openapi';
import { actCodes } from '#foundation/command/acts.ts';
import { read } from '#foundation/command/reading.server.ts';
import { ok } from '#foundation/outcome.ts';
import { uuid } from '#foundation/text/free-text.schema.ts';
import { inviteToTable, leaveTable, openCase, reopenCase } from '#rooms/cases/commands.server.ts';
import { listMyCases } from '#rooms/cases/read.server.ts';
import { inviteSchema, openCaseSchema } from '#rooms/cases/schema.ts';
import { closeCase } from '#rooms/causes/commands.server.ts';
import { closeCaseFields } from '#rooms/causes/schema.ts';
import { getCaseLog, getCaseTable } from '#rooms/table/read.server.ts';
import { caseState, caseTableSchema, moment } from './case-table.schema.ts';
import { showCaseTable } from './case-table.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';

const pageLimit = z
	.string()
	.regex(/^[0-9]{1,3}$/, { error: 'not_a_number', abort: true })
	.transform(Number)
	.pipe(z.int().min(1).max(100))
	.default(25);

const caseLine = z
	.object({
		caseId: z.uuid(),
		pseudonym: z.string(),
		state: caseState,
		openedAt: moment(),
		holder: z.boolean().openapi({ description: 'Whether you hold the case.' }),
		agreements: z.int(),
		kept: z.int()
	})
	.openapi('CaseLine');

export const caseOperations: readonly Operation[] = [
	reading({
		operationId: 'listCases',
		path: '/cases',
		tag: 'cases',
		summary: 'The cases at whose table you sit, newest first',
		means: 'One page.',
		refusals: [],
		query: z.strictObject({
			before: uuid().optional().openapi({ description: 'Only cases brought in before this one: the key of the next page.' }),
			limit: pageLimit.openapi({ type: 'integer', minimum: 1, maximum: 100, default: 25 })
		}),
		gives: ['Link'],
		answer: z.object({ cases: z.array(caseLine) }).openapi('CasePage'),
		async read({ installation, actor, query: { before, limit } }) {
			const page = { limit: limit + 1, ...(before === undefined ? {} : { before }) };
			const found = await read(installation, actor, (tx) => listMyCases(tx, actor, page));
			const cases = found.slice(0, limit);
			const last = cases.at(-1);
			return ok({
				body: { cases: cases.map((line) => ({ ...line, openedAt: line.openedAt.toISOString() })) },
				...(found.length > limit && last ? { next: `/cases?before=${last.caseId}&limit=${limit}` } : {})
			});
		}
	}),
	act({
		operationId: 'openCase',
		path: '/cases',
		tag: 'cases',
		summary: 'Bring in a case, without a name',
		description:
			'Free text that holds a BSN is refused. What looks like another number or address of a person is asked about once: send `acknowledged` when it must stand there.',
		status: 201,
		means: 'The case stands; you hold it.',
		refusals: ['not_allowed', 'needs_acknowledgement'],
		command: openCase,
		body: openCaseSchema,
		gives: ['Location'],
		answer: z.object({ caseId: z.uuid(), pseudonym: z.string() }).openapi('OpenedCase'),
		toAnswer: (value) => ({ body: value, location: `/cases/${value.caseId}` })
	}),
	reading({
		operationId: 'getCase',
		path: '/cases/{caseId}',
		tag: 'cases',
		summary: 'Everything that lies on the table of a case',
		description: 'Leaves a line in the log of the case.',
		means: 'The case, whole.',
		refusals: [],
		answer: caseTableSchema,
		async read({ installation, actor, params }) {
			const outcome = await getCaseTable(installation, actor, params.caseId);
			return outcome.ok ? ok({ body: showCaseTable(outcome.value) }) : outcome;
		}
	}),
	reading({
		operationId: 'getCaseLog',
		path: '/cases/{caseId}/log',
		tag: 'cases',
		summary: 'Who did and saw what in a case, newest first, at most 200 lines',
		description: 'Looking here leaves a line too.',
		means: 'The newest lines.',
		refusals: [],
		answer: z
			.object({
				lines: z.array(
					z.object({
						at: moment(),
						act: z.enum(actCodes),
						result: z.enum(['done', 'refused', 'seen', 'refused_reading']),
						origin: z.string(),
						membershipId: z.uuid().nullable(),
						displayName: z.string().nullable(),
						organisationName: z.string().nullable()
					})
				)
			})
			.openapi('CaseLog'),
		async read({ installation, actor, params }) {
			const outcome = await getCaseLog(installation, actor, params.caseId);
			if (!outcome.ok) return outcome;
			const { lines, names } = outcome.value;
			return ok({
				body: {
					lines: lines.map((line) => {
						const name = line.membershipId === null ? undefined : names.get(line.membershipId);
						return {
							at: line.at.toISOString(),
							act: actCodes.find((code) => code === line.act) ?? unknownCode(line.act),
							result: logResults.find((result) => result === line.result) ?? unknownCode(line.result),
							origin: line.origin,
							membershipId: line.membershipId,
							displayName: name?.displayName ?? null,
							organisationName: name?.organisationName ?? null
						};
					})
				}
			});
		}
	}),
	act({
		operationId: 'closeCase',
		path: '/cases/{caseId}/closure',
		tag: 'cases',
		summary: 'Close a case, with its cause',
		description: '`responsible` is the id of an organisation of the network, a code of someone outside it, or empty.',
		status: 201,
		means: 'The case is closed and its cause is named.',
		refusals: ['not_holder', 'wrong_state', 'needs_acknowledgement'],
		command: closeCase,
		body: closeCaseFields.omit({ caseId: true }),
		answer: z.object({ namingId: z.uuid() }).openapi('Closure'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'reopenCase',
		path: '/cases/{caseId}/reopenings',
		tag: 'cases',
		summary: 'Open a closed case again',
		status: 204,
		means: 'The case is open again.',
		refusals: ['not_holder', 'wrong_state'],
		command: reopenCase,
		toAnswer: nothing
	}),
	act({
		operationId: 'leaveCase',
		method: 'delete',
		path: '/cases/{caseId}/seats/me',
		tag: 'cases',
		summary: 'Leave the table of a case',
		status: 204,
		means: 'You no longer sit at the table; the case does not exist for you any more.',
		refusals: ['holder_cannot_leave', 'wrong_state'],
		command: leaveTable,
		toAnswer: nothing
	}),
	act({
		operationId: 'inviteToCase',
		path: '/cases/{caseId}/invitations',
		tag: 'invitations',
		summary: 'Invite a colleague of any organisation to the table',
		status: 201,
		means: 'The colleague is asked, and sees nothing of the case until they accept.',
		refusals: ['not_holder', 'wrong_state', 'already_at_table', 'already_invited', 'needs_acknowledgement'],
		command: inviteToTable,
		body: inviteSchema.omit({ caseId: true }),
		gives: ['Location'],
		answer: z.object({ invitationId: z.uuid() }).openapi('MadeInvitation'),
		toAnswer: (value) => ({ body: value, location: `/invitations/${value.invitationId}` })
	})
];

const logResults = ['done', 'refused', 'seen', 'refused_reading'] as const;

function unknownCode(code: string): never {
	throw new Error(`The log holds a code that the product does not know: ${code}`);
}
