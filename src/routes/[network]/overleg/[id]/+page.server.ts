import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { dayAt } from '#foundation/time/days.ts';
import { callMeeting } from '#rooms/meetings/agenda/commands.server.ts';
import { listMeetings } from '#rooms/meetings/agenda/read.server.ts';
import { isToCome } from '#rooms/meetings/agenda/rules.ts';
import { acceptSeat, confirmRule, declineSeat, leaveSeat, offerSeat, proposeRule } from '#rooms/meetings/bodies/commands.server.ts';
import { findBody } from '#rooms/meetings/bodies/read.server.ts';
import { mayDecide } from '#rooms/meetings/bodies/rules.ts';
import { findColleague, listColleagues } from '#rooms/people/read.server.ts';
import { act, actorOf } from '../../../form.server.ts';
import { sitsFor } from '../../sits-for.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Who meet: their fixed seats, how they decide, and when they meet. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const seen = await read(installation, actor, async (tx, now) => {
		const body = await findBody(tx, actor, now, event.params.id);
		if (!body) return null;
		const fixed = body.seats.find((seat) => seat.membershipId === actor.membershipId);
		const mayOffer = fixed !== undefined || body.madeBy === actor.personId;
		const taken = new Set([...body.seats, ...body.offered].map((seat) => seat.personId));
		const self = mayOffer ? await findColleague(tx, actor, now, actor.membershipId) : null;
		const colleagues = mayOffer ? [...(self ? [self] : []), ...(await listColleagues(tx, actor, now))] : [];
		const meetings = await listMeetings(tx, actor, body.bodyId);
		return {
			...{ body, now, today: dayAt(now), me: actor.personId },
			sits: sitsFor(event, body.seats),
			mine: fixed?.seatId,
			asked: body.offered.find((seat) => seat.membershipId === actor.membershipId)?.seatId,
			mayConvene: fixed !== undefined || actor.roles.includes('facilitator'),
			colleagues: colleagues.filter(
				(one) =>
					mayDecide(one.roles) && !taken.has(one.personId) && (body.organisationId === null || body.organisationId === one.organisationId)
			),
			coming: meetings.filter((meeting) => meeting.endsAt > now),
			held: meetings.filter((meeting) => !isToCome(meeting, now) && meeting.endsAt <= now).toReversed()
		};
	});
	if (!seen) error(404);
	return { ...seen, title: say(locale, 'body.title'), key: installation.world.id() };
};

const seatIn = (fields: Record<string, string>) => ({ seatId: fields['seatId'] ?? '' });

export const actions: Actions = {
	call: (event) =>
		act(event, callMeeting, {
			form: 'call',
			input: (fields) => ({
				...{ bodyId: event.params.id, day: fields['day'] ?? '', from: fields['from'] ?? '' },
				...{ until: fields['until'] ?? '', place: fields['place'] ?? '' }
			}),
			to: ({ bodyId, meetingId }) => `/${event.params.network}/overleg/${bodyId}/${meetingId}`
		}),
	offer: (event) =>
		act(event, offerSeat, {
			form: 'offer',
			input: (fields) => ({ bodyId: event.params.id, membershipId: fields['membershipId'] ?? '' }),
			to: () => `/${event.params.network}/overleg/${event.params.id}`
		}),
	accept: (event) =>
		act(event, acceptSeat, { form: 'seat', input: seatIn, to: ({ bodyId }) => `/${event.params.network}/overleg/${bodyId}` }),
	decline: (event) =>
		act(event, declineSeat, { form: 'seat', input: seatIn, to: ({ bodyId }) => `/${event.params.network}/overleg/${bodyId}` }),
	leave: (event) =>
		act(event, leaveSeat, { form: 'seat', input: seatIn, to: ({ bodyId }) => `/${event.params.network}/overleg/${bodyId}` }),
	rule: (event) =>
		act(event, proposeRule, {
			form: 'rule',
			input: (fields) => ({ bodyId: event.params.id, rule: fields['rule'] ?? '' }),
			to: () => `/${event.params.network}/overleg/${event.params.id}`
		}),
	confirm: (event) =>
		act(event, confirmRule, {
			form: 'confirm',
			input: (fields) => ({ ruleId: fields['ruleId'] ?? '' }),
			to: ({ bodyId }) => `/${event.params.network}/overleg/${bodyId}`
		})
};
