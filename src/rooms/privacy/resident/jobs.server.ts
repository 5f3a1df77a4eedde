import type { JobHandlers } from '#foundation/jobs/job.ts';
import { payloadId } from '#foundation/jobs/job.ts';
import { notifyPerson } from '#rooms/people/jobs.server.ts';

/** Letters after a resident said that they do not agree with something. */
export const residentJobs: JobHandlers = {
	'mail.resident_objected': (installation, job) =>
		notifyPerson(installation, job, {
			subject: 'mail.resident_objected.subject',
			sentence: 'mail.resident_objected.text',
			path: `/casus/${payloadId(job, 'caseId')}`
		}),
	'mail.resident_objected_somewhere': (installation, job) =>
		notifyPerson(installation, job, {
			subject: 'mail.resident_objected_somewhere.subject',
			sentence: 'mail.resident_objected_somewhere.text',
			path: '/netwerk'
		})
};
