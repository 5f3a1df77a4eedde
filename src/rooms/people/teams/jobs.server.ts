import type { JobHandler, JobHandlers } from '#foundation/jobs/job.ts';
import { payloadId } from '#foundation/jobs/job.ts';
import { notifyPerson } from '#rooms/people/jobs.server.ts';

const aboutTeam =
	(kind: 'team_answered' | 'duty_asked' | 'duty_answered'): JobHandler =>
	(installation, job) =>
		notifyPerson(installation, job, {
			subject: `mail.${kind}.subject`,
			sentence: `mail.${kind}.text`,
			path: `/team/${payloadId(job, 'teamId')}`
		});

/** Letters about a team and its duty: to who is asked, and to who asked. */
export const teamJobs: JobHandlers = {
	'mail.team_invitation': (installation, job) =>
		notifyPerson(installation, job, {
			subject: 'mail.team_invitation.subject',
			sentence: 'mail.team_invitation.text',
			path: `/teams/uitnodiging/${payloadId(job, 'invitationId')}`
		}),
	'mail.team_answered': aboutTeam('team_answered'),
	'mail.duty_asked': aboutTeam('duty_asked'),
	'mail.duty_answered': aboutTeam('duty_answered')
};
