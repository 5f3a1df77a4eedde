import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok } from '#foundation/outcome.ts';
import { dayAt } from '#foundation/time/days.ts';
import { answerChain, offerChain } from '#rooms/chain/agreement/commands.server.ts';
import { chainAnswers, chainStates } from '#rooms/chain/agreement/rules.ts';
import { countOrders, measureProject } from '#rooms/chain/measures/commands.server.ts';
import { coursesOf } from '#rooms/chain/measures/read.server.ts';
import { courses, kpiCodes, kpiDirections, suggestShare } from '#rooms/chain/measures/rules.ts';
import { closeProject, openProject } from '#rooms/chain/projects/commands.server.ts';
import { getProject, listMyProjects } from '#rooms/chain/projects/read.server.ts';
import type { ProjectTable } from '#rooms/chain/projects/read.server.ts';
import { projectKinds, projectParts, projectStates } from '#rooms/chain/projects/rules.ts';
import { moment } from './case-table.schema.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';

const measure = z.object({
	...{ kpiId: z.uuid(), code: z.enum(kpiCodes), title: z.string(), unit: z.string(), better: z.enum(kpiDirections) },
	...{ baseline: z.number(), baselineOn: z.string(), course: z.enum(courses) },
	steps: z.array(z.object({ aim: z.number(), dueOn: z.string().nullable(), homes: z.int().nullable() })),
	readings: z.array(z.object({ value: z.number(), onDay: z.string() }))
});
const project = z
	.object({
		...{ projectId: z.uuid(), title: z.string(), kind: z.enum(projectKinds), state: z.enum(projectStates), at: moment() },
		veraSubject: z.string().nullable().openapi({ description: 'A code of ONDERHOUDSOORT in VERA.' }),
		parties: z.array(z.object({ organisationId: z.uuid(), part: z.enum(projectParts).nullable() })),
		agreements: z.array(z.object({ agreementId: z.uuid(), state: z.string(), dueOn: z.string() })),
		chainAgreements: z.array(
			z.object({
				...{ versionId: z.uuid(), number: z.int(), state: z.enum(chainStates), startsOn: z.string(), endsOn: z.string().nullable() },
				...{ demand: z.string().nullable(), conflict: z.string().nullable() },
				coordinators: z.array(z.object({ organisationId: z.uuid(), membershipId: z.uuid() })),
				answers: z.array(z.object({ organisationId: z.uuid(), answer: z.enum(chainAnswers) }))
			})
		),
		measures: z.array(measure).openapi({ description: 'Of the version that counts now.' }),
		orderCounts: z.array(
			z.object({
				...{ untilDay: z.string(), orders: z.int(), checked: z.int(), remarks: z.int() },
				statuses: z.array(z.object({ status: z.string(), orders: z.int() }))
			})
		),
		shareToCheck: z.number().openapi({ description: 'The share of orders that is suggested to look at: never 0.' })
	})
	.openapi('Project');

const show = (table: ProjectTable, now: Date): z.input<typeof project> => {
	const { facts, words } = table;
	return {
		...{ projectId: facts.projectId, title: facts.title, kind: facts.kind, veraSubject: facts.veraSubject },
		...{ state: table.state, at: facts.at.toISOString() },
		parties: table.parties.map(({ organisationId, part }) => ({ organisationId, part })),
		agreements: table.agreements.map(({ agreementId, state, dueOn }) => ({ agreementId, state, dueOn })),
		chainAgreements: table.chain.versions.map(({ versionId, number, state, startsOn, endsOn, coordinators, answers }) => ({
			...{ versionId, number, state, startsOn, endsOn },
			demand: words.get(versionId)?.get('demand')?.text ?? null,
			conflict: words.get(versionId)?.get('conflict')?.text ?? null,
			coordinators: coordinators.map(({ organisationId, membershipId }) => ({ organisationId, membershipId })),
			answers: answers.map(({ organisationId, answer }) => ({ organisationId, answer }))
		})),
		measures: coursesOf(table.chain, dayAt(now)).map((kpi) => ({
			...{ kpiId: kpi.kpiId, code: kpi.code, title: kpi.title, unit: kpi.unit, better: kpi.better },
			...{ baseline: kpi.baseline, baselineOn: kpi.baselineOn, course: kpi.course },
			steps: kpi.steps.map(({ aim, dueOn, homes }) => ({ aim, dueOn, homes })),
			readings: kpi.readings.map(({ value, onDay }) => ({ value, onDay }))
		})),
		orderCounts: table.orders.map(({ untilDay, orders, checked, remarks, statuses }) => ({
			...{ untilDay, orders, checked, remarks },
			statuses: statuses.map(({ status, orders: at }) => ({ status, orders: at }))
		})),
		shareToCheck: suggestShare(table.orders)
	};
};

const number = z.number();
const kpi = z.strictObject({
	...{
		code: z.enum(kpiCodes),
		title: z.string(),
		unit: z.string(),
		better: z.enum(kpiDirections),
		baseline: number,
		baselineOn: z.string()
	},
	steps: z.array(z.strictObject({ aim: number, dueOn: z.string().optional(), homes: z.int().optional() }))
});

export const projectOperations: readonly Operation[] = [
	reading({
		...{ operationId: 'listMyProjects', path: '/projects', tag: 'projects', summary: 'The projects at whose table you sit' },
		means: 'The newest first.',
		refusals: [],
		answer: z
			.object({
				projects: z.array(
					z.object({
						...{ projectId: z.uuid(), title: z.string(), kind: z.enum(projectKinds), state: z.enum(projectStates) },
						...{ agreements: z.int(), kept: z.int(), toAnswer: z.boolean() }
					})
				)
			})
			.openapi('Projects'),
		async read({ installation, actor }) {
			const lines = await read(installation, actor, (tx) => listMyProjects(tx, actor));
			return ok({
				body: {
					projects: lines.map(({ projectId, title, kind, state, agreements, kept, toAnswer }) => ({
						...{ projectId, title, kind, state, agreements, kept, toAnswer }
					}))
				}
			});
		}
	}),
	reading({
		...{ operationId: 'getProject', path: '/projects/{projectId}', tag: 'projects', summary: 'One project, for who sits at its table' },
		means: 'The project as it stands. A line in the log says that you looked.',
		refusals: ['not_found'],
		answer: project,
		async read({ installation, actor, params }) {
			const found = await getProject(installation, actor, params.projectId);
			return found.ok ? ok({ body: show(found.value, installation.world.now()) }) : found;
		}
	}),
	act({
		...{
			operationId: 'openProject',
			path: '/projects',
			tag: 'projects',
			summary: 'Open a project and ask someone of another organisation'
		},
		status: 201,
		means: 'It is opened; who is asked can say yes.',
		refusals: ['not_allowed', 'needs_acknowledgement'],
		command: openProject,
		body: z.strictObject({
			...{ title: z.string(), kind: z.enum(projectKinds).optional(), veraSubject: z.string().optional(), part: z.enum(projectParts) },
			...{ membershipId: z.uuid(), message: z.string(), acknowledged: z.boolean().optional() }
		}),
		answer: z.object({ projectId: z.uuid(), invitationId: z.uuid() }).openapi('OpenedProject'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'offerChainAgreement',
		path: '/projects/{projectId}/chain-agreements',
		tag: 'projects',
		summary: 'Offer an agreement for the whole chain, or another version of it',
		status: 201,
		means: 'It is offered to each organisation at the table, and starts when the last of them accepted.',
		refusals: ['not_found', 'wrong_state', 'chain_incomplete', 'needs_acknowledgement'],
		command: offerChain,
		body: z.strictObject({
			...{ startsOn: z.string(), endsOn: z.string().optional(), demand: z.string(), conflict: z.string().optional() },
			...{ coordinators: z.array(z.uuid()).optional(), kpis: z.array(kpi).optional(), acknowledged: z.boolean().optional() }
		}),
		answer: z.object({ versionId: z.uuid() }).openapi('OfferedChainAgreement'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'answerChainAgreement',
		path: '/projects/{projectId}/chain-agreements/{versionId}/answer',
		tag: 'projects',
		summary: 'Accept or decline a version for your organisation',
		description: 'By who governs or administers it.',
		status: 204,
		means: 'Answered.',
		refusals: ['not_found', 'wrong_state', 'not_allowed', 'not_a_party', 'already_answered'],
		command: answerChain,
		body: z.strictObject({ answer: z.enum(chainAnswers) }),
		toAnswer: nothing
	}),
	act({
		operationId: 'measureProject',
		path: '/projects/{projectId}/readings',
		tag: 'projects',
		summary: 'Say how measures stood on a day',
		description: 'Of one day the newest counts.',
		status: 201,
		means: 'Written.',
		refusals: ['not_found', 'wrong_state'],
		command: measureProject,
		body: z.strictObject({
			readings: z
				.array(z.strictObject({ kpiId: z.uuid(), value: number, onDay: z.string() }))
				.min(1)
				.max(10_000)
		}),
		answer: z.object({ readings: z.int() }).openapi('WrittenReadings'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'countOrders',
		path: '/projects/{projectId}/order-counts',
		tag: 'projects',
		summary: 'Say how many orders were done, looked at and remarked on',
		status: 201,
		means: 'Written. The share to look at is suggested anew.',
		refusals: ['not_found', 'wrong_state'],
		command: countOrders,
		description: 'How many are done is given, or follows from how many stand at which status of VERA; one of the two.',
		body: z.strictObject({
			...{ untilDay: z.string(), orders: z.int().optional(), checked: z.int(), remarks: z.int() },
			statuses: z
				.array(z.strictObject({ status: z.string().openapi({ description: 'A code of ONDERHOUDSORDERSTATUS in VERA.' }), orders: z.int() }))
				.optional()
		}),
		answer: z.object({ countId: z.uuid() }).openapi('CountedOrders'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		...{ operationId: 'closeProject', path: '/projects/{projectId}/closing', tag: 'projects', summary: 'Close a project, for good' },
		status: 204,
		means: 'Closed.',
		refusals: ['not_found', 'wrong_state', 'not_holder'],
		command: closeProject,
		toAnswer: nothing
	})
];
