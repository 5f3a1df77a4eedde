import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import { nameCause, skipCause } from '#rooms/causes/commands.server.ts';
import { findCauseOverview, listCauseOverviews } from '#rooms/causes/overview/read.server.ts';
import type { CauseOverview } from '#rooms/causes/overview/read.server.ts';
import { causeKinds, outsideResponsibles, responsibleColumns } from '#rooms/causes/rules.ts';
import { nameCauseFields, skipCauseSchema } from '#rooms/causes/schema.ts';
import { agreeChange, askOther, declineSignal, putInForce, takeUpSignal } from '#rooms/causes/signals/commands.server.ts';
import { confirmSignalRule, proposeSignalRule } from '#rooms/causes/signal-rule/commands.server.ts';
import { getSignalRule, listSignalRuleProposals } from '#rooms/causes/signal-rule/read.server.ts';
import { heldBackReasons, signalEventKinds, signalStates } from '#rooms/causes/signals/rules.ts';
import { agreeChangeSchema, askOtherSchema, declineSignalSchema, putInForceSchema, takeUpSchema } from '#rooms/causes/signals/schema.ts';
import { day, moment } from './case-table.schema.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';

const count = () => z.int().min(0);

const signal = z
	.object({
		signalId: z.uuid(),
		state: z.enum(signalStates),
		openedAt: moment(),
		dueOn: day().nullable(),
		acknowledgedOn: day().nullable(),
		changedOn: day().nullable(),
		events: z.array(
			z.object({
				kind: z.enum(signalEventKinds),
				at: moment(),
				dueOn: day().nullable(),
				changedOn: day().nullable(),
				words: z.string(),
				proof: z.string().openapi({ description: 'Where can be read what was recorded on behalf of someone outside.' }),
				onBehalf: z.boolean().openapi({ description: 'Recorded by someone of the network for an organisation outside it.' }),
				organisationId: z.uuid().nullable()
			})
		)
	})
	.openapi('Signal');

const cause = z
	.object({
		causeId: z.uuid(),
		kind: z.enum(causeKinds),
		title: z.string(),
		cases: count(),
		cents: count().openapi({ description: 'Granted from the pot in those cases; 0 under three cases with money.' }),
		households: count().openapi({
			description: 'Households that were helped in those cases, with money or without; 0 under three. A case is one household.'
		}),
		organisationId: z
			.uuid()
			.nullable()
			.openapi({ description: 'The organisation of the network that goes about it; from three cases on.' }),
		outside: z.enum(outsideResponsibles).nullable(),
		gone: z.boolean().openapi({ description: 'That organisation left the network; what it does is recorded on its behalf.' }),
		months: z.array(z.object({ month: day(), cases: count() })),
		stretches: z
			.array(z.object({ fromQuarter: day(), untilQuarter: day(), cases: count(), cents: count() }))
			.openapi({ description: 'What was granted over time: quarters taken together until the first grants of three cases fall in them.' }),
		helped: z.array(z.object({ fromQuarter: day(), untilQuarter: day(), households: count() })).openapi({
			description:
				'Households that were helped, by the quarter in which their case was closed; quarters taken together until three fall in them.'
		}),
		signal: signal.nullable()
	})
	.openapi('NetworkCause');

const showCause = ({
	causeId,
	kind,
	title,
	cases,
	cents,
	households,
	responsible,
	months,
	stretches,
	helped,
	signal
}: CauseOverview): z.input<typeof cause> => ({
	...{ causeId, kind, title, cases, cents, households },
	...{ months: [...months], stretches: [...stretches], helped: [...helped] },
	...responsibleColumns(responsible),
	gone: responsible.kind === 'gone',
	signal: signal && {
		...{ signalId: signal.signalId, state: signal.state, openedAt: signal.openedAt.toISOString() },
		...{ dueOn: signal.dueOn, acknowledgedOn: signal.acknowledgedOn, changedOn: signal.changedOn },
		events: signal.events.map((event) => ({
			...{ kind: event.kind, at: event.at.toISOString(), dueOn: event.dueOn, changedOn: event.changedOn },
			...{ words: event.words, proof: event.proof, onBehalf: event.onBehalf, organisationId: event.organisationId }
		}))
	}
});

const signalRuleNumbers = {
	cases: z.int().min(3).max(20),
	months: z.int().min(1).max(60),
	quietMonths: z.int().min(1).max(60)
};

export const causeOperations: readonly Operation[] = [
	act({
		operationId: 'nameCause',
		path: '/cases/{caseId}/causes',
		tag: 'causes',
		summary: 'Say why help is needed in a case',
		description:
			'While help is given, by anyone at the table; the newest counts. Give `causeId` when it is the same as a cause that the network knows, else `cause` with `responsible`: the id of an organisation, or a code of someone outside.',
		status: 201,
		means: 'It is named. The case that makes it come up often enough opens a signal.',
		refusals: ['wrong_state', 'not_allowed', 'needs_acknowledgement'],
		command: nameCause,
		body: nameCauseFields.omit({ caseId: true }),
		answer: z.object({ namingId: z.uuid(), causeId: z.uuid().nullable() }).openapi('MadeNaming'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'skipCause',
		path: '/cases/{caseId}/causes/skip',
		tag: 'causes',
		summary: 'Leave naming the cause of a case for now',
		description:
			'It is offered (`causeOffer` of the case) when help was given; left for now, it is offered again only when help is given anew.',
		status: 204,
		means: 'You are not asked until then.',
		refusals: ['wrong_state', 'not_allowed'],
		command: skipCause,
		body: skipCauseSchema.omit({ caseId: true }),
		toAnswer: nothing
	}),
	reading({
		operationId: 'listCauses',
		path: '/causes',
		tag: 'causes',
		summary: 'The causes of the network, with their line over time and their signal',
		description: 'Counts only, also over cases that you do not see. Who goes about a cause is named from three cases on.',
		means: 'All of them; first what cost most and came most.',
		refusals: [],
		answer: z.object({ causes: z.array(cause) }).openapi('NetworkCauses'),
		async read({ installation, actor }) {
			const causes = await read(installation, actor, (tx, now) => listCauseOverviews(tx, actor, now));
			return ok({ body: { causes: causes.map(showCause) } });
		}
	}),
	reading({
		operationId: 'getCause',
		path: '/causes/{causeId}',
		tag: 'causes',
		summary: 'One cause of the network',
		means: 'The cause as it stands.',
		refusals: ['not_found'],
		answer: cause
			.extend({
				heldBack: z
					.enum(heldBackReasons)
					.nullable()
					.openapi({ description: 'What keeps it from being called gone, once its rule has held long enough.' })
			})
			.openapi('NetworkCauseFound'),
		async read({ installation, actor, params }) {
			const found = await read(installation, actor, (tx, now) => findCauseOverview(tx, actor, now, params.causeId));
			return found ? ok({ body: { ...showCause(found), heldBack: found.heldBack } }) : refuse('not_found');
		}
	}),
	reading({
		operationId: 'getSignalRule',
		path: '/signal-rule',
		tag: 'causes',
		summary: 'When a cause becomes a signal, and when it is gone',
		means: 'What holds, and what was proposed.',
		refusals: [],
		answer: z
			.object({
				...signalRuleNumbers,
				since: z.iso.datetime().nullable().openapi({ description: 'Null: what the network began with.' }),
				proposals: z.array(
					z.object({
						...{ ruleId: z.uuid(), ...signalRuleNumbers, organisationId: z.uuid(), at: z.iso.datetime() },
						answer: z.enum(['confirmed', 'declined']).nullable()
					})
				)
			})
			.openapi('SignalRule'),
		async read({ installation, actor }) {
			const { rule, proposals } = await read(installation, actor, async (tx) => ({
				rule: await getSignalRule(tx),
				proposals: await listSignalRuleProposals(tx, actor)
			}));
			return ok({
				body: {
					...{ cases: rule.cases, months: rule.months, quietMonths: rule.quietMonths, since: rule.since?.toISOString() ?? null },
					proposals: proposals.map(({ ruleId, cases, months, quietMonths, organisationId, at, answer }) => ({
						...{ ruleId, cases, months, quietMonths, organisationId, at: at.toISOString(), answer }
					}))
				}
			});
		}
	}),
	act({
		operationId: 'proposeSignalRule',
		path: '/signal-rule/proposals',
		tag: 'causes',
		summary: 'Propose when a cause becomes a signal, and when it is gone',
		description: 'By who governs or administers an organisation.',
		status: 201,
		means: 'It waits for someone of another organisation.',
		refusals: ['not_allowed'],
		command: proposeSignalRule,
		body: z.strictObject(signalRuleNumbers),
		answer: z.object({ ruleId: z.uuid() }).openapi('ProposedSignalRule'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'confirmSignalRule',
		path: '/signal-rule/proposals/{ruleId}/answer',
		tag: 'causes',
		summary: 'Confirm or decline a proposed rule of signals',
		status: 204,
		means: 'Answered. A confirmed rule holds from now on.',
		refusals: ['not_allowed', 'other_eyes', 'already_answered'],
		command: confirmSignalRule,
		body: z.strictObject({ answer: z.enum(['confirmed', 'declined']) }),
		toAnswer: nothing
	}),
	act({
		operationId: 'takeUpSignal',
		path: '/signals/{signalId}/takings',
		tag: 'causes',
		summary: 'Take a signal up for your organisation',
		description: 'Of a cause that someone outside the network goes about: on their behalf.',
		status: 204,
		means: 'It is taken up.',
		refusals: ['not_responsible', 'not_allowed', 'wrong_state'],
		command: takeUpSignal,
		body: takeUpSchema.omit({ signalId: true }),
		toAnswer: nothing
	}),
	act({
		operationId: 'declineSignal',
		path: '/signals/{signalId}/refusals',
		tag: 'causes',
		summary: 'Say that your organisation does not go about this, and why',
		status: 204,
		means: 'It is handed back.',
		refusals: ['not_responsible', 'not_allowed', 'wrong_state'],
		command: declineSignal,
		body: declineSignalSchema.omit({ signalId: true }),
		toAnswer: nothing
	}),
	act({
		operationId: 'askOther',
		path: '/signals/{signalId}/other-owner',
		tag: 'causes',
		summary: 'Ask another about a cause that was handed back, or whose organisation left',
		description:
			'By a facilitator, who governs, a secretariat, or who sits at a case with it. `responsible` is the id of an organisation, or a code of someone outside.',
		status: 204,
		means: 'They are asked, and go about it from now on; they may hand it back too.',
		refusals: ['not_responsible', 'not_allowed', 'wrong_state', 'asked_before'],
		command: askOther,
		body: askOtherSchema.omit({ signalId: true }),
		toAnswer: nothing
	}),
	act({
		operationId: 'agreeChange',
		path: '/signals/{signalId}/changes',
		tag: 'causes',
		summary: 'Say what will change, and by when',
		status: 204,
		means: 'The change is recorded as agreed.',
		refusals: ['not_responsible', 'not_allowed', 'wrong_state'],
		command: agreeChange,
		body: agreeChangeSchema.omit({ signalId: true }),
		toAnswer: nothing
	}),
	act({
		operationId: 'putInForce',
		path: '/signals/{signalId}/rules',
		tag: 'causes',
		summary: 'Record the changed rule, and since when it holds',
		status: 204,
		means: 'From now on the product looks whether the cause stays away.',
		refusals: ['not_responsible', 'not_allowed', 'wrong_state'],
		command: putInForce,
		body: putInForceSchema.omit({ signalId: true }),
		toAnswer: nothing
	})
];
