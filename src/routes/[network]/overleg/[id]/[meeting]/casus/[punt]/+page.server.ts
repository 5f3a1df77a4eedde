import { error, redirect } from '@sveltejs/kit';
import { read, readLogged } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { findStanding } from '#rooms/cases/read.server.ts';
import { findMeeting, listMeetings } from '#rooms/meetings/agenda/read.server.ts';
import { isToCome, nextMeetings } from '#rooms/meetings/agenda/rules.ts';
import { findBody } from '#rooms/meetings/bodies/read.server.ts';
import { chooseCaseTime, noteCase, takeOffCase } from '#rooms/meetings/case-table/commands.server.ts';
import { findCaseItem, openCaseItem } from '#rooms/meetings/case-table/read.server.ts';
import { listNames } from '#rooms/people/read.server.ts';
import { act, actorOf, found } from '../../../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** A case at a case table, for who sits at the case. It is a reading of that case, and leaves a line. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const { punt } = event.params;
	const about = await read(installation, actor, (tx) => findCaseItem(tx, actor, punt));
	const subject = about
		? ({ kind: 'case', id: about.caseId, caseId: about.caseId } as const)
		: ({ kind: 'agenda_item', id: punt } as const);
	const seen = found(
		await readLogged(installation, actor, { act: 'case.read', ...subject }, async (tx, now) => {
			const item = await findCaseItem(tx, actor, punt);
			const body = item && (await findBody(tx, actor, now, item.bodyId));
			const meeting = item && (await findMeeting(tx, actor, item.meetingId));
			if (!item || !body || !meeting) return null;
			const meetings = await listMeetings(tx, actor, body.bodyId);
			return {
				...{ item, body, meeting, now },
				next: nextMeetings(meetings, meeting.meetingId, now),
				stood: meetings.some((one) => one.meetingId === event.params.meeting),
				mine: (await findStanding(tx, actor, now, item.caseId))?.holder.membershipId === actor.membershipId,
				toCome: isToCome(meeting, now),
				names: await listNames(tx, actor, item.noted ? [item.noted.membershipId] : []),
				words: await openCaseItem(tx, installation.keyring, actor, item)
			};
		})
	);
	if (seen.body.bodyId !== event.params.id || !seen.stood) error(404);
	// A letter of before it was carried over leads to where it stood then.
	if (seen.meeting.meetingId !== event.params.meeting) redirect(303, here(event.params, seen.item));
	return { ...seen, title: say(locale, 'case_item.title'), key: installation.world.id() };
};

const here = (params: { network: string }, { itemId, meetingId, bodyId }: { itemId: string; meetingId: string; bodyId: string }): string =>
	`/${params.network}/overleg/${bodyId}/${meetingId}/casus/${itemId}`;

export const actions: Actions = {
	time: (event) =>
		act(event, chooseCaseTime, {
			form: 'time',
			input: (fields) => ({ itemId: event.params.punt, from: fields['from'] ?? '' }),
			to: (value) => here(event.params, value)
		}),
	carry: (event) =>
		act(event, chooseCaseTime, {
			form: 'carry',
			input: (fields) => ({ itemId: event.params.punt, meetingId: fields['meetingId'] ?? '', from: fields['at'] ?? '' }),
			to: (value) => here(event.params, value)
		}),
	off: (event) =>
		act(event, takeOffCase, {
			form: 'off',
			input: (fields) => ({
				...{ itemId: event.params.punt, reason: fields['offWhy'] ?? '' },
				acknowledged: fields['acknowledged'] === 'yes'
			}),
			to: (value) => here(event.params, value)
		}),
	note: (event) =>
		act(event, noteCase, {
			form: 'note',
			input: (fields) => ({
				...{ itemId: event.params.punt, decision: fields['decision'] ?? '', reason: fields['reason'] ?? '' },
				acknowledged: fields['acknowledged'] === 'yes'
			}),
			to: (value) => here(event.params, value)
		})
};
