import { sql } from 'kysely';
import { termAct } from '#foundation/command/term-act.server.ts';
import type { TermDeed } from '#foundation/command/term-act.server.ts';
import type { Job, JobHandlers } from '#foundation/jobs/job.ts';
import { jobNetwork, payloadId } from '#foundation/jobs/job.ts';
import { dayAt } from '#foundation/time/days.ts';
import { notifyPerson } from '#rooms/people/jobs.server.ts';
import type { Notice } from '#rooms/people/jobs.server.ts';
import { listSignals, lockCause } from './read.server.ts';
import { isVerified, quietWindows } from './rules.ts';

const notice = (job: Job, kind: 'signal_opened' | 'signal_reopened' | 'signal_verified'): Notice => ({
	subject: `mail.${kind}.subject`,
	sentence: `mail.${kind}.text`,
	path: `/knelpunt/${payloadId(job, 'causeId')}`
});

/** Letters about signals, and the daily look whether a cause is gone. */
export const signalJobs: JobHandlers = {
	'mail.signal_opened': (installation, job) => notifyPerson(installation, job, notice(job, 'signal_opened')),
	'mail.signal_reopened': (installation, job) => notifyPerson(installation, job, notice(job, 'signal_reopened')),
	'mail.signal_verified': (installation, job) => notifyPerson(installation, job, notice(job, 'signal_verified')),
	'daily.signals': async (installation, job) => {
		const networkId = jobNetwork(job);
		const signals = await installation.door.job(networkId, job.now, (tx) => listSignals(tx, networkId));
		for (const { signalId, state } of signals)
			if (state === 'in_force')
				await termAct(installation, networkId, job.now, { act: 'signal.verify', kind: 'signal', id: signalId }, (deed) =>
					verify(deed, signalId)
				);
	}
};

/** Kinds among those above that are done once a day. */
export const signalDaily: readonly string[] = ['daily.signals'];

/** Whether the cause of a signal is gone by now; if so that is recorded, and who took it up is told. */
async function verify({ tx, networkId, now, id, tell }: TermDeed, signalId: string): Promise<boolean> {
	const seen = (await listSignals(tx, networkId, { signalId }))[0];
	if (!seen) return false;
	await lockCause(tx, networkId, seen.causeId);
	const signal = (await listSignals(tx, networkId, { signalId }))[0];
	if (signal?.state !== 'in_force' || signal.changedOn === null) return false;
	const network = await tx.selectFrom('network').select('quietMonths').where('networkId', '=', networkId).executeTakeFirstOrThrow();
	const windows = quietWindows(signal.changedOn, dayAt(now), network.quietMonths);
	if (!windows) return false;
	const { rows } = await sql<{ newCases: string; broughtIn: string; broughtInBefore: string; named: string; namedBefore: string }>`
		select * from app.signal_evidence(${signal.causeId}, ${windows.changedFrom}, ${windows.windowFrom}, ${windows.beforeFrom}, ${windows.beforeUntil})`.execute(
		tx
	);
	const row = rows[0];
	if (!row) return false;
	const evidence = {
		...{ newCases: Number(row.newCases), broughtIn: Number(row.broughtIn), broughtInBefore: Number(row.broughtInBefore) },
		...{ named: Number(row.named), namedBefore: Number(row.namedBefore) }
	};
	if (!isVerified(evidence)) return false;
	await tx.insertInto('signalEvent').values({ networkId, signalId, eventId: id(), kind: 'verified', at: now }).execute();
	if (signal.takenUpBy) await tell('mail.signal_verified', { causeId: signal.causeId, personId: signal.takenUpBy.personId });
	return true;
}
