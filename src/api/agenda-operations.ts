import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import { addItem, joinItem } from '#rooms/meetings/agenda/commands.server.ts';
import { findMeeting, listItems } from '#rooms/meetings/agenda/read.server.ts';
import type { AgendaItem } from '#rooms/meetings/agenda/read.server.ts';
import { addItemSchema, decideSchema, positionSchema, proposeSchema } from '#rooms/meetings/agenda/schema.ts';
import { decisionRules } from '#rooms/meetings/bodies/rules.ts';
import { makeCalendarLink, revokeCalendarLink } from '#rooms/meetings/calendar/commands.server.ts';
import { calendarAddress, listMyAgenda } from '#rooms/meetings/calendar/read.server.ts';
import { carryItem, takeOffItem } from '#rooms/meetings/carrying/commands.server.ts';
import { listCarriedFrom } from '#rooms/meetings/carrying/read.server.ts';
import { carryItemSchema, takeOffItemSchema } from '#rooms/meetings/carrying/schema.ts';
import { listCaseItems } from '#rooms/meetings/case-table/read.server.ts';
import { decide, propose, takePosition } from '#rooms/meetings/minutes/commands.server.ts';
import { moment } from './case-table.schema.ts';
import { meetingSchema, showMeeting } from './meeting-operations.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';

const item = z
	.object({
		itemId: z.uuid(),
		title: z.string(),
		text: z.string(),
		personId: z.uuid(),
		joined: z.array(z.object({ personId: z.uuid(), membershipId: z.uuid() })),
		proposal: z.object({ version: z.int(), text: z.string(), personId: z.uuid() }).nullable(),
		positions: z.array(z.object({ personId: z.uuid(), position: z.enum(['consent', 'objection', 'aside']), reason: z.string() })),
		end: z
			.object({
				kind: z.enum(['decided', 'no_decision', 'informed', 'taken_off']),
				decision: z.string().nullable(),
				reason: z.string(),
				rule: z.enum(decisionRules),
				personId: z.uuid(),
				at: moment()
			})
			.nullable(),
		/** Where it stood before it was carried over to this meeting. */
		carried: z.object({ fromMeetingId: z.uuid(), reason: z.string(), personId: z.uuid(), at: moment() }).nullable()
	})
	.openapi('AgendaItem');

const showItem = ({ itemId, title, text, personId, joined, proposal, positions, end, carried }: AgendaItem): z.input<typeof item> => ({
	...{ itemId, title, text, personId, joined: [...joined] },
	proposal: proposal && { version: proposal.version, text: proposal.text, personId: proposal.personId },
	positions: positions.map((one) => ({ personId: one.personId, position: one.position, reason: one.reason })),
	end: end && {
		...{ kind: end.kind, decision: end.decision, reason: end.reason, personId: end.personId, at: end.at.toISOString() },
		rule: end.rule as (typeof decisionRules)[number]
	},
	carried: carried && {
		...{ fromMeetingId: carried.fromMeetingId, reason: carried.reason, personId: carried.personId },
		at: carried.at.toISOString()
	}
});

const madeLink = act({
	operationId: 'makeCalendarLink',
	path: '/my-calendar-link',
	tag: 'meetings',
	summary: 'Make the private link by which your calendar reads your agenda',
	description: 'Works for 400 days; one that stood works no longer. The address is a secret: give it to your calendar and to nobody.',
	status: 201,
	means: 'The link stands. Asked again with the same key, the same address is answered.',
	refusals: [],
	command: makeCalendarLink,
	answer: z.object({ linkId: z.uuid(), address: z.url() }).openapi('MadeCalendarLink'),
	toAnswer: ({ linkId }) => ({ body: { linkId, address: '' } })
});

export const agendaOperations: readonly Operation[] = [
	{
		...madeLink,
		// The address is made from the id when it is answered: what a key remembers of an answer holds ids only.
		async run(asked) {
			const outcome = await madeLink.run(asked);
			if (!outcome.ok) return outcome;
			const { linkId } = outcome.value.body as { linkId: string };
			return ok({ body: { linkId, address: await calendarAddress(asked.installation, asked.actor, linkId) } });
		}
	},
	act({
		operationId: 'revokeCalendarLink',
		method: 'delete',
		path: '/my-calendar-link',
		tag: 'meetings',
		summary: 'Take the link of your calendar back',
		status: 204,
		means: 'No calendar reads by it any more.',
		refusals: ['wrong_state'],
		command: revokeCalendarLink,
		toAnswer: nothing
	}),
	reading({
		operationId: 'getMeeting',
		path: '/meetings/{meetingId}',
		tag: 'meetings',
		summary: 'A meeting with its agenda and minutes; of a case table only the cases at whose table you sit',
		means: 'The meeting.',
		refusals: [],
		answer: z
			.object({
				meeting: meetingSchema,
				items: z.array(item),
				/** Items that stood on this agenda and stand on another now. */
				carriedOn: z.array(z.object({ itemId: z.uuid(), title: z.string(), meetingId: z.uuid(), reason: z.string() })),
				cases: z.array(
					z.object({ itemId: z.uuid(), caseId: z.uuid(), pseudonym: z.string(), startsAt: moment().nullable(), noted: z.boolean() })
				)
			})
			.openapi('MeetingWithAgenda'),
		async read({ installation, actor, params }) {
			const found = await read(installation, actor, async (tx) => {
				const meeting = await findMeeting(tx, actor, params.meetingId);
				return (
					meeting && {
						meeting: showMeeting(meeting),
						items: (await listItems(tx, actor, meeting.meetingId)).map(showItem),
						carriedOn: (await listCarriedFrom(tx, actor, meeting.meetingId)).map(({ itemId, title, meetingId, reason }) => ({
							...{ itemId, title, meetingId, reason }
						})),
						cases: (await listCaseItems(tx, actor, meeting.meetingId)).map(({ itemId, caseId, pseudonym, startsAt, noted }) => ({
							...{ itemId, caseId, pseudonym, startsAt: startsAt?.toISOString() ?? null, noted: noted !== null }
						}))
					}
				);
			});
			return found ? ok({ body: found }) : refuse('not_found');
		}
	}),
	act({
		operationId: 'addAgendaItem',
		path: '/meetings/{meetingId}/items',
		tag: 'meetings',
		summary: 'Put an item on the agenda of a meeting that you may see',
		status: 201,
		means: 'It stands on the agenda.',
		refusals: ['not_allowed', 'wrong_state', 'needs_acknowledgement'],
		command: addItem,
		body: addItemSchema.omit({ meetingId: true }),
		answer: z.object({ itemId: z.uuid() }).openapi('AddedAgendaItem'),
		toAnswer: ({ itemId }) => ({ body: { itemId } })
	}),
	act({
		operationId: 'joinAgendaItem',
		path: '/agenda-items/{itemId}/seats',
		tag: 'meetings',
		summary: 'Join for one item, until it is closed',
		status: 204,
		means: 'You have a seat for this item.',
		refusals: ['not_allowed', 'sits_for_other', 'item_closed', 'wrong_state'],
		command: joinItem,
		toAnswer: nothing
	}),
	act({
		operationId: 'proposeOnItem',
		path: '/agenda-items/{itemId}/proposals',
		tag: 'meetings',
		summary: 'Propose what to decide; a new text is a new version, on which everyone says anew what they find',
		status: 204,
		means: 'It is proposed.',
		refusals: ['not_allowed', 'not_taking_part', 'sits_for_other', 'item_closed', 'wrong_state', 'needs_acknowledgement'],
		command: propose,
		body: proposeSchema.omit({ itemId: true }),
		toAnswer: nothing
	}),
	act({
		operationId: 'takePosition',
		path: '/agenda-items/{itemId}/positions',
		tag: 'meetings',
		summary: 'Say what you find of the proposal that you saw; an objection says why',
		status: 204,
		means: 'It is said.',
		refusals: [
			'not_allowed',
			'not_taking_part',
			'sits_for_other',
			'item_closed',
			'proposal_changed',
			'wrong_state',
			'needs_acknowledgement'
		],
		command: takePosition,
		body: positionSchema.omit({ itemId: true }),
		toAnswer: nothing
	}),
	act({
		operationId: 'decideItem',
		path: '/agenda-items/{itemId}/decision',
		tag: 'meetings',
		summary: 'Record what was decided on an item, that nothing was, or that it was for information, and why; it closes the item',
		status: 204,
		means: 'It is recorded.',
		refusals: [
			...(['not_allowed', 'not_fixed_seat', 'sits_for_other', 'item_closed', 'objection_stands'] as const),
			...(['too_few_agree', 'too_few_heard', 'proposal_changed', 'wrong_state', 'needs_acknowledgement'] as const)
		],
		command: decide,
		body: decideSchema.omit({ itemId: true }),
		toAnswer: nothing
	}),
	act({
		operationId: 'carryItem',
		path: '/agenda-items/{itemId}/carries',
		tag: 'meetings',
		summary: 'Carry an item over to another meeting of the same group that is to come, and why; seats, proposal and positions stay with it',
		status: 204,
		means: 'It stands on the agenda of that meeting.',
		refusals: ['not_allowed', 'not_fixed_seat', 'sits_for_other', 'item_closed', 'needs_acknowledgement'],
		command: carryItem,
		body: carryItemSchema.omit({ itemId: true }),
		toAnswer: nothing
	}),
	act({
		operationId: 'takeItemOff',
		path: '/agenda-items/{itemId}/removal',
		tag: 'meetings',
		summary: 'Take an item off the agenda, and why; it closes the item',
		status: 204,
		means: 'It is off the agenda.',
		refusals: ['not_allowed', 'not_fixed_seat', 'sits_for_other', 'item_closed', 'wrong_state', 'needs_acknowledgement'],
		command: takeOffItem,
		body: takeOffItemSchema.omit({ itemId: true }),
		toAnswer: nothing
	}),
	reading({
		operationId: 'listMyMeetings',
		path: '/my-meetings',
		tag: 'meetings',
		summary: 'Your own agenda: meetings in which you have a seat, and those that are open to learn from',
		means: 'The meetings that are not over.',
		refusals: [],
		answer: z
			.object({ meetings: z.array(meetingSchema.extend({ name: z.string(), why: z.enum(['seat', 'case', 'item', 'open']) })) })
			.openapi('MyMeetings'),
		async read({ installation, actor }) {
			const found = await read(installation, actor, (tx, now) => listMyAgenda(tx, actor, now, now));
			return ok({ body: { meetings: found.map((one) => ({ ...showMeeting(one), name: one.name, why: one.why })) } });
		}
	})
];
