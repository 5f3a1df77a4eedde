import { sql } from 'kysely';
import { termAct } from '#foundation/command/term-act.server.ts';
import type { TermDeed } from '#foundation/command/term-act.server.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Installation } from '#foundation/installation.ts';
import type { Job, JobHandlers } from '#foundation/jobs/job.ts';
import { jobNetwork, payloadId } from '#foundation/jobs/job.ts';
import { dayAt } from '#foundation/time/days.ts';
import { notifyPerson } from '#rooms/people/jobs.server.ts';
import type { Notice } from '#rooms/people/jobs.server.ts';
import { findHeldBack, listReminded, listSignals, lockCause } from './read.server.ts';
import type { Signal } from './read.server.ts';
import { getSignalRule } from '../signal-rule/read.server.ts';
import { heldBackBy, quietWindows, remindsNow, toldSteps } from './rules.ts';
import type { SignalEvidence, ToldStep } from './rules.ts';

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
	...Object.fromEntries(
		toldSteps.flatMap((step) => [
			[`signal.${step}`, (installation: Installation, job: Job) => tellConcerned(installation, job, step)],
			[
				`mail.signal_step_${step}`,
				(installation: Installation, job: Job) =>
					notifyPerson(installation, job, {
						subject: 'mail.signal_step.subject',
						sentence: `mail.signal_step.${step}`,
						path: `/knelpunt/${payloadId(job, 'causeId')}`
					})
			]
		])
	),
	'daily.signals': async (installation, job) => {
		const networkId = jobNetwork(job);
		const signals = await installation.door.job(networkId, job.now, (tx) => listSignals(tx, networkId));
		for (const { signalId, state, dueOn } of signals) {
			if (remindsNow({ state, dueOn }, dayAt(job.now)))
				await termAct(installation, networkId, job.now, { act: 'signal.remind', kind: 'signal', id: signalId }, (deed) =>
					remind(deed, signalId)
				);
			if (state !== 'in_force') continue;
			const gone = await termAct(installation, networkId, job.now, { act: 'signal.verify', kind: 'signal', id: signalId }, (deed) =>
				verify(deed, signalId)
			);
			if (!gone)
				await installation.door.job(networkId, job.now, (tx) => look(tx, networkId, job.now, () => installation.world.id(), signalId));
		}
	}
};

/** Kinds among those above that are done once a day. */
export const signalDaily: readonly string[] = ['daily.signals'];

/** Tells whom a step of a signal concerns, each once: not who took it, and not who has a letter of their own about it. */
async function tellConcerned(installation: Installation, job: Job, step: ToldStep): Promise<void> {
	const networkId = jobNetwork(job);
	const [signalId, causeId] = [payloadId(job, 'signalId'), payloadId(job, 'causeId')];
	const people = await installation.door.job(networkId, job.now, async (tx) => {
		const { rows } = await sql<{ personId: string }>`select person_id from app.signal_concerns(${signalId}) order by 1`.execute(tx);
		const others = new Set([job.payload['by'], ...(await listToldBesides(tx, networkId, signalId, step))]);
		return rows.flatMap(({ personId }) => (others.has(personId) ? [] : [personId]));
	});
	for (const personId of people) await job.ask(`mail.signal_step_${step}`, networkId, { causeId, personId }, `${job.id}/${personId}`);
}

/** Who is told of a step by a letter of its own: who is asked about it, or who took up what is gone now. */
async function listToldBesides(tx: Tx, networkId: string, signalId: string, step: ToldStep): Promise<string[]> {
	if (step === 'asked_other' || step === 'reopened') {
		const { rows } = await sql<{ personId: string }>`select person_id from app.signal_responsible(${signalId})`.execute(tx);
		return rows.map(({ personId }) => personId);
	}
	const takenUpBy = step === 'verified' ? (await listSignals(tx, networkId, { signalId }))[0]?.takenUpBy : null;
	return takenUpBy ? [takenUpBy.personId] : [];
}

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

/** What a signal in force is held against today; null when its changed rule has not held long enough. */
async function findEvidence(tx: Tx, signal: Signal, now: Date): Promise<SignalEvidence | null> {
	if (signal.state !== 'in_force' || signal.changedOn === null) return null;
	const { quietMonths } = await getSignalRule(tx);
	const windows = quietWindows(signal.changedOn, dayAt(now), quietMonths);
	if (!windows) return null;
	const { rows } = await sql<
		Record<'newCases' | 'broughtIn' | 'broughtInBefore' | 'named' | 'namedBefore' | 'potCents', string> & { potEver: boolean }
	>`
		select * from app.signal_evidence(${signal.causeId}, ${windows.changedFrom}, ${windows.windowFrom}, ${windows.beforeFrom}, ${windows.beforeUntil})`.execute(
		tx
	);
	const row = rows[0];
	return row
		? {
				...{ newCases: Number(row.newCases), broughtIn: Number(row.broughtIn), broughtInBefore: Number(row.broughtInBefore) },
				...{ named: Number(row.named), namedBefore: Number(row.namedBefore), potEver: row.potEver, potCents: Number(row.potCents) }
			}
		: null;
}

/** Whether the cause of a signal is gone by now; if so that is recorded, and who took it up is told. */
async function verify({ tx, networkId, now, id, tell }: TermDeed, signalId: string): Promise<boolean> {
	const seen = (await listSignals(tx, networkId, { signalId }))[0];
	if (!seen) return false;
	await lockCause(tx, networkId, seen.causeId);
	const signal = (await listSignals(tx, networkId, { signalId }))[0];
	if (!signal) return false;
	const evidence = await findEvidence(tx, signal, now);
	if (!evidence || heldBackBy(evidence) !== null) return false;
	await tx.insertInto('signalEvent').values({ networkId, signalId, eventId: id(), kind: 'verified', at: now }).execute();
	await tell('signal.verified', { signalId, causeId: signal.causeId });
	if (signal.takenUpBy) await tell('mail.signal_verified', { causeId: signal.causeId, personId: signal.takenUpBy.personId });
	return true;
}

/** Writes down what keeps a cause from being called gone, when that is another thing than it was: an observation of the product, no act. */
async function look(tx: Tx, networkId: string, now: Date, id: () => string, signalId: string): Promise<void> {
	const signal = (await listSignals(tx, networkId, { signalId }))[0];
	if (!signal) return;
	const evidence = await findEvidence(tx, signal, now);
	if (!evidence) return;
	const heldBack = heldBackBy(evidence);
	if (heldBack === (await findHeldBack(tx, networkId, signal))) return;
	await tx.insertInto('signalLook').values({ networkId, signalId, lookId: id(), heldBack, at: now }).execute();
}
