import type { JobHandlers } from '#foundation/jobs/job.ts';
import { payloadId } from '#foundation/jobs/job.ts';
import { notifyPerson } from '#rooms/people/jobs.server.ts';

/** Tells who wrote down that a letter was sent that something came back. */
export const letterJobs: JobHandlers = {
	'mail.letter_answered': (installation, job) =>
		notifyPerson(installation, job, {
			subject: 'mail.letter_answered.subject',
			sentence: 'mail.letter_answered.text',
			path: `/knelpunt/${payloadId(job, 'causeId')}/brief`
		})
};
