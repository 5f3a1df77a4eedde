import { z } from '@hono/zod-openapi';
import { acceptAsk, askDecider, declineAsk, withdrawAsk } from '#rooms/agreements/asks/commands.server.ts';
import { getMyAsk } from '#rooms/agreements/asks/read.server.ts';
import { askDeciderSchema } from '#rooms/agreements/asks/schema.ts';
import { acceptChange, askForChange, askForOffered, changeAgreement, declineChange } from '#rooms/agreements/changes/commands.server.ts';
import { askForChangeSchema, askForOfferedSchema, changeSchema } from '#rooms/agreements/changes/schema.ts';
import { answerReport, makeAgreement, reportAgreement } from '#rooms/agreements/commands.server.ts';
import { agreementKinds } from '#rooms/agreements/rules.ts';
import { answerSchema, makeAgreementSchema, reportSchema } from '#rooms/agreements/schema.ts';
import { disputeRoom, nudge } from '#rooms/agreements/turns/commands.server.ts';
import { disputeRoomSchema } from '#rooms/agreements/turns/schema.ts';
import { getCaseCopy } from '#rooms/table/copy/read.server.ts';
import { ok } from '#foundation/outcome.ts';
import { day, moment } from './case-table.schema.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';

const makingRefusals = [
	'wrong_state',
	'receiver_not_at_table',
	'needs_acknowledgement',
	'room_not_declared',
	'above_mandate',
	'not_formal_decider'
] as const;
const changeRefusals = ['not_party', 'wrong_state', 'no_change_waits', 'not_asked'] as const;

export const agreementOperations: readonly Operation[] = [
	act({
		operationId: 'makeAgreement',
		path: '/cases/{caseId}/agreements',
		tag: 'agreements',
		summary: 'Promise something to a colleague at the table',
		description:
			'A pair has a table too: give its id. `i_do` binds you, at once, and no one else. `on_behalf` binds your organisation, inside what its people may agree themselves, and with an amount inside your mandate; above it the refusal names who can decide. `decision_follows` announces a formal decision and binds no one.',
		status: 201,
		means: 'The agreement stands.',
		refusals: makingRefusals,
		command: makeAgreement,
		body: makeAgreementSchema.omit({ caseId: true }),
		answer: z.object({ agreementId: z.uuid() }).openapi('MadeAgreement'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'askDecider',
		path: '/cases/{caseId}/asked-agreements',
		tag: 'agreements',
		summary: 'Ask a colleague who can to decide on an agreement above your own mandate',
		description: 'It binds once that colleague accepts. They see the agreement, not the case.',
		status: 201,
		means: 'The colleague is asked.',
		refusals: makingRefusals,
		command: askDecider,
		body: askDeciderSchema.omit({ caseId: true }),
		answer: z.object({ agreementId: z.uuid(), askId: z.uuid() }).openapi('AskedAgreement'),
		toAnswer: (value) => ({ body: value })
	}),
	reading({
		operationId: 'getAsk',
		path: '/asks/{askId}',
		tag: 'agreements',
		summary: 'What you are asked to decide: the agreement, nothing of its case',
		means: 'The agreement.',
		refusals: [],
		answer: z
			.object({
				askId: z.uuid(),
				kind: z.enum(agreementKinds),
				what: z.string().nullable(),
				proof: z.string().nullable(),
				amountCents: z.int().nullable(),
				dueOn: day(),
				askedBy: z.uuid(),
				receiverId: z.uuid(),
				askedAt: moment(),
				answer: z.enum(['accepted', 'declined', 'withdrawn']).nullable()
			})
			.openapi('Ask'),
		async read({ installation, actor, params }) {
			const found = await getMyAsk(installation, actor, params.askId);
			if (!found.ok) return found;
			const { askId, kind, what, proof, amountCents, dueOn, personId, receiverId, askedAt, answer } = found.value;
			return ok({
				body: { askId, kind, what, proof, amountCents, dueOn, askedBy: personId, receiverId, askedAt: askedAt.toISOString(), answer }
			});
		}
	}),
	act({
		operationId: 'acceptAsk',
		path: '/asks/{askId}/acceptance',
		tag: 'agreements',
		summary: 'Decide yes: it binds your organisation and counts on your mandate',
		status: 204,
		means: 'The agreement stands.',
		refusals: ['ask_over', 'wrong_state', 'above_mandate'],
		command: acceptAsk,
		toAnswer: nothing
	}),
	act({
		operationId: 'declineAsk',
		path: '/asks/{askId}/decline',
		tag: 'agreements',
		summary: 'Decide no: it never bound',
		status: 204,
		means: 'The agreement does not go ahead.',
		refusals: ['ask_over', 'wrong_state'],
		command: declineAsk,
		toAnswer: nothing
	}),
	act({
		operationId: 'withdrawAsk',
		method: 'delete',
		path: '/asks/{askId}',
		tag: 'agreements',
		summary: 'Take back what you asked a colleague to decide',
		status: 204,
		means: 'The question is taken back.',
		refusals: ['not_promiser', 'ask_over'],
		command: withdrawAsk,
		toAnswer: nothing
	}),
	act({
		operationId: 'changeAgreement',
		path: '/agreements/{agreementId}/versions',
		tag: 'agreements',
		summary: 'Offer another version of an agreement you are a party to',
		description: 'It counts once the other party accepts it; until then the agreement stands as it was.',
		status: 201,
		means: 'The change is offered.',
		refusals: ['not_party', 'wrong_state', 'change_waits', 'room_not_declared', 'needs_acknowledgement', 'above_mandate'],
		command: changeAgreement,
		body: changeSchema.omit({ agreementId: true }),
		answer: z.object({ versionId: z.uuid() }).openapi('OfferedVersion'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'askForChange',
		path: '/agreements/{agreementId}/asked-versions',
		tag: 'agreements',
		summary: 'Ask a colleague who can to decide on a change above your own mandate',
		description: 'By the promiser. After the yes of that colleague the change goes to the other party.',
		status: 201,
		means: 'The colleague is asked.',
		refusals: ['not_party', 'not_promiser', 'wrong_state', 'change_waits', 'room_not_declared', 'needs_acknowledgement', 'above_mandate'],
		command: askForChange,
		body: askForChangeSchema.omit({ agreementId: true }),
		answer: z.object({ versionId: z.uuid(), askId: z.uuid() }).openapi('AskedVersion'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'askForOffered',
		path: '/agreements/{agreementId}/versions/{versionId}/asks',
		tag: 'agreements',
		summary: 'Ask a colleague who can to decide on what the other party offered',
		description: 'By the promiser, above their own mandate. After the yes of that colleague the promiser can accept.',
		status: 201,
		means: 'The colleague is asked.',
		refusals: [...changeRefusals, 'not_promiser', 'above_mandate'],
		command: askForOffered,
		body: askForOfferedSchema.omit({ agreementId: true, versionId: true }),
		answer: z.object({ askId: z.uuid() }).openapi('AskedChange'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'acceptChange',
		path: '/agreements/{agreementId}/versions/{versionId}/acceptance',
		tag: 'agreements',
		summary: 'Accept a change that was offered to you',
		status: 204,
		means: 'The new version counts.',
		refusals: [...changeRefusals, 'above_mandate'],
		command: acceptChange,
		toAnswer: nothing
	}),
	act({
		operationId: 'declineChange',
		path: '/agreements/{agreementId}/versions/{versionId}/decline',
		tag: 'agreements',
		summary: 'Decline a change that was offered to you',
		status: 204,
		means: 'The agreement stays as it was.',
		refusals: changeRefusals,
		command: declineChange,
		toAnswer: nothing
	}),
	act({
		operationId: 'nudge',
		path: '/agreements/{agreementId}/nudges',
		tag: 'agreements',
		summary: 'Nudge whose turn it is, once a round',
		status: 204,
		means: 'A letter goes to whose turn it is.',
		refusals: ['not_party', 'wrong_state', 'nothing_to_nudge', 'already_nudged'],
		command: nudge,
		toAnswer: nothing
	}),
	act({
		operationId: 'disputeRoom',
		path: '/agreements/{agreementId}/room-dispute',
		tag: 'agreements',
		summary: 'Say that an agreement falls outside what your organisation lets its people agree',
		description: 'By a colleague of the promiser at the same table. From then on it binds the promiser alone.',
		status: 204,
		means: 'It is said, and both parties are told.',
		refusals: ['not_same_organisation', 'wrong_state', 'binds_speaker_only', 'already_disputed', 'needs_acknowledgement'],
		command: disputeRoom,
		body: disputeRoomSchema.omit({ agreementId: true }),
		toAnswer: nothing
	}),
	reading({
		operationId: 'copyCase',
		path: '/cases/{caseId}/copy',
		tag: 'agreements',
		summary: 'The case as plain text in Dutch, for your own system: goal, agreements, how they went',
		description: 'That you copied it is a line of its own in the log of the case.',
		means: 'The text.',
		refusals: [],
		answer: z.object({ pseudonym: z.string(), text: z.string() }).openapi('CaseCopy'),
		async read({ installation, actor, params }) {
			const found = await getCaseCopy(installation, actor, params.caseId, 'nl');
			return found.ok ? ok({ body: found.value }) : found;
		}
	}),
	act({
		operationId: 'reportAgreement',
		path: '/agreements/{agreementId}/reports',
		tag: 'agreements',
		summary: 'Say how your agreement went: kept, late, changed or impossible; of a decision: taken or otherwise',
		status: 201,
		means: 'It is reported; the receiver is asked.',
		refusals: ['not_promiser', 'wrong_state', 'already_reported', 'needs_acknowledgement'],
		command: reportAgreement,
		body: reportSchema.omit({ agreementId: true }),
		answer: z.object({ reportId: z.uuid() }).openapi('MadeReport'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'answerReport',
		path: '/agreements/{agreementId}/answers',
		tag: 'agreements',
		summary: 'Confirm or dispute what was reported of an agreement made to you',
		status: 204,
		means: 'The newest report is answered.',
		refusals: ['not_receiver', 'wrong_state', 'already_answered'],
		command: answerReport,
		body: answerSchema.omit({ agreementId: true }),
		toAnswer: nothing
	})
];
