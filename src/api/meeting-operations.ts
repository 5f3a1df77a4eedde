import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import { callMeeting, changeMeeting } from '#rooms/meetings/agenda/commands.server.ts';
import { listMeetings } from '#rooms/meetings/agenda/read.server.ts';
import type { Meeting } from '#rooms/meetings/agenda/read.server.ts';
import { callMeetingSchema, meetingChange } from '#rooms/meetings/agenda/schema.ts';
import {
	acceptSeat,
	confirmRule,
	declineSeat,
	leaveSeat,
	makeBody,
	offerSeat,
	proposeRule
} from '#rooms/meetings/bodies/commands.server.ts';
import { findBody, listBodies } from '#rooms/meetings/bodies/read.server.ts';
import type { Body } from '#rooms/meetings/bodies/read.server.ts';
import { bodyKinds, decisionRules } from '#rooms/meetings/bodies/rules.ts';
import { makeBodySchema, offerSeatSchema, proposeRuleSchema } from '#rooms/meetings/bodies/schema.ts';
import { moment } from './case-table.schema.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';

const seat = z.object({
	seatId: z.uuid(),
	personId: z.uuid(),
	membershipId: z.uuid(),
	displayName: z.string(),
	functionTitle: z.string(),
	organisationName: z.string()
});
const group = z
	.object({
		bodyId: z.uuid(),
		organisationId: z.uuid().nullable(),
		kind: z.enum(bodyKinds),
		name: z.string(),
		rule: z.enum(decisionRules),
		proposed: z.object({ ruleId: z.uuid(), rule: z.enum(decisionRules), personId: z.uuid() }).nullable(),
		seats: z.array(seat),
		offered: z.array(seat)
	})
	.openapi('MeetingGroup');

const showGroup = ({ bodyId, organisationId, kind, name, rule, proposed, seats, offered }: Body) => ({
	...{ bodyId, organisationId, kind, name, rule, proposed },
	seats: seats.map(({ waiting: _, ...one }) => one),
	offered: offered.map(({ waiting: _, ...one }) => one)
});

export const meetingSchema = z
	.object({
		meetingId: z.uuid(),
		bodyId: z.uuid(),
		state: z.enum(['called', 'cancelled']),
		startsAt: moment(),
		endsAt: moment(),
		place: z.string(),
		changes: z.int()
	})
	.openapi('Meeting');

export const showMeeting = ({ meetingId, bodyId, state, startsAt, endsAt, place, changes }: Meeting) => ({
	...{ meetingId, bodyId, state, place, changes },
	startsAt: startsAt.toISOString(),
	endsAt: endsAt.toISOString()
});

export const meetingOperations: readonly Operation[] = [
	reading({
		operationId: 'listMeetingGroups',
		path: '/meeting-groups',
		tag: 'meetings',
		summary: 'Who meet: of the network and of your own organisation, with their fixed seats',
		means: 'All of them.',
		refusals: [],
		answer: z.object({ groups: z.array(group) }).openapi('MeetingGroups'),
		read: async ({ installation, actor }) =>
			ok({ body: { groups: (await read(installation, actor, (tx, now) => listBodies(tx, actor, now))).map(showGroup) } })
	}),
	act({
		operationId: 'makeMeetingGroup',
		path: '/meeting-groups',
		tag: 'meetings',
		summary: 'Say who meet and how they decide; nobody sits in it until they accept',
		status: 201,
		means: 'It stands.',
		refusals: ['not_allowed'],
		command: makeBody,
		body: makeBodySchema,
		gives: ['Location'],
		answer: z.object({ bodyId: z.uuid() }).openapi('MadeMeetingGroup'),
		toAnswer: (value) => ({ body: value, location: `/meeting-groups/${value.bodyId}` })
	}),
	reading({
		operationId: 'getMeetingGroup',
		path: '/meeting-groups/{bodyId}',
		tag: 'meetings',
		summary: 'One of them, with its meetings',
		means: 'What there is.',
		refusals: [],
		answer: z.object({ group, meetings: z.array(meetingSchema) }).openapi('MeetingGroupWithMeetings'),
		async read({ installation, actor, params }) {
			const found = await read(installation, actor, async (tx, now) => {
				const one = await findBody(tx, actor, now, params.bodyId);
				return one && { group: showGroup(one), meetings: (await listMeetings(tx, actor, one.bodyId)).map(showMeeting) };
			});
			return found ? ok({ body: found }) : refuse('not_found');
		}
	}),
	act({
		operationId: 'offerFixedSeat',
		path: '/meeting-groups/{bodyId}/seats',
		tag: 'meetings',
		summary: 'Offer someone a fixed seat; they decide',
		status: 201,
		means: 'The colleague is asked.',
		refusals: ['not_allowed', 'not_fixed_seat', 'sits_for_other', 'already_invited'],
		command: offerSeat,
		body: offerSeatSchema.omit({ bodyId: true }),
		answer: z.object({ seatId: z.uuid() }).openapi('OfferedSeat'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'acceptFixedSeat',
		path: '/fixed-seats/{seatId}/acceptance',
		tag: 'meetings',
		summary: 'Take the fixed seat that you are offered',
		status: 204,
		means: 'It is yours.',
		refusals: ['not_invited', 'invitation_over'],
		command: acceptSeat,
		toAnswer: nothing
	}),
	act({
		operationId: 'declineFixedSeat',
		path: '/fixed-seats/{seatId}/refusal',
		tag: 'meetings',
		summary: 'Say no to a fixed seat; no reason is asked',
		status: 204,
		means: 'The offer is over.',
		refusals: ['not_invited', 'invitation_over'],
		command: declineSeat,
		toAnswer: nothing
	}),
	act({
		operationId: 'leaveFixedSeat',
		path: '/fixed-seats/{seatId}/departure',
		tag: 'meetings',
		summary: 'Leave your fixed seat',
		status: 204,
		means: 'It is not yours any more.',
		refusals: ['not_invited', 'wrong_state'],
		command: leaveSeat,
		toAnswer: nothing
	}),
	act({
		operationId: 'proposeDecisionRule',
		path: '/meeting-groups/{bodyId}/rules',
		tag: 'meetings',
		summary: 'Propose another way to decide; it holds once another fixed seat confirms it',
		status: 201,
		means: 'It waits for another.',
		refusals: ['not_allowed', 'not_fixed_seat', 'sits_for_other'],
		command: proposeRule,
		body: proposeRuleSchema.omit({ bodyId: true }),
		answer: z.object({ ruleId: z.uuid() }).openapi('ProposedDecisionRule'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'confirmDecisionRule',
		path: '/decision-rules/{ruleId}/confirmation',
		tag: 'meetings',
		summary: 'Confirm another way to decide, as a second fixed seat',
		status: 204,
		means: 'From now on they decide so.',
		refusals: ['not_allowed', 'not_fixed_seat', 'sits_for_other', 'other_eyes', 'wrong_state'],
		command: confirmRule,
		toAnswer: nothing
	}),
	act({
		operationId: 'callMeeting',
		path: '/meeting-groups/{bodyId}/meetings',
		tag: 'meetings',
		summary: 'Call a meeting: a fixed seat, or the facilitator. Times are of the network’s zone, `14:05`',
		status: 201,
		means: 'It is called.',
		refusals: ['not_allowed', 'not_fixed_seat', 'sits_for_other'],
		command: callMeeting,
		body: callMeetingSchema.omit({ bodyId: true }),
		gives: ['Location'],
		answer: z.object({ meetingId: z.uuid() }).openapi('CalledMeeting'),
		toAnswer: ({ meetingId }) => ({ body: { meetingId }, location: `/meetings/${meetingId}` })
	}),
	act({
		operationId: 'changeMeeting',
		path: '/meetings/{meetingId}/changes',
		tag: 'meetings',
		summary: 'Move a meeting, or cancel it',
		status: 204,
		means: 'It is changed.',
		refusals: ['not_allowed', 'not_fixed_seat', 'sits_for_other', 'wrong_state'],
		command: changeMeeting,
		body: meetingChange,
		toAnswer: nothing
	})
];
