import type { JobHandlers } from '#foundation/jobs/job.ts';
import { payloadId } from '#foundation/jobs/job.ts';
import { notifyPerson } from '#rooms/people/jobs.server.ts';

/** Letters about the agreement of a chain. */
export const chainJobs: JobHandlers = {
	'mail.chain_offered': (installation, job) =>
		notifyPerson(installation, job, {
			subject: 'mail.chain_offered.subject',
			sentence: 'mail.chain_offered.text',
			path: `/onderhoud/${payloadId(job, 'projectId')}/keten`
		}),
	'mail.chain_answered': (installation, job) =>
		notifyPerson(installation, job, {
			subject: 'mail.chain_answered.subject',
			sentence: 'mail.chain_answered.text',
			path: `/onderhoud/${payloadId(job, 'projectId')}/keten`
		})
};
