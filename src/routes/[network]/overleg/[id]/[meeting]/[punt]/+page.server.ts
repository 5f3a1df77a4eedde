import { error, redirect } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { joinItem } from '#rooms/meetings/agenda/commands.server.ts';
import { findItem, findMeeting, listMeetings } from '#rooms/meetings/agenda/read.server.ts';
import { nextMeetings } from '#rooms/meetings/agenda/rules.ts';
import { findBody } from '#rooms/meetings/bodies/read.server.ts';
import { mayDecide, mayTakePart } from '#rooms/meetings/bodies/rules.ts';
import { carryItem, takeOffItem } from '#rooms/meetings/carrying/commands.server.ts';
import { decide, propose, takePosition } from '#rooms/meetings/minutes/commands.server.ts';
import { listNames } from '#rooms/people/read.server.ts';
import { act, actorOf, optional, present } from '../../../../../form.server.ts';
import { sitsFor } from '../../../../sits-for.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** One item: who takes part, what is proposed, what each finds of it, and the decision with its reason. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const seen = await read(installation, actor, async (tx, now) => {
		const item = await findItem(tx, actor, event.params.punt);
		const body = item && (await findBody(tx, actor, now, item.bodyId));
		const meeting = item && (await findMeeting(tx, actor, item.meetingId));
		if (!item || !body || !meeting || body.bodyId !== event.params.id) return null;
		const meetings = await listMeetings(tx, actor, body.bodyId);
		// A letter of before it was carried over leads to where it stood then.
		if (meeting.meetingId !== event.params.meeting)
			return meetings.some((one) => one.meetingId === event.params.meeting) ? { moved: here(event.params, item) } : null;
		const seated = body.seats.some((seat) => seat.personId === actor.personId);
		const fixed = body.seats.some((seat) => seat.membershipId === actor.membershipId);
		const sits = item.end === null ? sitsFor(event, [...body.seats, ...item.joined]) : undefined;
		const joined = sits === undefined && item.joined.some((seat) => seat.personId === actor.personId);
		const open = item.end === null && meeting.state !== 'cancelled';
		const begun = meeting.startsAt <= now;
		const keeps = mayDecide(actor.roles) && fixed;
		return {
			...{ item, body, meeting, now, joined, sits, me: actor.personId },
			mayJoin: open && mayTakePart(actor.roles) && !seated && !item.joined.some((seat) => seat.personId === actor.personId),
			takesPart: open && mayDecide(actor.roles) && (fixed || joined),
			mayRecord: open && begun && keeps,
			next: item.end === null && keeps ? nextMeetings(meetings, meeting.meetingId, now) : null,
			mayTakeOff: open && (keeps || (item.personId === actor.personId && mayTakePart(actor.roles) && !begun)),
			from: meetings.find((one) => one.meetingId === item.carried?.fromMeetingId)?.startsAt,
			recordsLater: open && !begun,
			names: await listNames(
				tx,
				actor,
				[...body.seats, ...item.joined, ...item.positions, item, item.proposal, item.end, item.carried].flatMap((one) =>
					one ? [one.membershipId] : []
				)
			)
		};
	});
	if (!seen) error(404);
	if ('moved' in seen) redirect(303, seen.moved);
	const live = `/${event.params.network}/live?overleg=${seen.meeting.meetingId}`;
	return { ...seen, live, title: say(locale, 'item.title'), key: installation.world.id() };
};

const here = (params: { network: string }, { itemId, meetingId, bodyId }: { itemId: string; meetingId: string; bodyId: string }): string =>
	`/${params.network}/overleg/${bodyId}/${meetingId}/${itemId}`;

export const actions: Actions = {
	join: (event) =>
		act(event, joinItem, { form: 'join', input: () => ({ itemId: event.params.punt }), to: (value) => here(event.params, value) }),
	propose: (event) =>
		act(event, propose, {
			form: 'propose',
			input: (fields) => ({ itemId: event.params.punt, text: fields['text'] ?? '', acknowledged: fields['acknowledged'] === 'yes' }),
			to: (value) => here(event.params, value)
		}),
	position: (event) =>
		act(event, takePosition, {
			form: 'position',
			input: (fields) => ({
				...{ itemId: event.params.punt, version: fields['version'] ?? '', position: fields['position'] ?? '' },
				...{ reason: fields['why'] ?? '', acknowledged: fields['acknowledged'] === 'yes' }
			}),
			to: (value) => here(event.params, value)
		}),
	decide: (event) =>
		act(event, decide, {
			form: 'decide',
			input: (fields) =>
				present({
					...{ itemId: event.params.punt, outcome: fields['outcome'] ?? '', version: optional(fields['version']) },
					...{ reason: fields['because'] ?? '', acknowledged: fields['acknowledged'] === 'yes' }
				}),
			to: (value) => here(event.params, value)
		}),
	carry: (event) =>
		act(event, carryItem, {
			form: 'carry',
			input: (fields) => ({
				...{ itemId: event.params.punt, meetingId: fields['meetingId'] ?? '', reason: fields['carryWhy'] ?? '' },
				acknowledged: fields['acknowledged'] === 'yes'
			}),
			to: (value) => here(event.params, value)
		}),
	off: (event) =>
		act(event, takeOffItem, {
			form: 'off',
			input: (fields) => ({
				...{ itemId: event.params.punt, reason: fields['offWhy'] ?? '' },
				acknowledged: fields['acknowledged'] === 'yes'
			}),
			to: (value) => here(event.params, value)
		})
};
