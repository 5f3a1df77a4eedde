import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { dayAt } from '#foundation/time/days.ts';
import { listMyCases } from '#rooms/cases/read.server.ts';
import { addItem, changeMeeting, joinItem } from '#rooms/meetings/agenda/commands.server.ts';
import { findMeeting, listItems } from '#rooms/meetings/agenda/read.server.ts';
import { isToCome } from '#rooms/meetings/agenda/rules.ts';
import { findBody } from '#rooms/meetings/bodies/read.server.ts';
import { mayDecide, mayTakePart } from '#rooms/meetings/bodies/rules.ts';
import { listCarriedFrom } from '#rooms/meetings/carrying/read.server.ts';
import { bringCase } from '#rooms/meetings/case-table/commands.server.ts';
import { listCaseItems } from '#rooms/meetings/case-table/read.server.ts';
import { act, actorOf } from '../../../../form.server.ts';
import { sitsFor } from '../../../sits-for.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** One meeting: its agenda, who joins for what, and what was decided; of a case table only one's own cases. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const seen = await read(installation, actor, async (tx, now) => {
		const meeting = await findMeeting(tx, actor, event.params.meeting);
		const body = meeting && (await findBody(tx, actor, now, meeting.bodyId));
		if (!meeting || body?.bodyId !== event.params.id) return null;
		const fixed = body.seats.some((seat) => seat.membershipId === actor.membershipId);
		const toCome = isToCome(meeting, now);
		const ofCases = body.kind === 'case_table';
		const cases = ofCases ? await listCaseItems(tx, actor, meeting.meetingId) : [];
		const items = ofCases ? [] : await listItems(tx, actor, meeting.meetingId);
		const over = meeting.state === 'called' && meeting.endsAt <= now;
		const held =
			ofCases && toCome ? (await listMyCases(tx, actor, { limit: 100 })).filter((one) => one.holder && one.state !== 'closed') : [];
		return {
			...{ body, meeting, now, toCome, cases, today: dayAt(now), me: actor.personId },
			sits: sitsFor(event, body.seats),
			takesPart: mayTakePart(actor.roles),
			seated: body.seats.some((seat) => seat.personId === actor.personId),
			mayConvene: toCome && (fixed || actor.roles.includes('facilitator')),
			items,
			carried: ofCases ? [] : await listCarriedFrom(tx, actor, meeting.meetingId),
			/** Of how many items it is not told what came of them, for who keeps the minutes. */
			missing: over && fixed && mayDecide(actor.roles) ? items.filter((item) => item.end === null).length : 0,
			held: held.filter((one) => !cases.some((item) => item.caseId === one.caseId)).map(({ caseId, pseudonym }) => ({ caseId, pseudonym }))
		};
	});
	if (!seen) error(404);
	const live = `/${event.params.network}/live?overleg=${seen.meeting.meetingId}`;
	return { ...seen, live, title: say(locale, 'body.title'), key: installation.world.id() };
};

export const actions: Actions = {
	add: (event) =>
		act(event, addItem, {
			form: 'add',
			input: (fields) => ({
				...{ meetingId: event.params.meeting, title: fields['title'] ?? '', text: fields['text'] ?? '' },
				acknowledged: fields['acknowledged'] === 'yes'
			}),
			to: ({ itemId, meetingId, bodyId }) => `/${event.params.network}/overleg/${bodyId}/${meetingId}/${itemId}`
		}),
	join: (event) =>
		act(event, joinItem, {
			form: 'join',
			input: (fields) => ({ itemId: fields['itemId'] ?? '' }),
			to: ({ itemId, meetingId, bodyId }) => `/${event.params.network}/overleg/${bodyId}/${meetingId}/${itemId}`
		}),
	move: (event) =>
		act(event, changeMeeting, {
			form: 'change',
			input: (fields) => ({
				...{ kind: 'moved', meetingId: event.params.meeting, day: fields['day'] ?? '' },
				...{ from: fields['from'] ?? '', until: fields['until'] ?? '', place: fields['place'] ?? '' }
			}),
			to: ({ meetingId, bodyId }) => `/${event.params.network}/overleg/${bodyId}/${meetingId}`
		}),
	cancel: (event) =>
		act(event, changeMeeting, {
			form: 'cancel',
			input: () => ({ kind: 'cancelled', meetingId: event.params.meeting }),
			to: ({ meetingId, bodyId }) => `/${event.params.network}/overleg/${bodyId}/${meetingId}`
		}),
	bring: (event) =>
		act(event, bringCase, {
			form: 'bring',
			input: (fields) => ({
				...{ meetingId: event.params.meeting, caseId: fields['caseId'] ?? '', from: fields['at'] ?? '', text: fields['about'] ?? '' },
				acknowledged: fields['acknowledged'] === 'yes'
			}),
			to: ({ itemId, meetingId, bodyId }) => `/${event.params.network}/overleg/${bodyId}/${meetingId}/casus/${itemId}`
		})
};
