import type { JobHandler, JobHandlers } from '#foundation/jobs/job.ts';
import { payloadId } from '#foundation/jobs/job.ts';
import { notifyPerson } from '#rooms/people/jobs.server.ts';

const about =
	(kind: 'agreement_made' | 'agreement_reported' | 'agreement_answered'): JobHandler =>
	(installation, job) =>
		notifyPerson(installation, job, {
			subject: `mail.${kind}.subject`,
			sentence: `mail.${kind}.text`,
			path: `/casus/${payloadId(job, 'caseId')}`
		});

/** Letters to the other side of an agreement: made, reported, answered. */
export const agreementJobs: JobHandlers = {
	'mail.agreement_made': about('agreement_made'),
	'mail.agreement_reported': about('agreement_reported'),
	'mail.agreement_answered': about('agreement_answered')
};
