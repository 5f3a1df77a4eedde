import type { JobHandlers } from '#foundation/jobs/job.ts';
import { notifyPerson } from '../jobs.server.ts';

const path = '/organisaties/terug';

/** Letters about an organisation that comes back: to who may confirm it, then to who proposed it and to the facilitators, who can invite its people. */
export const comingBackJobs: JobHandlers = {
	'mail.return_to_confirm': (installation, job) =>
		notifyPerson(installation, job, { subject: 'mail.return_to_confirm.subject', sentence: 'mail.return_to_confirm.text', path }),
	'mail.return_confirmed': (installation, job) =>
		notifyPerson(installation, job, { subject: 'mail.return_confirmed.subject', sentence: 'mail.return_confirmed.text', path })
};
