import type { JobHandlers } from '#foundation/jobs/job.ts';
import { payloadId } from '#foundation/jobs/job.ts';
import { notifyPerson } from '#rooms/people/jobs.server.ts';

/** Letters about the table of a case. */
export const caseJobs: JobHandlers = {
	'mail.seat_invitation': (installation, job) =>
		notifyPerson(installation, job, {
			subject: 'mail.seat_invitation.subject',
			sentence: 'mail.seat_invitation.text',
			path: `/uitnodiging/${payloadId(job, 'invitationId')}`
		}),
	'mail.invitation_answered': (installation, job) =>
		notifyPerson(installation, job, {
			subject: 'mail.invitation_answered.subject',
			sentence: 'mail.invitation_answered.text',
			path: `/casus/${payloadId(job, 'caseId')}`
		})
};
