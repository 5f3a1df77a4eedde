import type { JobHandlers } from '#foundation/jobs/job.ts';
import { notifyPerson } from '#rooms/people/jobs.server.ts';

/** The letter to who helped: that it worked out, and nothing of what it was about. */
export const successJobs: JobHandlers = {
	'mail.success': (installation, job) =>
		notifyPerson(installation, job, { subject: 'mail.success.subject', sentence: 'mail.success.text', path: '' })
};
