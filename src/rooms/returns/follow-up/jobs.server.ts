import { sql } from 'kysely';
import { termAct } from '#foundation/command/term-act.server.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Installation } from '#foundation/installation.ts';
import type { JobHandlers } from '#foundation/jobs/job.ts';
import { jobNetwork, payloadId } from '#foundation/jobs/job.ts';
import { addDays, dayAt, endOfDay } from '#foundation/time/days.ts';
import { notifyByLink } from '#rooms/people/jobs.server.ts';
import { planFollowUps } from './rules.ts';

/** So long the link in the mail can be answered; after that, signed in. */
const linkDays = 60;

interface FirstHelp {
	readonly caseId: string;
	readonly helpedAt: Date;
	readonly fullLane: boolean;
	readonly personId: string;
	readonly membershipId: string;
}

const listFirstHelps = async (tx: Tx): Promise<FirstHelp[]> =>
	(await sql<FirstHelp>`select * from app.first_helps() order by helped_at, case_id`.execute(tx)).rows;

/** Plans the checks of every case that was helped, from the first help on (A14). Done again, nothing is added. */
async function planAll(installation: Installation, networkId: string, now: Date): Promise<void> {
	const today = dayAt(now);
	const helped = await installation.door.job(networkId, now, listFirstHelps);
	for (const help of helped)
		await termAct(
			installation,
			networkId,
			now,
			{ act: 'follow_up.plan', kind: 'case', id: help.caseId, caseId: help.caseId },
			async (deed) => {
				// Who plans the same case at the same moment waits here.
				await sql`select pg_advisory_xact_lock(hashtextextended(${`${networkId}/${help.caseId}`}, 0))`.execute(deed.tx);
				const planned = await deed.tx
					.selectFrom('followUp')
					.select('month')
					.where('networkId', '=', networkId)
					.where('caseId', '=', help.caseId)
					.execute();
				const more = planFollowUps(
					dayAt(help.helpedAt),
					help.fullLane,
					planned.map(({ month }) => month),
					today
				);
				if (more.length === 0) return false;
				await deed.tx
					.insertInto('followUp')
					.values(more.map((one) => ({ networkId, followUpId: deed.id(), caseId: help.caseId, ...one, holder: help.personId, at: now })))
					.execute();
				return true;
			}
		);
}

/** Asks whoever holds the case now about each check that is due: once, and the next holder once more. */
async function askAll(installation: Installation, networkId: string, now: Date): Promise<void> {
	const holders = await installation.door.job(networkId, now, async (tx) => {
		const waiting = await tx
			.selectFrom('followUp as f')
			.leftJoin('followUpAnswer as a', (join) => join.onRef('a.networkId', '=', 'f.networkId').onRef('a.followUpId', '=', 'f.followUpId'))
			.leftJoin('followUpDrop as d', (join) => join.onRef('d.networkId', '=', 'f.networkId').onRef('d.followUpId', '=', 'f.followUpId'))
			.select(['f.followUpId', 'f.caseId'])
			.where('f.networkId', '=', networkId)
			.where('f.dueOn', '<=', dayAt(now))
			.where('a.followUpId', 'is', null)
			.where('d.followUpId', 'is', null)
			.orderBy('f.dueOn')
			.orderBy('f.followUpId')
			.execute();
		if (waiting.length === 0) return [];
		const byCase = new Map((await listFirstHelps(tx)).map((help) => [help.caseId, help]));
		return waiting.flatMap((followUp) => {
			const help = byCase.get(followUp.caseId);
			return help ? [{ ...followUp, personId: help.personId, membershipId: help.membershipId }] : [];
		});
	});
	for (const { followUpId, caseId, personId, membershipId } of holders)
		await termAct(installation, networkId, now, { act: 'follow_up.ask', kind: 'follow_up', id: followUpId, caseId }, async (deed) => {
			const asked = await deed.tx
				.insertInto('followUpAsk')
				.values({ networkId, followUpId, personId, membershipId, caseId, at: now })
				.onConflict((conflict) => conflict.columns(['networkId', 'followUpId', 'personId']).doNothing())
				.executeTakeFirst();
			if (asked.numInsertedOrUpdatedRows !== 1n) return false;
			await deed.tell('mail.follow_up', { followUpId, personId, membershipId });
			return true;
		});
}

/** Checks after the help: planned and asked once a day, answered by a link from the mail. */
export const followUpJobs: JobHandlers = {
	'daily.follow_ups': async (installation, job) => {
		const networkId = jobNetwork(job);
		await planAll(installation, networkId, job.now);
		await askAll(installation, networkId, job.now);
	},
	'mail.follow_up': (installation, job) =>
		notifyByLink(installation, job, {
			subject: 'mail.follow_up.subject',
			sentence: 'mail.follow_up.text',
			purpose: 'follow_up',
			subjectId: payloadId(job, 'followUpId'),
			personId: payloadId(job, 'personId'),
			membershipId: payloadId(job, 'membershipId'),
			expiresAt: endOfDay(addDays(dayAt(job.now), linkDays))
		})
};

/** Kinds of job, among those above, that are done once a day. */
export const followUpDaily: readonly string[] = ['daily.follow_ups'];
