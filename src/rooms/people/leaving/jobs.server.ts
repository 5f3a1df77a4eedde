import { sql } from 'kysely';
import { termAct } from '#foundation/command/term-act.server.ts';
import { jobNetwork, payloadId } from '#foundation/jobs/job.ts';
import type { JobHandler, JobHandlers } from '#foundation/jobs/job.ts';
import { dayAt } from '#foundation/time/days.ts';
import { notifyPerson } from '../jobs.server.ts';
import { listDueLeaves } from './read.server.ts';

const tables: Readonly<Record<string, string>> = { case: 'casus', project: 'onderhoud', pair: 'vertrouwen' };

const aboutLeave =
	(kind: 'leave_to_confirm' | 'leave_confirmed' | 'leave_withdrawn'): JobHandler =>
	(installation, job) =>
		notifyPerson(installation, job, { subject: `mail.${kind}.subject`, sentence: `mail.${kind}.text`, path: '/organisatie/vertrek' });

/** An organisation leaves on its day; who had something open with it hears of it once. */
export const leavingJobs: JobHandlers = {
	'mail.leave_to_confirm': aboutLeave('leave_to_confirm'),
	'mail.leave_confirmed': aboutLeave('leave_confirmed'),
	'mail.leave_withdrawn': aboutLeave('leave_withdrawn'),
	'mail.organisation_left': (installation, job) =>
		notifyPerson(installation, job, {
			subject: 'mail.organisation_left.subject',
			sentence: 'mail.organisation_left.text',
			path: `/${tables[String(job.payload['kind'])] ?? 'casus'}/${payloadId(job, 'caseId')}`
		}),
	'organisation.left': async (installation, job) => {
		const networkId = jobNetwork(job);
		const organisationId = payloadId(job, 'organisationId');
		const { rows } = await installation.door.job(networkId, job.now, (tx) =>
			sql<{ caseId: string; kind: string; personId: string }>`select * from app.tables_of_left(${organisationId})`.execute(tx)
		);
		for (const { caseId, kind, personId } of rows)
			await job.ask(
				'mail.organisation_left',
				networkId,
				{ caseId, kind, personId },
				`organisation_left ${organisationId} ${caseId} ${personId}`
			);
	},
	'daily.organisation_leaves': async (installation, job) => {
		const networkId = jobNetwork(job);
		const due = await installation.door.job(networkId, job.now, (tx) => listDueLeaves(tx, networkId, job.now, dayAt(job.now)));
		for (const { leaveId, organisationId } of due)
			await termAct(
				installation,
				networkId,
				job.now,
				{ act: 'organisation.leave', kind: 'organisation_leave', id: leaveId },
				async (deed) => {
					const { rows } = await sql<{ gone: boolean }>`select app.leave_organisation(${leaveId}) as gone`.execute(deed.tx);
					if (rows[0]?.gone !== true) return false;
					await deed.tell('organisation.left', { organisationId });
					return true;
				}
			);
	}
};

/** Kinds among those above that are done once a day. */
export const leavingDaily: readonly string[] = ['daily.organisation_leaves'];
