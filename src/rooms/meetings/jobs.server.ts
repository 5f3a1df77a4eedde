import { sql } from 'kysely';
import { termAct } from '#foundation/command/term-act.server.ts';
import type { TermDeed } from '#foundation/command/term-act.server.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { jobNetwork, payloadId } from '#foundation/jobs/job.ts';
import type { JobHandler, JobHandlers } from '#foundation/jobs/job.ts';
import { notifyPerson } from '#rooms/people/jobs.server.ts';

const aboutMeeting =
	(
		kind: 'meeting_called' | 'meeting_changed' | 'meeting_of_item_changed' | 'case_table_changed' | 'meeting_soon' | 'case_item'
	): JobHandler =>
	(installation, job) =>
		notifyPerson(installation, job, {
			subject: `mail.${kind}.subject`,
			sentence: `mail.${kind}.text`,
			path: `/overleg/${payloadId(job, 'bodyId')}/${payloadId(job, 'meetingId')}`
		});

const aboutItem =
	(kind: 'item_decided' | 'case_item_noted', under: '' | 'casus/'): JobHandler =>
	(installation, job) =>
		notifyPerson(installation, job, {
			subject: `mail.${kind}.subject`,
			sentence: `mail.${kind}.text`,
			path: `/overleg/${payloadId(job, 'bodyId')}/${payloadId(job, 'meetingId')}/${under}${payloadId(job, 'itemId')}`
		});

/** Letters about meetings: a seat that is offered, a meeting that is called or changed, a case that is spoken of, what was decided. */
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
	'mail.item_decided': aboutItem('item_decided', ''),
	'daily.meetings': async (installation, job) => {
		const networkId = jobNetwork(job);
		const waiting = await installation.door.job(networkId, job.now, (tx) => listToRemind(tx, job.now));
		for (const meetingId of new Set(waiting.map((one) => one.meetingId)))
			await termAct(installation, networkId, job.now, { act: 'meeting.remind', kind: 'meeting', id: meetingId }, (deed) =>
				remind(deed, meetingId)
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
