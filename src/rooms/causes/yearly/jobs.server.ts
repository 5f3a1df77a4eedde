import type { JobHandlers } from '#foundation/jobs/job.ts';
import { payloadId } from '#foundation/jobs/job.ts';
import { notifyPerson } from '#rooms/people/jobs.server.ts';

/** Letters about agreements for a year. */
export const yearlyJobs: JobHandlers = {
	'mail.yearly_asked': (installation, job) =>
		notifyPerson(installation, job, {
			subject: 'mail.yearly_asked.subject',
			sentence: 'mail.yearly_asked.text',
			path: `/jaarafspraken/${payloadId(job, 'itemId')}`
		})
};
