import { sql } from 'kysely';
import { termAct } from '#foundation/command/term-act.server.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Installation } from '#foundation/installation.ts';
import { jobNetwork } from '#foundation/jobs/job.ts';
import type { JobHandlers } from '#foundation/jobs/job.ts';
import { dayAt } from '#foundation/time/days.ts';
import { findAgreement } from '../read.server.ts';
import { reminderOf, roundOf, turnOf } from './rules.ts';
import type { ReminderKind, Turn } from './rules.ts';

interface Due {
	readonly caseId: string;
	readonly round: number;
	readonly kind: ReminderKind;
	readonly turn: Turn;
}

/** What is to be reminded of in one agreement now, when that was not done in this round yet. */
async function findDue(tx: Tx, networkId: string, now: Date, agreementId: string): Promise<Due | null> {
	const agreement = await findAgreement(tx, { networkId }, agreementId);
	const turn = agreement && turnOf(agreement);
	if (!agreement || !turn) return null;
	const kind = reminderOf(agreement, turn, dayAt(now), dayAt(turn.since));
	return kind && { caseId: agreement.caseId, round: roundOf(agreement), kind, turn };
}

/** Agreements in cases that are not closed, and in projects and in pairs that were not ended, of which the last report was not confirmed: at most these wait for someone. */
async function listUnfinished(tx: Tx, networkId: string): Promise<string[]> {
	const { rows } = await sql<{ agreementId: string }>`
		select a.agreement_id from agreement a
		left join lateral (
			select v.kind from case_event v where v.network_id = a.network_id and v.case_id = a.case_id order by v.at desc, v.event_id desc limit 1
		) e on true
		left join lateral (
			select r.report_id from agreement_report r
			where r.network_id = a.network_id and r.case_id = a.case_id and r.agreement_id = a.agreement_id order by r.at desc, r.report_id desc limit 1
		) r on true
		left join agreement_answer n on n.network_id = a.network_id and n.report_id = r.report_id
		where a.network_id = ${networkId} and e.kind is distinct from 'closed' and n.answer is distinct from 'confirmed'
			and not exists (select from pair_end d where d.network_id = a.network_id and d.pair_id = a.case_id)
			and not exists (select from project_end d where d.network_id = a.network_id and d.project_id = a.case_id)
		order by a.agreement_id`.execute(tx);
	return rows.map((row) => row.agreementId);
}

/** Reminds whose turn it is (C7): what is due tomorrow, what is overdue, what waits for an answer; each once a round. */
export async function remindOfAgreements(installation: Installation, networkId: string, now: Date): Promise<void> {
	const unfinished = await installation.door.job(networkId, now, (tx) => listUnfinished(tx, networkId));
	for (const agreementId of unfinished) {
		const due = await installation.door.job(networkId, now, (tx) => findDue(tx, networkId, now, agreementId));
		if (!due) continue;
		const about = { act: 'agreement.remind', kind: 'agreement', id: agreementId, caseId: due.caseId } as const;
		await termAct(installation, networkId, now, about, async (deed) => {
			const still = await findDue(deed.tx, networkId, now, agreementId);
			if (!still) return false;
			const { caseId, round, kind, turn } = still;
			const { numInsertedOrUpdatedRows } = await deed.tx
				.insertInto('agreementReminder')
				.values({ networkId, agreementId, caseId, round, kind, personId: turn.personId, at: now })
				.onConflict((conflict) => conflict.columns(['networkId', 'agreementId', 'round', 'kind']).doNothing())
				.executeTakeFirst();
			if (numInsertedOrUpdatedRows !== 1n) return false;
			await (turn.askId === undefined
				? deed.tell('mail.agreement_reminder', { caseId, personId: turn.personId })
				: deed.tell('mail.agreement_asked', { askId: turn.askId, personId: turn.personId }));
			return true;
		});
	}
}

/** Kinds of job, among those below, that are done once a day. */
export const reminderDaily: readonly string[] = ['daily.agreement_reminders'];

export const reminderJobs: JobHandlers = {
	'daily.agreement_reminders': (installation, job) => remindOfAgreements(installation, jobNetwork(job), job.now)
};
