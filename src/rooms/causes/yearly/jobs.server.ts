import { sql } from 'kysely';
import { termAct } from '#foundation/command/term-act.server.ts';
import type { TermDeed } from '#foundation/command/term-act.server.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Installation } from '#foundation/installation.ts';
import type { Job, JobHandlers } from '#foundation/jobs/job.ts';
import { jobNetwork, payloadId } from '#foundation/jobs/job.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { notifyPerson } from '#rooms/people/jobs.server.ts';
import { remindDaysBefore } from './rules.ts';

/** Letters about agreements for a year, and the daily look at those with a day. */
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
		(['offered', 'changed', 'agreed', 'learned', 'evaluated', 'declined', 'ended', 'withdrawn'] as const).map((kind) => [
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
	}
};

/** Kinds among those above that are done once a day. */
export const yearlyDaily: readonly string[] = ['daily.yearly'];

interface ToRemind {
	readonly itemId: string;
	readonly waits: 'offer' | 'accept';
	readonly personId: string;
}

async function listToRemind(tx: Tx, now: Date): Promise<ToRemind[]> {
	const today = dayAt(now);
	const { rows } = await sql<ToRemind>`
		select * from app.yearly_to_remind(${today}, ${addDays(today, remindDaysBefore)}) order by item_id, person_id`.execute(tx);
	return rows;
}

/** Reminds, once for an offer and once for a yes, who answers for a party that did not give it. Who did hears nothing (C7). */
async function remind({ tx, networkId, now, tell }: TermDeed, itemId: string): Promise<boolean> {
	let reminded = false;
	for (const { waits, personId } of (await listToRemind(tx, now)).filter((one) => one.itemId === itemId)) {
		const { numInsertedOrUpdatedRows } = await tx
			.insertInto('yearlyReminder')
			.values({ networkId, itemId, waits, personId, at: now })
			.onConflict((conflict) => conflict.doNothing())
			.executeTakeFirst();
		if (numInsertedOrUpdatedRows !== 1n) continue;
		await tell('mail.yearly_soon', { itemId, personId });
		reminded = true;
	}
	return reminded;
}
