import type { JobHandlers } from '#foundation/jobs/job.ts';
import { notifyPerson } from '#rooms/people/jobs.server.ts';

/** Letters about the rules of the pot. */
export const ruleJobs: JobHandlers = {
	'mail.rule_proposed': (installation, job) =>
		notifyPerson(installation, job, { subject: 'mail.rule_proposed.subject', sentence: 'mail.rule_proposed.text', path: '/pot/regels' }),
	'mail.rule_answered': (installation, job) =>
		notifyPerson(installation, job, { subject: 'mail.rule_answered.subject', sentence: 'mail.rule_answered.text', path: '/pot/regels' })
};
