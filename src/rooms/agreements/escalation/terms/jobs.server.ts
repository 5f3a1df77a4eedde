import type { JobHandlers } from '#foundation/jobs/job.ts';
import { notifyPerson } from '#rooms/people/jobs.server.ts';

const path = '/ladder';

/** Letters about the terms of the ladder: to who may confirm what was proposed, and to who proposed it. */
export const termsJobs: JobHandlers = {
	'mail.ladder_terms_proposed': (installation, job) =>
		notifyPerson(installation, job, { subject: 'mail.ladder_terms_proposed.subject', sentence: 'mail.ladder_terms_proposed.text', path }),
	'mail.ladder_terms_answered': (installation, job) =>
		notifyPerson(installation, job, { subject: 'mail.ladder_terms_answered.subject', sentence: 'mail.ladder_terms_answered.text', path })
};
