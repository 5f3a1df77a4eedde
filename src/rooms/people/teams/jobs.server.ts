import type { JobHandlers } from '#foundation/jobs/job.ts';
import { payloadId } from '#foundation/jobs/job.ts';
import { notifyPerson } from '#rooms/people/jobs.server.ts';

/** Letters about a team: to who is proposed for it, and to who proposed. */
export const teamJobs: JobHandlers = {
	'mail.team_invitation': (installation, job) =>
		notifyPerson(installation, job, {
			subject: 'mail.team_invitation.subject',
			sentence: 'mail.team_invitation.text',
			path: `/teams/uitnodiging/${payloadId(job, 'invitationId')}`
		}),
	'mail.team_answered': (installation, job) =>
		notifyPerson(installation, job, {
			subject: 'mail.team_answered.subject',
			sentence: 'mail.team_answered.text',
			path: `/team/${payloadId(job, 'teamId')}`
		})
};
