import { payloadId } from '#foundation/jobs/job.ts';
import type { JobHandler, JobHandlers } from '#foundation/jobs/job.ts';
import { notifyPerson } from '#rooms/people/jobs.server.ts';

const aboutMeeting =
	(kind: 'meeting_called' | 'meeting_changed' | 'case_item'): JobHandler =>
	(installation, job) =>
		notifyPerson(installation, job, {
			subject: `mail.${kind}.subject`,
			sentence: `mail.${kind}.text`,
			path: `/overleg/${payloadId(job, 'bodyId')}/${payloadId(job, 'meetingId')}`
		});

/** Letters about meetings: a seat that is offered, a meeting that is called or changed, a case that is spoken of. */
export const meetingJobs: JobHandlers = {
	'mail.body_seat': (installation, job) =>
		notifyPerson(installation, job, {
			subject: 'mail.body_seat.subject',
			sentence: 'mail.body_seat.text',
			path: `/overleg/${payloadId(job, 'bodyId')}`
		}),
	'mail.meeting_called': aboutMeeting('meeting_called'),
	'mail.meeting_changed': aboutMeeting('meeting_changed'),
	'mail.case_item': aboutMeeting('case_item')
};
