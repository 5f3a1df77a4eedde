import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import {
	acceptYearly,
	bringYearly,
	declineYearly,
	lookBackYearly,
	recordYearly,
	withdrawYearly
} from '#rooms/causes/yearly/commands.server.ts';
import { listYearly } from '#rooms/causes/yearly/read.server.ts';
import type { YearlyItem } from '#rooms/causes/yearly/read.server.ts';
import { yearlyHows, yearlyStates, yearlyStepKinds } from '#rooms/causes/yearly/rules.ts';
import { acceptYearlySchema, lookBackYearlyFields, recordYearlyFields } from '#rooms/causes/yearly/schema.ts';
import { day, moment } from './case-table.schema.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';

const item = z
	.object({
		...{
			itemId: z.uuid(),
			year: z.int(),
			title: z.string(),
			causeId: z.uuid().nullable(),
			previousId: z.uuid().nullable().openapi({ description: 'The agreement of an earlier year that it goes on from.' }),
			dueOn: day().nullable(),
			state: z.enum(yearlyStates),
			at: moment()
		},
		parties: z.array(z.object({ organisationId: z.uuid(), accepted: z.boolean() })),
		toAccept: z.uuid().nullable().openapi({ description: 'The step that waits for a yes of each party.' }),
		steps: z.array(
			z.object({
				...{ stepId: z.uuid(), kind: z.enum(yearlyStepKinds), how: z.enum(yearlyHows).nullable(), words: z.string() },
				...{ organisationId: z.uuid(), at: moment() }
			})
		),
		lookBack: z
			.object({
				last: day(),
				shown: z.boolean(),
				said: z.array(
					z.object({
						...{ organisationId: z.uuid(), how: z.enum(yearlyHows), words: z.string(), goesOn: z.boolean(), at: moment() }
					})
				)
			})
			.nullable()
			.openapi({
				description:
					'When the year is over: what the parties say came of it. Until all did, or the last day is over, there is nothing but the words of your own organisation.'
			})
	})
	.openapi('YearlyAgreement');

const show = ({
	itemId,
	year,
	title,
	causeId,
	previousId,
	dueOn,
	state,
	at,
	parties,
	toAccept,
	acceptedBy,
	steps,
	lookBack
}: YearlyItem): z.input<typeof item> => ({
	...{ itemId, year, title, causeId, previousId, dueOn, state, at: at.toISOString(), toAccept: toAccept?.stepId ?? null },
	parties: parties.map(({ organisationId }) => ({ organisationId, accepted: acceptedBy.has(organisationId) })),
	steps: steps.map(({ stepId, kind, how, words, organisationId, at: said }) => ({
		...{ stepId, kind, how, words, organisationId, at: said.toISOString() }
	})),
	lookBack: lookBack && {
		...{ last: lookBack.last, shown: lookBack.shown },
		said: [...lookBack.said.values()].map(({ organisationId, how, words, goesOn, at: said }) => ({
			...{ organisationId, how, words, goesOn, at: said.toISOString() }
		}))
	}
});

export const yearlyOperations: readonly Operation[] = [
	reading({
		operationId: 'listYearlyAgreements',
		path: '/yearly-agreements',
		tag: 'causes',
		summary: 'What parties of the network agree on for a year',
		means: 'All of them, the newest year first.',
		refusals: [],
		answer: z.object({ items: z.array(item) }).openapi('YearlyAgreements'),
		async read({ installation, actor }) {
			const items = await read(installation, actor, (tx) => listYearly(tx, actor.networkId));
			return ok({ body: { items: items.map(show) } });
		}
	}),
	reading({
		operationId: 'getYearlyAgreement',
		path: '/yearly-agreements/{itemId}',
		tag: 'causes',
		summary: 'One agreement for a year',
		means: 'The agreement as it stands.',
		refusals: ['not_found'],
		answer: item,
		async read({ installation, actor, params }) {
			const found = (await read(installation, actor, (tx) => listYearly(tx, actor.networkId, { itemId: params.itemId })))[0];
			return found ? ok({ body: show(found) }) : refuse('not_found');
		}
	}),
	act({
		operationId: 'bringYearlyAgreement',
		path: '/yearly-agreements',
		tag: 'causes',
		summary: 'Bring what stands in the way to those who could change it in a year',
		description: 'Your own organisation is a party; it binds nobody yet.',
		status: 201,
		means: 'Who answers for each party is asked for an offer.',
		refusals: ['not_allowed', 'already_brought'],
		command: bringYearly,
		body: z.strictObject({
			...{ year: z.int().min(2000).max(2100), title: z.string(), causeId: z.uuid().optional(), dueOn: day().optional() },
			previousId: z.uuid().optional(),
			organisationIds: z.array(z.uuid()).min(1).max(20)
		}),
		answer: z.object({ itemId: z.uuid() }).openapi('BroughtYearlyAgreement'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'recordYearlyStep',
		path: '/yearly-agreements/{itemId}/steps',
		tag: 'causes',
		summary: 'Say for your own organisation what it offers, how it goes, or what was learned',
		status: 201,
		means: 'It is said. A changed offer asks everyone for a new yes.',
		refusals: ['not_allowed', 'not_a_party', 'wrong_state'],
		command: recordYearly,
		body: recordYearlyFields.omit({ itemId: true }),
		answer: z.object({ stepId: z.uuid() }).openapi('RecordedYearlyStep'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'acceptYearlyStep',
		path: '/yearly-agreements/{itemId}/acceptances',
		tag: 'causes',
		summary: 'Accept for your organisation what was said last',
		description: 'By who governs or administers it; give the step that you read.',
		status: 204,
		means: 'Accepted. It is agreed once every party did.',
		refusals: ['not_allowed', 'not_a_party', 'wrong_state', 'already_answered'],
		command: acceptYearly,
		body: acceptYearlySchema.omit({ itemId: true }),
		toAnswer: nothing
	}),
	act({
		operationId: 'lookBackOnYearlyAgreement',
		path: '/yearly-agreements/{itemId}/look-back',
		tag: 'causes',
		summary: 'Say what came of it for your organisation, when the year is over',
		description: 'By who governs or administers it, once. The others read it when every party said something, or when the term is over.',
		status: 204,
		means: 'It is said. Whether you want to go on promises nothing.',
		refusals: ['not_allowed', 'not_a_party', 'too_early', 'already_answered'],
		command: lookBackYearly,
		body: lookBackYearlyFields.omit({ itemId: true }),
		toAnswer: nothing
	}),
	act({
		operationId: 'declineYearlyAgreement',
		path: '/yearly-agreements/{itemId}/refusal',
		tag: 'causes',
		summary: 'Say that your organisation does not take part',
		description: 'By who governs or administers it, while it is not agreed. Being asked obliges to nothing.',
		status: 204,
		means: 'Your organisation is out. The others are asked for a new yes; it ends when fewer than two are left.',
		refusals: ['not_allowed', 'not_a_party', 'wrong_state'],
		command: declineYearly,
		toAnswer: nothing
	}),
	act({
		operationId: 'withdrawYearlyAgreement',
		path: '/yearly-agreements/{itemId}/withdrawal',
		tag: 'causes',
		summary: 'Take back what you brought',
		description: 'By who brought it, while it is not agreed.',
		status: 204,
		means: 'It is taken back; who answers for the parties is told.',
		refusals: ['not_allowed', 'not_a_party', 'not_yours', 'wrong_state'],
		command: withdrawYearly,
		toAnswer: nothing
	})
];
