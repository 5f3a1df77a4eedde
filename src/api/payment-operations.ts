import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok } from '#foundation/outcome.ts';
import { readClaims } from '#rooms/fund/claims/read.server.ts';
import { listSplits } from '#rooms/fund/splits/read.server.ts';
import { splitKinds } from '#rooms/fund/splits/rules.ts';
import { moment } from './case-table.schema.ts';
import { acceptClaim, declineClaim, payClaim, proposeClaim, writeOffClaim } from '#rooms/fund/claims/commands.server.ts';
import { acceptSplit, claimBySplit, proposeSplit } from '#rooms/fund/splits/commands.server.ts';
import { payClaimSchema, proposeClaimSchema } from '#rooms/fund/claims/schema.ts';
import { claimBySplitSchema, proposeSplitSchema } from '#rooms/fund/splits/schema.ts';
import { releasePayment, submitPayment, tickTransfer, withdrawPayment } from '#rooms/fund/payments/commands.server.ts';
import { addReceipt } from '#rooms/fund/payments/receipts/commands.server.ts';
import { addReceiptSchema } from '#rooms/fund/payments/receipts/schema.ts';
import { readReceipt } from '#rooms/fund/payments/read.server.ts';
import { paymentFields } from '#rooms/fund/payments/schema.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';

const claimMade = z.object({ claimId: z.uuid() }).openapi('Claim');

/** Paying what was granted, and what is paid back. */
export const paymentOperations: readonly Operation[] = [
	act({
		operationId: 'submitPayment',
		path: '/requests/{requestId}/payments',
		tag: 'payments',
		summary: 'Pay (part of) a request that was granted',
		description:
			'With the card of the team, by transfer, or advanced by a colleague. The receipt is a photo or PDF as base64. What tells the household is not kept.',
		status: 201,
		means: 'Paid with the card, or waiting to be transferred.',
		refusals: ['not_payer', 'wrong_state', 'not_released', 'no_card', 'over_amount', 'household_full', 'effects_open'],
		command: submitPayment,
		body: paymentFields,
		bodyLimitBytes: 14_000_000,
		answer: z.object({ paymentId: z.uuid() }).openapi('Payment'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'addReceipt',
		path: '/payments/{paymentId}/receipts',
		tag: 'payments',
		summary: 'Add a receipt to a payment that stands',
		description: 'By whoever may pay for the request. A photo or PDF as base64; what is there stays.',
		status: 201,
		means: 'It is kept.',
		refusals: ['not_payer', 'wrong_state', 'enough_receipts'],
		command: addReceipt,
		body: addReceiptSchema.omit({ paymentId: true }),
		bodyLimitBytes: 14_000_000,
		answer: z.object({ receiptId: z.uuid() }).openapi('ReceiptKept'),
		toAnswer: ({ receiptId }) => ({ body: { receiptId } })
	}),
	act({
		operationId: 'releasePayment',
		path: '/requests/{requestId}/release',
		tag: 'payments',
		summary: 'Release a payment above the threshold, as a third person',
		status: 204,
		means: 'It may be paid.',
		refusals: ['not_allowed', 'other_eyes', 'wrong_state'],
		command: releasePayment,
		toAnswer: nothing
	}),
	act({
		operationId: 'tickTransfer',
		path: '/payments/{paymentId}/ticks',
		tag: 'payments',
		summary: 'Tick a transfer off: the treasurer, then another',
		status: 201,
		means: 'Ticked off; with the second it is booked.',
		refusals: ['not_allowed', 'other_eyes', 'wrong_state'],
		command: tickTransfer,
		answer: z.object({ state: z.enum(['first', 'paid', 'settled']) }).openapi('Tick'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'withdrawPayment',
		path: '/payments/{paymentId}',
		method: 'delete',
		tag: 'payments',
		summary: 'Take back a payment that has not left the pot',
		status: 204,
		means: 'It will not be paid.',
		refusals: ['not_payer', 'wrong_state'],
		command: withdrawPayment,
		toAnswer: nothing
	}),
	reading({
		operationId: 'getReceipt',
		path: '/receipts/{receiptId}',
		tag: 'payments',
		summary: 'A receipt; leaves a line in the log',
		means: 'The receipt as base64.',
		refusals: [],
		answer: z.object({ mediaType: z.enum(['image/jpeg', 'application/pdf']), base64: z.string() }).openapi('Receipt'),
		async read({ installation, actor, params }) {
			const outcome = await readReceipt(installation, actor, params.receiptId);
			if (!outcome.ok) return outcome;
			const { mediaType, bytes } = outcome.value;
			return ok({ body: { mediaType, base64: Buffer.from(bytes).toString('base64') } });
		}
	}),
	act({
		operationId: 'proposeClaim',
		path: '/requests/{requestId}/claims',
		tag: 'payments',
		summary: 'Ask an organisation to pay back what it should have paid',
		description: 'It owes nothing until it accepts.',
		status: 201,
		means: 'It is asked.',
		refusals: ['over_amount', 'needs_acknowledgement'],
		command: proposeClaim,
		body: proposeClaimSchema.omit({ requestId: true }),
		answer: claimMade,
		toAnswer: (value) => ({ body: value })
	}),
	reading({
		operationId: 'listClaims',
		path: '/claims',
		tag: 'payments',
		summary: 'What is asked back, as far as you may see it',
		description: 'Of your own organisation when you may bind it, of requests that you see, or all, for the treasurer.',
		means: 'The claims, first due first.',
		refusals: [],
		answer: z
			.object({
				claims: z.array(
					z.object({
						...{ claimId: z.uuid(), organisationId: z.uuid(), organisation: z.string() },
						requestId: z.uuid().nullable().openapi({ description: 'The request that the pot paid; null when it is not yours to see.' }),
						...{ amountCents: z.int(), openCents: z.int(), dueOn: z.string(), state: z.string() },
						splitId: z
							.uuid()
							.nullable()
							.openapi({ description: 'The way to share under which it stands; null: asked of this organisation alone.' }),
						sharedCents: z.int().nullable().openapi({ description: 'What was shared, of which this is a part.' }),
						why: z
							.string()
							.nullable()
							.openapi({ description: 'What was paid and why it is asked of them, while it is open. Each leaves a line in the log.' })
					})
				)
			})
			.openapi('Claims'),
		read: ({ installation, actor }) =>
			read(installation, actor, async (tx, now, send) =>
				ok({
					body: {
						claims: (await readClaims(installation, { tx, send }, actor, now)).map((claim) => ({
							...{ claimId: claim.claimId, requestId: claim.requestId, organisationId: claim.organisationId },
							...{ organisation: claim.organisationName, amountCents: claim.amountCents, openCents: claim.openCents },
							...{ dueOn: claim.dueOn, state: claim.state, splitId: claim.splitId, sharedCents: claim.sharedCents },
							why: claim.why ?? null
						}))
					}
				})
			)
	}),
	act({
		operationId: 'acceptClaim',
		path: '/claims/{claimId}/acceptance',
		tag: 'payments',
		summary: 'Accept, for your organisation, to pay back',
		status: 204,
		means: 'Your organisation owes it.',
		refusals: ['not_allowed', 'already_answered'],
		command: acceptClaim,
		toAnswer: nothing
	}),
	act({
		operationId: 'declineClaim',
		path: '/claims/{claimId}/refusal',
		tag: 'payments',
		summary: 'Decline, for your organisation, to pay back',
		status: 204,
		means: 'Nothing is owed.',
		refusals: ['not_allowed', 'already_answered'],
		command: declineClaim,
		toAnswer: nothing
	}),
	act({
		operationId: 'payClaim',
		path: '/claims/{claimId}/payments',
		tag: 'payments',
		summary: 'Note that (part of) a claim came in (treasurer)',
		status: 204,
		means: 'It is booked.',
		refusals: ['not_allowed', 'wrong_state', 'over_amount'],
		command: payClaim,
		body: payClaimSchema.omit({ claimId: true }),
		toAnswer: nothing
	}),
	act({
		operationId: 'writeOffClaim',
		path: '/claims/{claimId}/write-off',
		tag: 'payments',
		summary: 'Write off what is left of a claim: the treasurer, then another',
		status: 204,
		means: 'Proposed, or with the second: written off.',
		refusals: ['not_allowed', 'other_eyes', 'wrong_state'],
		command: writeOffClaim,
		toAnswer: nothing
	}),
	reading({
		operationId: 'listSplits',
		path: '/splits',
		tag: 'payments',
		summary: 'The ways to share what the pot paid: whom each names, and who accepted',
		means: 'The ways to share, newest first.',
		refusals: [],
		answer: z
			.object({
				splits: z.array(
					z.object({
						...{ splitId: z.uuid(), kind: z.enum(splitKinds), at: moment() },
						parties: z.array(
							z.object({
								...{ organisationId: z.uuid(), organisation: z.string() },
								weight: z
									.int()
									.openapi({ description: 'How heavy it weighs: 1 in equal parts, cents that came in by deposit, else as agreed.' }),
								acceptedAt: moment().nullable().openapi({ description: 'Null: not accepted. It owes nothing, and nobody owes it instead.' })
							})
						)
					})
				)
			})
			.openapi('Splits'),
		read: ({ installation, actor }) =>
			read(installation, actor, async (tx, now) =>
				ok({
					body: {
						splits: (await listSplits(tx, actor, now)).map(({ splitId, kind, at, parties }) => ({
							...{ splitId, kind, at: at.toISOString() },
							parties: parties.map(({ organisationId, name, weight, acceptedAt }) => ({
								...{ organisationId, organisation: name, weight, acceptedAt: acceptedAt?.toISOString() ?? null }
							}))
						}))
					}
				})
			)
	}),
	act({
		operationId: 'proposeSplit',
		path: '/splits',
		tag: 'payments',
		summary: 'Propose a way to share what the pot paid (treasurer)',
		status: 201,
		means: 'It binds nobody until they accept it.',
		refusals: ['not_allowed'],
		command: proposeSplit,
		body: proposeSplitSchema,
		answer: z.object({ splitId: z.uuid() }).openapi('Split'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'acceptSplit',
		path: '/splits/{splitId}/acceptance',
		tag: 'payments',
		summary: 'Accept a way to share for your organisation',
		status: 204,
		means: 'It binds your organisation for what is asked from now on.',
		refusals: ['not_allowed', 'not_named', 'already_answered'],
		command: acceptSplit,
		toAnswer: nothing
	}),
	act({
		operationId: 'claimBySplit',
		path: '/splits/{splitId}/claims',
		tag: 'payments',
		summary: 'Share what was paid as the organisations accepted beforehand (treasurer)',
		description:
			'The parts are counted over everyone whom the way to share names. Who accepted before the money was asked owes its part; the part of who did not stays with the pot.',
		status: 201,
		means: 'The claims stand, to the cent.',
		refusals: ['not_allowed', 'wrong_state', 'already_shared', 'over_amount', 'needs_acknowledgement'],
		command: claimBySplit,
		body: claimBySplitSchema.omit({ splitId: true }),
		answer: z.object({ claimIds: z.array(z.uuid()) }).openapi('SharedClaims'),
		toAnswer: (value) => ({ body: { claimIds: [...value.claimIds] } })
	})
];
