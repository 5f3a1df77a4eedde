import { payloadId } from '#foundation/jobs/job.ts';
import type { JobHandler, JobHandlers } from '#foundation/jobs/job.ts';
import { notifyPerson } from '#rooms/people/jobs.server.ts';

const aboutPair =
	(kind: 'trust_round' | 'trust_whole' | 'pair_ended'): JobHandler =>
	(installation, job) =>
		notifyPerson(installation, job, {
			subject: `mail.${kind}.subject`,
			sentence: `mail.${kind}.text`,
			path: `/vertrouwen/${payloadId(job, 'pairId')}`
		});

/** Letters about trust in a pair: that a round was opened, that it is whole, and that the other ended the pair. None in between, which would tell who answered. */
export const trustJobs: JobHandlers = {
	'mail.trust_round': aboutPair('trust_round'),
	'mail.trust_whole': aboutPair('trust_whole'),
	'mail.pair_ended': aboutPair('pair_ended')
};
