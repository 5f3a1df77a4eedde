import { payloadId } from '#foundation/jobs/job.ts';
import type { JobHandler, JobHandlers } from '#foundation/jobs/job.ts';
import { notifyPerson } from '#rooms/people/jobs.server.ts';

const aboutProject =
	(kind: 'chain_offered' | 'chain_answered' | 'chain_agreed' | 'chain_declined' | 'project_closed', below: '' | '/keten'): JobHandler =>
	(installation, job) =>
		notifyPerson(installation, job, {
			subject: `mail.${kind}.subject`,
			sentence: `mail.${kind}.text`,
			path: `/onderhoud/${payloadId(job, 'projectId')}${below}`
		});

/** Letters about work together: the agreement of its chain, and that it was closed. */
export const chainJobs: JobHandlers = {
	'mail.chain_offered': aboutProject('chain_offered', '/keten'),
	'mail.chain_answered': aboutProject('chain_answered', '/keten'),
	'mail.chain_agreed': aboutProject('chain_agreed', '/keten'),
	'mail.chain_declined': aboutProject('chain_declined', '/keten'),
	'mail.project_closed': aboutProject('project_closed', '')
};
