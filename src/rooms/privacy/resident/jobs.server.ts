import type { JobHandlers } from '#foundation/jobs/job.ts';
import { jobNetwork, payloadId } from '#foundation/jobs/job.ts';
import { indexCase } from '#foundation/search/rebuild.server.ts';
import { notifyPerson } from '#rooms/people/jobs.server.ts';

/** After a resident said that they do not agree with something: letters, and their words in the search index, in which they cannot write themselves. */
export const residentJobs: JobHandlers = {
	'search.objection': async (installation, job) => {
		await indexCase(installation, jobNetwork(job), payloadId(job, 'caseId'));
	},
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
