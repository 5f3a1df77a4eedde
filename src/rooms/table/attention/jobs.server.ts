import { sql } from 'kysely';
import type { Installation } from '#foundation/installation.ts';
import { jobNetwork, payloadId } from '#foundation/jobs/job.ts';
import type { Job, JobHandlers } from '#foundation/jobs/job.ts';
import { notifyPerson } from '#rooms/people/jobs.server.ts';

/** Tells those whom a reminder of a facilitator concerns, each with their own list behind the link. */
export const attentionJobs: JobHandlers = {
	'facilitation.reminded': tellConcerned,
	'mail.attention': (installation, job) =>
		notifyPerson(installation, job, { subject: 'mail.attention.subject', sentence: 'mail.attention.text', path: '/mijn/aandacht' })
};

async function tellConcerned(installation: Installation, job: Job): Promise<void> {
	const networkId = jobNetwork(job);
	const reminderId = payloadId(job, 'reminderId');
	const people = await installation.door.job(networkId, job.now, async (tx) => {
		const { rows } = await sql<{
			personId: string;
		}>`select person_id from app.people_concerned(${reminderId}::uuid) as c(person_id)`.execute(tx);
		return rows.map(({ personId }) => personId);
	});
	for (const personId of people) await job.ask('mail.attention', networkId, { personId }, `${reminderId}/${personId}`);
}
