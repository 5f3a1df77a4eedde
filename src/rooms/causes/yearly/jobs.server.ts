import { sql } from 'kysely';
import { termAct } from '#foundation/command/term-act.server.ts';
import type { TermDeed } from '#foundation/command/term-act.server.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Installation } from '#foundation/installation.ts';
import type { Job, JobHandlers } from '#foundation/jobs/job.ts';
import { jobNetwork, payloadId } from '#foundation/jobs/job.ts';
import { addDays, dayAt, endOfDay } from '#foundation/time/days.ts';
import { notifyPerson } from '#rooms/people/jobs.server.ts';
import { lookBackDays, remindDaysBefore } from './rules.ts';
import type { YearlyWait } from './rules.ts';

/** Letters that say one sentence and lead to the agreement. */
const lettersAlike = [
	...(['offered', 'changed', 'agreed', 'learned', 'evaluated', 'declined', 'ended', 'withdrawn'] as const),
	...(['look_back', 'look_back_soon', 'looked_back'] as const)
];

/** Letters about agreements for a year, and the daily look at those with a day and those of which the year is over. */
export const yearlyJobs: JobHandlers = {
	'mail.yearly_asked': (installation, job) =>
		notifyPerson(installation, job, {
			subject: 'mail.yearly_asked.subject',
			sentence: 'mail.yearly_asked.text',
			path: `/jaarafspraken/${payloadId(job, 'itemId')}`
		}),
	'mail.yearly_soon': (installation, job) =>
		notifyPerson(installation, job, {
			subject: 'mail.yearly_soon.subject',
			sentence: 'mail.yearly_soon.text',
			path: `/jaarafspraken/${payloadId(job, 'itemId')}`
		}),
	...Object.fromEntries(
		lettersAlike.map((kind) => [
			`mail.yearly_${kind}`,
			(installation: Installation, job: Job) =>
				notifyPerson(installation, job, {
					subject: `mail.yearly_${kind}.subject`,
					sentence: `mail.yearly_${kind}.text`,
					path: `/jaarafspraken/${payloadId(job, 'itemId')}`
				})
		])
	),
	'daily.yearly': async (installation, job) => {
		const networkId = jobNetwork(job);
		const waiting = await installation.door.job(networkId, job.now, (tx) => listToRemind(tx, job.now));
		for (const itemId of new Set(waiting.map((one) => one.itemId)))
			await termAct(installation, networkId, job.now, { act: 'yearly.remind', kind: 'yearly', id: itemId }, (deed) => remind(deed, itemId));
		const over = await installation.door.job(networkId, job.now, (tx) => listToAskBack(tx, job.now));
		for (const itemId of new Set(over.map((one) => one.itemId)))
			await termAct(installation, networkId, job.now, { act: 'yearly.ask_look_back', kind: 'yearly', id: itemId }, (deed) =>
				askBack(deed, itemId)
			);
	}
};

/** Kinds among those above that are done once a day. */
export const yearlyDaily: readonly string[] = ['daily.yearly'];

interface ToRemind {
	readonly itemId: string;
	readonly waits: YearlyWait;
	readonly personId: string;
}

async function listToRemind(tx: Tx, now: Date): Promise<ToRemind[]> {
	const today = dayAt(now);
	const { rows } = await sql<ToRemind>`
		select * from app.yearly_to_remind(${today}, ${addDays(today, remindDaysBefore)})
		union all select item_id, 'look_back', person_id from app.yearly_back_to_remind(${endOfDay(addDays(today, remindDaysBefore))})
		order by item_id, person_id`.execute(tx);
	return rows;
}

/** Reminds, once for an offer, once for a yes and once to look back, who answers for a party that did not. Who did hears nothing (C7). */
async function remind({ tx, networkId, now, tell }: TermDeed, itemId: string): Promise<boolean> {
	let reminded = false;
	for (const { waits, personId } of (await listToRemind(tx, now)).filter((one) => one.itemId === itemId)) {
		const { numInsertedOrUpdatedRows } = await tx
			.insertInto('yearlyReminder')
			.values({ networkId, itemId, waits, personId, at: now })
			.onConflict((conflict) => conflict.doNothing())
			.executeTakeFirst();
		if (numInsertedOrUpdatedRows !== 1n) continue;
		await tell(waits === 'look_back' ? 'mail.yearly_look_back_soon' : 'mail.yearly_soon', { itemId, personId });
		reminded = true;
	}
	return reminded;
}

/** The year is over by the clock of the network: whose answer is asked about what was agreed for it. */
async function listToAskBack(tx: Tx, now: Date): Promise<Omit<ToRemind, 'waits'>[]> {
	const thisYear = Number(dayAt(now).slice(0, 4));
	const { rows } = await sql<Omit<ToRemind, 'waits'>>`
		select * from app.yearly_to_ask_back(${thisYear}) order by item_id, person_id`.execute(tx);
	return rows;
}

/** Asks each party, once, what came of it. The term runs from today, so that what was agreed late has as long as the rest. */
async function askBack({ tx, networkId, now, tell }: TermDeed, itemId: string): Promise<boolean> {
	const asked = (await listToAskBack(tx, now)).filter((one) => one.itemId === itemId);
	if (asked.length === 0) return false;
	const { numInsertedOrUpdatedRows } = await tx
		.insertInto('yearlyLookBackAsk')
		.values({ networkId, itemId, shownFrom: endOfDay(addDays(dayAt(now), lookBackDays)), at: now })
		.onConflict((conflict) => conflict.doNothing())
		.executeTakeFirst();
	if (numInsertedOrUpdatedRows !== 1n) return false;
	for (const { personId } of asked) await tell('mail.yearly_look_back', { itemId, personId });
	return true;
}
