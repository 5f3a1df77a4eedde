import type { JobHandler, JobHandlers } from '#foundation/jobs/job.ts';
import { notifyPerson } from '../jobs.server.ts';

const about =
	(kind: 'mandate_proposed' | 'mandate_to_confirm' | 'mandate_ended'): JobHandler =>
	(installation, job) =>
		notifyPerson(installation, job, { subject: `mail.${kind}.subject`, sentence: `mail.${kind}.text`, path: '/organisaties/mandaten' });

/** Letters about mandates: to who gets one, to who confirms one, to whose mandate was ended. */
export const mandateJobs: JobHandlers = {
	'mail.mandate_proposed': about('mandate_proposed'),
	'mail.mandate_to_confirm': about('mandate_to_confirm'),
	'mail.mandate_ended': about('mandate_ended')
};
