import { z } from '@hono/zod-openapi';
import { agreementKinds, agreementStates, reportAnswers, reportOutcomes } from '#rooms/agreements/rules.ts';
import { caseOutcomes } from '#rooms/cases/rules.ts';
import { causeKinds, outsideResponsibles } from '#rooms/causes/rules.ts';

export const moment = () => z.iso.datetime().openapi({ description: 'UTC.' });
export const day = () => z.iso.date();
export const caseState = z.enum(['open', 'running', 'closed', 'reopened']);
const outcome = z.enum(caseOutcomes);

/** Words someone wrote. `text` is null when the key of the case was destroyed. */
export const wordsSchema = z.object({ text: z.string().nullable(), at: moment() }).openapi('Words');

export const invitationState = z.enum(['waiting', 'accepted', 'declined', 'withdrawn']);

export const reportSchema = z
	.object({
		reportId: z.uuid(),
		outcome: z.enum(reportOutcomes),
		at: moment(),
		answer: z.enum(reportAnswers).nullable(),
		answeredAt: moment().nullable(),
		words: wordsSchema.nullable()
	})
	.openapi('Report');

export const agreementSchema = z
	.object({
		agreementId: z.uuid(),
		kind: z.enum(agreementKinds),
		state: z.enum(agreementStates),
		personId: z.uuid().openapi({ description: 'Who promised.' }),
		membershipId: z.uuid(),
		receiverId: z.uuid().openapi({ description: 'To whom it was promised: a person.' }),
		organisationId: z.uuid().openapi({ description: 'The organisation of who promised.' }),
		versionId: z.uuid().openapi({ description: 'The version that counts now.' }),
		dueOn: day(),
		amountCents: z.int().nullable(),
		pending: z
			.object({
				versionId: z.uuid(),
				offeredBy: z.uuid(),
				dueOn: day(),
				amountCents: z.int().nullable(),
				at: moment(),
				what: wordsSchema.nullable()
			})
			.nullable()
			.openapi({ description: 'A change that waits for the other party.' }),
		asks: z.array(
			z.object({
				askId: z.uuid(),
				deciderId: z.uuid(),
				at: moment(),
				answer: z.enum(['accepted', 'declined', 'withdrawn']).nullable(),
				answeredAt: moment().nullable()
			})
		),
		disputedAt: moment().nullable().openapi({ description: 'When a colleague of that organisation said that it falls outside its room.' }),
		at: moment(),
		what: wordsSchema.nullable(),
		proof: wordsSchema.nullable(),
		reports: z.array(reportSchema)
	})
	.openapi('Agreement');

export const seatSchema = z
	.object({
		personId: z.uuid(),
		membershipId: z.uuid(),
		organisationId: z.uuid(),
		displayName: z.string(),
		organisationName: z.string(),
		functionTitle: z.string(),
		holder: z.boolean(),
		validFrom: moment(),
		validUntil: moment().nullable()
	})
	.openapi('Seat');

export const causeSchema = z
	.object({
		kind: z.enum(causeKinds),
		causeId: z.uuid().nullable().openapi({ description: 'The cause that other cases share; null when there is none.' }),
		title: z.string(),
		organisationId: z.uuid().nullable().openapi({ description: 'The organisation of the network that goes about it.' }),
		outside: z.enum(outsideResponsibles).nullable().openapi({ description: 'Who goes about it outside the network.' }),
		at: moment(),
		words: wordsSchema.nullable()
	})
	.openapi('Cause');

export const caseTableSchema = z
	.object({
		caseId: z.uuid(),
		pseudonym: z.string(),
		state: caseState,
		outcome: outcome.nullable(),
		residentKnows: z.boolean(),
		openedAt: moment(),
		openedByMembershipId: z.uuid(),
		words: z.object({
			stuck: wordsSchema.nullable(),
			goal: wordsSchema.nullable(),
			firstNeed: wordsSchema.nullable(),
			ownOrganisation: wordsSchema.nullable(),
			looming: wordsSchema.nullable(),
			notYetBecause: wordsSchema.nullable()
		}),
		seats: z.array(seatSchema).openapi({ description: 'Everyone who sits or sat at the table.' }),
		invitations: z.array(
			z.object({
				invitationId: z.uuid(),
				personId: z.uuid(),
				membershipId: z.uuid(),
				invitedBy: z.uuid(),
				state: invitationState,
				at: moment(),
				answeredAt: moment().nullable(),
				message: wordsSchema.nullable()
			})
		),
		agreements: z.array(agreementSchema),
		events: z.array(
			z.object({ kind: z.enum(['opened', 'closed', 'reopened']), outcome: outcome.nullable(), at: moment(), membershipId: z.uuid() })
		),
		valueMap: z.object({ valueMapId: z.uuid(), version: z.int().min(1), personId: z.uuid(), at: moment() }).nullable(),
		cause: causeSchema.nullable(),
		causeOffer: z
			.object({ after: z.enum(['agreement', 'money', 'answer']), at: moment() })
			.nullable()
			.openapi({ description: 'After which help you are asked to name the cause; null: not now.' })
	})
	.openapi('CaseTable');
