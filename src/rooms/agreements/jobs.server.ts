import type { JobHandler, JobHandlers } from '#foundation/jobs/job.ts';
import { payloadId } from '#foundation/jobs/job.ts';
import { notifyPerson } from '#rooms/people/jobs.server.ts';
import { escalationJobs } from './escalation/jobs.server.ts';
import { reminderJobs } from './turns/jobs.server.ts';

const about =
	(
		kind:
			| 'agreement_made'
			| 'agreement_reported'
			| 'agreement_answered'
			| 'agreement_changed'
			| 'agreement_change_answered'
			| 'agreement_nudge'
			| 'agreement_reminder'
			| 'ask_answered'
			| 'room_disputed'
			| 'did_more'
	): JobHandler =>
	(installation, job) =>
		notifyPerson(installation, job, {
			subject: `mail.${kind}.subject`,
			sentence: `mail.${kind}.text`,
			path: `/casus/${payloadId(job, 'caseId')}`
		});

/** Letters about agreements: to the other side of one, to who can decide on one. */
export const agreementJobs: JobHandlers = {
	...reminderJobs,
	...escalationJobs,
	'mail.agreement_made': about('agreement_made'),
	'mail.agreement_reported': about('agreement_reported'),
	'mail.agreement_answered': about('agreement_answered'),
	'mail.agreement_changed': about('agreement_changed'),
	'mail.agreement_change_answered': about('agreement_change_answered'),
	'mail.agreement_nudge': about('agreement_nudge'),
	'mail.agreement_reminder': about('agreement_reminder'),
	'mail.ask_answered': about('ask_answered'),
	'mail.room_disputed': about('room_disputed'),
	'mail.did_more': about('did_more'),
	'mail.agreement_asked': (installation, job) =>
		notifyPerson(installation, job, {
			subject: 'mail.agreement_asked.subject',
			sentence: 'mail.agreement_asked.text',
			path: `/beslissing/${payloadId(job, 'askId')}`
		})
};
