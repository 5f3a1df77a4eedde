import { sql } from 'kysely';
import type { JobHandlers } from '#foundation/jobs/job.ts';
import { jobNetwork, payloadId } from '#foundation/jobs/job.ts';
import { notifyPerson } from '#rooms/people/jobs.server.ts';

/** Letters about who holds a case, and the daily look for cases whose holder has left. */
export const handOverJobs: JobHandlers = {
	'mail.hand_over_offered': (installation, job) =>
		notifyPerson(installation, job, {
			subject: 'mail.hand_over_offered.subject',
			sentence: 'mail.hand_over_offered.text',
			path: `/casus/${payloadId(job, 'caseId')}`
		}),
	'mail.hand_over_answered': (installation, job) =>
		notifyPerson(installation, job, {
			subject: 'mail.hand_over_answered.subject',
			sentence: 'mail.hand_over_answered.text',
			path: `/casus/${payloadId(job, 'caseId')}`
		}),
	'mail.holder_left': (installation, job) =>
		notifyPerson(installation, job, {
			subject: 'mail.holder_left.subject',
			sentence: 'mail.holder_left.text',
			path: `/casus/${payloadId(job, 'caseId')}`
		}),
	'daily.holders_left': async (installation, job) => {
		const networkId = jobNetwork(job);
		const { rows } = await installation.door.job(networkId, job.now, (tx) =>
			sql<{ caseId: string; personId: string; seatId: string }>`select * from app.list_left_tables()`.execute(tx)
		);
		// Named by the seat of who left: each at the table hears it once.
		for (const { caseId, personId, seatId } of rows)
			await job.ask('mail.holder_left', networkId, { caseId, personId }, `holder_left ${seatId} ${personId}`);
	}
};

/** Kinds among those above that are done once a day. */
export const handOverDaily: readonly string[] = ['daily.holders_left'];
