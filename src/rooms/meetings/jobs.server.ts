import { sql } from 'kysely';
import { termAct } from '#foundation/command/term-act.server.ts';
import type { TermDeed } from '#foundation/command/term-act.server.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { jobNetwork, payloadId } from '#foundation/jobs/job.ts';
import type { JobHandler, JobHandlers } from '#foundation/jobs/job.ts';
import { notifyPerson } from '#rooms/people/jobs.server.ts';
import { askedAgainMs, askedAtMostMs } from './minutes/rules.ts';

const aboutMeeting =
	(
		kind:
			| 'meeting_called'
			| 'meeting_changed'
			| 'meeting_of_item_changed'
			| 'case_table_changed'
			| 'meeting_soon'
			| 'case_item'
			| 'minutes_missing'
	): JobHandler =>
	(installation, job) =>
		notifyPerson(installation, job, {
			subject: `mail.${kind}.subject`,
			sentence: `mail.${kind}.text`,
			path: `/overleg/${payloadId(job, 'bodyId')}/${payloadId(job, 'meetingId')}`
		});

const aboutItem =
	(
		kind: 'item_decided' | 'item_carried' | 'item_taken_off' | 'case_item_noted' | 'case_item_taken_off',
		under: '' | 'casus/'
	): JobHandler =>
	(installation, job) =>
		notifyPerson(installation, job, {
			subject: `mail.${kind}.subject`,
			sentence: `mail.${kind}.text`,
			path: `/overleg/${payloadId(job, 'bodyId')}/${payloadId(job, 'meetingId')}/${under}${payloadId(job, 'itemId')}`
		});

/** Letters about meetings: a seat that is offered, a meeting that is called or changed, a case that is spoken of, what was decided, or went on, and what is missing. */
export const meetingJobs: JobHandlers = {
	'mail.body_seat': (installation, job) =>
		notifyPerson(installation, job, {
			subject: 'mail.body_seat.subject',
			sentence: 'mail.body_seat.text',
			path: `/overleg/${payloadId(job, 'bodyId')}`
		}),
	'mail.meeting_called': aboutMeeting('meeting_called'),
	'mail.meeting_changed': aboutMeeting('meeting_changed'),
	'mail.meeting_of_item_changed': aboutMeeting('meeting_of_item_changed'),
	'mail.case_table_changed': aboutMeeting('case_table_changed'),
	'meeting.case_table_changed': async (installation, job) => {
		const networkId = jobNetwork(job);
		const [bodyId, meetingId, eventId] = [payloadId(job, 'bodyId'), payloadId(job, 'meetingId'), payloadId(job, 'eventId')];
		const people = await installation.door.job(networkId, job.now, (tx) =>
			sql<{ personId: string }>`select person_id from app.people_at_case_table(${eventId}::uuid) as p(person_id)`.execute(tx)
		);
		for (const { personId } of people.rows)
			await job.ask('mail.case_table_changed', networkId, { bodyId, meetingId, personId }, `${eventId}/${personId}`);
	},
	'mail.meeting_soon': aboutMeeting('meeting_soon'),
	'mail.case_item': aboutMeeting('case_item'),
	'mail.case_item_noted': aboutItem('case_item_noted', 'casus/'),
	'mail.case_item_taken_off': aboutItem('case_item_taken_off', 'casus/'),
	'mail.item_decided': aboutItem('item_decided', ''),
	'mail.item_carried': aboutItem('item_carried', ''),
	'mail.item_taken_off': aboutItem('item_taken_off', ''),
	'mail.minutes_missing': aboutMeeting('minutes_missing'),
	'daily.meetings': async (installation, job) => {
		const networkId = jobNetwork(job);
		const waiting = await installation.door.job(networkId, job.now, (tx) => listToRemind(tx, job.now));
		for (const meetingId of new Set(waiting.map((one) => one.meetingId)))
			await termAct(installation, networkId, job.now, { act: 'meeting.remind', kind: 'meeting', id: meetingId }, (deed) =>
				remind(deed, meetingId)
			);
		const missing = await installation.door.job(networkId, job.now, (tx) => listToAsk(tx, job.now));
		for (const meetingId of new Set(missing.map((one) => one.meetingId)))
			await termAct(installation, networkId, job.now, { act: 'minutes.ask', kind: 'meeting', id: meetingId }, (deed) =>
				askForMinutes(deed, meetingId)
			);
	}
};

/** Kinds among those above that are done once a day. */
export const meetingDaily: readonly string[] = ['daily.meetings'];

/** So long before it begins a meeting is reminded of. */
const aheadMs = 2 * 86_400_000;

const listToRemind = async (tx: Tx, now: Date): Promise<{ bodyId: string; meetingId: string; personId: string }[]> =>
	(
		await sql<{ bodyId: string; meetingId: string; personId: string }>`
			select * from app.meetings_to_remind(${new Date(now.getTime() + aheadMs)}) order by meeting_id, person_id`.execute(tx)
	).rows;

/** Reminds, once, who was offered a seat and did not answer, and who put an item on the agenda and brought no text. Nobody else hears of it (C7). */
async function remind({ tx, networkId, now, tell }: TermDeed, meetingId: string): Promise<boolean> {
	let reminded = false;
	for (const { bodyId, personId } of (await listToRemind(tx, now)).filter((one) => one.meetingId === meetingId)) {
		const { numInsertedOrUpdatedRows } = await tx
			.insertInto('meetingReminder')
			.values({ networkId, meetingId, personId, at: now })
			.onConflict((conflict) => conflict.doNothing())
			.executeTakeFirst();
		if (numInsertedOrUpdatedRows !== 1n) continue;
		await tell('mail.meeting_soon', { bodyId, meetingId, personId });
		reminded = true;
	}
	return reminded;
}

const listToAsk = async (tx: Tx, now: Date): Promise<{ bodyId: string; meetingId: string; personId: string; round: number }[]> =>
	(
		await sql<{ bodyId: string; meetingId: string; personId: string; round: number }>`
			select * from app.minutes_to_ask(${new Date(now.getTime() - askedAtMostMs)}, ${now}, ${new Date(now.getTime() - askedAgainMs)})
			order by meeting_id, person_id`.execute(tx)
	).rows;

/** Asks who keeps the minutes what became of each item, once and a week later once more. Who recorded, carried over or took off all of it hears nothing (C7). */
async function askForMinutes({ tx, networkId, now, tell }: TermDeed, meetingId: string): Promise<boolean> {
	let asked = false;
	for (const { bodyId, personId, round } of (await listToAsk(tx, now)).filter((one) => one.meetingId === meetingId)) {
		const { numInsertedOrUpdatedRows } = await tx
			.insertInto('minutesRequest')
			.values({ networkId, meetingId, personId, round, at: now })
			.onConflict((conflict) => conflict.doNothing())
			.executeTakeFirst();
		if (numInsertedOrUpdatedRows !== 1n) continue;
		await tell('mail.minutes_missing', { bodyId, meetingId, personId });
		asked = true;
	}
	return asked;
}
