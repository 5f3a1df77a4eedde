import type { JobHandlers } from '#foundation/jobs/job.ts';
import { notifyPerson } from '#rooms/people/jobs.server.ts';

/** Letters about stories that are told without a name. */
export const storyJobs: JobHandlers = {
	'mail.story_asked': (installation, job) =>
		notifyPerson(installation, job, { subject: 'mail.story_asked.subject', sentence: 'mail.story_asked.text', path: '/vrijgeven' })
};
