import { sql } from 'kysely';
import { termAct } from '#foundation/command/term-act.server.ts';
import type { TermDeed } from '#foundation/command/term-act.server.ts';
import type { Job, JobHandlers } from '#foundation/jobs/job.ts';
import { jobNetwork, payloadId } from '#foundation/jobs/job.ts';
import { dayAt } from '#foundation/time/days.ts';
import { notifyPerson } from '#rooms/people/jobs.server.ts';
import type { Notice } from '#rooms/people/jobs.server.ts';
import { listReminded, listSignals, lockCause } from './read.server.ts';
import { getSignalRule } from '../signal-rule/read.server.ts';
import { isVerified, quietWindows, remindsNow } from './rules.ts';

const notice = (job: Job, kind: 'signal_opened' | 'signal_reopened' | 'signal_verified' | 'signal_due'): Notice => ({
	subject: `mail.${kind}.subject`,
	sentence: `mail.${kind}.text`,
	path: `/knelpunt/${payloadId(job, 'causeId')}`
});

const ruleNotice = (kind: 'signal_rule_proposed' | 'signal_rule_answered'): Notice => ({
	subject: `mail.${kind}.subject`,
	sentence: `mail.${kind}.text`,
	path: '/knelpunten/regel'
});

/** Letters about signals, and the daily look whether a cause is gone. */
export const signalJobs: JobHandlers = {
	'mail.signal_opened': (installation, job) => notifyPerson(installation, job, notice(job, 'signal_opened')),
	'mail.signal_reopened': (installation, job) => notifyPerson(installation, job, notice(job, 'signal_reopened')),
	'mail.signal_verified': (installation, job) => notifyPerson(installation, job, notice(job, 'signal_verified')),
	'mail.signal_due': (installation, job) => notifyPerson(installation, job, notice(job, 'signal_due')),
	'mail.signal_rule_proposed': (installation, job) => notifyPerson(installation, job, ruleNotice('signal_rule_proposed')),
	'mail.signal_rule_answered': (installation, job) => notifyPerson(installation, job, ruleNotice('signal_rule_answered')),
	'daily.signals': async (installation, job) => {
		const networkId = jobNetwork(job);
		const signals = await installation.door.job(networkId, job.now, (tx) => listSignals(tx, networkId));
		for (const { signalId, state, dueOn } of signals) {
			if (remindsNow({ state, dueOn }, dayAt(job.now)))
				await termAct(installation, networkId, job.now, { act: 'signal.remind', kind: 'signal', id: signalId }, (deed) =>
					remind(deed, signalId)
				);
			if (state === 'in_force')
				await termAct(installation, networkId, job.now, { act: 'signal.verify', kind: 'signal', id: signalId }, (deed) =>
					verify(deed, signalId)
				);
		}
	}
};

/** Kinds among those above that are done once a day. */
export const signalDaily: readonly string[] = ['daily.signals'];

/**
 * Reminds who goes about a cause that a day they promised comes near, once for each day and person: who took it up, while they still work there; else who
 * governs or administers that organisation; of one outside the network, the facilitators. Nobody else hears of it (C7).
 */
async function remind({ tx, networkId, now, tell }: TermDeed, signalId: string): Promise<boolean> {
	const seen = (await listSignals(tx, networkId, { signalId }))[0];
	if (!seen) return false;
	await lockCause(tx, networkId, seen.causeId);
	const signal = (await listSignals(tx, networkId, { signalId }))[0];
	if (!signal || signal.dueOn === null || !remindsNow(signal, dayAt(now))) return false;
	const { dueOn } = signal;
	let reminded = false;
	for (const personId of await listReminded(tx, signal)) {
		const { numInsertedOrUpdatedRows } = await tx
			.insertInto('signalReminder')
			.values({ networkId, signalId, dueOn, personId, at: now })
			.onConflict((conflict) => conflict.doNothing())
			.executeTakeFirst();
		if (numInsertedOrUpdatedRows !== 1n) continue;
		await tell('mail.signal_due', { causeId: signal.causeId, personId });
		reminded = true;
	}
	return reminded;
}

/** Whether the cause of a signal is gone by now; if so that is recorded, and who took it up is told. */
async function verify({ tx, networkId, now, id, tell }: TermDeed, signalId: string): Promise<boolean> {
	const seen = (await listSignals(tx, networkId, { signalId }))[0];
	if (!seen) return false;
	await lockCause(tx, networkId, seen.causeId);
	const signal = (await listSignals(tx, networkId, { signalId }))[0];
	if (signal?.state !== 'in_force' || signal.changedOn === null) return false;
	const { quietMonths } = await getSignalRule(tx);
	const windows = quietWindows(signal.changedOn, dayAt(now), quietMonths);
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
