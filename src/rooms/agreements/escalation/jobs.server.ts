import { sql } from 'kysely';
import { termAct } from '#foundation/command/term-act.server.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Installation } from '#foundation/installation.ts';
import { jobNetwork, payloadId } from '#foundation/jobs/job.ts';
import type { Job, JobHandlers } from '#foundation/jobs/job.ts';
import { notifyPerson } from '#rooms/people/jobs.server.ts';
import { termsJobs } from './terms/jobs.server.ts';

interface Due {
	readonly escalationId: string;
	readonly caseId: string;
	readonly holderId: string | null;
	readonly asked: readonly string[];
}

async function listDue(tx: Tx): Promise<Due[]> {
	const { rows } = await sql<Due>`select * from app.due_escalations() order by escalation_id`.execute(tx);
	return rows;
}

/** Tells both sides of each step whose term ran out: who was asked, and who holds the case, with the next rung (A12). Once; nothing goes up by itself. */
export async function tellOverdue(installation: Installation, networkId: string, now: Date): Promise<void> {
	const due = await installation.door.job(networkId, now, listDue);
	for (const { escalationId, caseId } of due) {
		const about = { act: 'escalation.overdue', kind: 'escalation', id: escalationId, caseId } as const;
		await termAct(installation, networkId, now, about, async (deed) => {
			const still = (await listDue(deed.tx)).find((one) => one.escalationId === escalationId);
			if (!still) return false;
			const { numInsertedOrUpdatedRows } = await deed.tx
				.insertInto('escalationLate')
				.values({ networkId, escalationId, at: now })
				.onConflict((conflict) => conflict.columns(['networkId', 'escalationId']).doNothing())
				.executeTakeFirst();
			if (numInsertedOrUpdatedRows !== 1n) return false;
			for (const personId of still.asked) await deed.tell('mail.escalation_late', { escalationId, personId });
			if (still.holderId !== null) await deed.tell('mail.escalation_go_on', { caseId, personId: still.holderId });
			return true;
		});
	}
}

/** Tells who holds the case that a rung answered. */
async function tellAnswered(installation: Installation, job: Job): Promise<void> {
	const networkId = jobNetwork(job);
	const escalationId = payloadId(job, 'escalationId');
	const { rows } = await installation.door.job(networkId, job.now, (tx) =>
		sql<{ caseId: string; personId: string }>`select * from app.who_climbs(${escalationId}::uuid)`.execute(tx)
	);
	for (const told of rows) await job.ask('mail.escalation_answered', networkId, { ...told }, `escalation_answered ${escalationId}`);
}

/** Kinds among those below that look each minute for terms that have run out. */
export const escalationSweeps: readonly string[] = ['sweep.escalations'];

export const escalationJobs: JobHandlers = {
	...termsJobs,
	'sweep.escalations': (installation, job) => tellOverdue(installation, jobNetwork(job), job.now),
	'escalation.answered': tellAnswered,
	'mail.escalation_asked': (installation, job) =>
		notifyPerson(installation, job, {
			subject: 'mail.escalation_asked.subject',
			sentence: 'mail.escalation_asked.text',
			path: `/verzoek/${payloadId(job, 'escalationId')}`
		}),
	'mail.escalation_late': (installation, job) =>
		notifyPerson(installation, job, {
			subject: 'mail.escalation_late.subject',
			sentence: 'mail.escalation_late.text',
			path: `/verzoek/${payloadId(job, 'escalationId')}`
		}),
	'mail.escalation_answered': (installation, job) =>
		notifyPerson(installation, job, {
			subject: 'mail.escalation_answered.subject',
			sentence: 'mail.escalation_answered.text',
			path: `/casus/${payloadId(job, 'caseId')}/verder`
		}),
	'mail.escalation_go_on': (installation, job) =>
		notifyPerson(installation, job, {
			subject: 'mail.escalation_go_on.subject',
			sentence: 'mail.escalation_go_on.text',
			path: `/casus/${payloadId(job, 'caseId')}/verder`
		})
};
