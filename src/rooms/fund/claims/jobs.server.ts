import { sql } from 'kysely';
import { jobNetwork } from '#foundation/jobs/job.ts';
import type { JobHandlers } from '#foundation/jobs/job.ts';
import { dayAt, daysBetween } from '#foundation/time/days.ts';
import { notifyPerson } from '#rooms/people/jobs.server.ts';

/** The day after something was due, and then every four weeks, for half a year. */
const remindsOn = (daysLate: number): boolean => daysLate > 0 && daysLate < 183 && daysLate % 28 === 1;

/** What was taken back in the books no longer counts. */
const stands = (row: 'e' | 's' | 'r', id: 'event_id' | 'step_id') =>
	sql<boolean>`not exists (select from taken_back b where b.network_id = ${sql.ref(`${row}.network_id`)} and b.subject_id = ${sql.ref(`${row}.${id}`)})`;

export const claimJobs: JobHandlers = {
	'mail.claim_proposed': (installation, job) =>
		notifyPerson(installation, job, {
			subject: 'mail.claim_proposed.subject',
			sentence: 'mail.claim_proposed.text',
			path: '/pot/terugbetalen'
		}),
	'mail.claim_shared': (installation, job) =>
		notifyPerson(installation, job, { subject: 'mail.claim_shared.subject', sentence: 'mail.claim_shared.text', path: '/pot/verdelen' }),
	'mail.claim_due': (installation, job) =>
		notifyPerson(installation, job, { subject: 'mail.claim_due.subject', sentence: 'mail.claim_due.text', path: '/pot/terugbetalen' }),
	'mail.contribution_due': (installation, job) =>
		notifyPerson(installation, job, { subject: 'mail.contribution_due.subject', sentence: 'mail.contribution_due.text', path: '/pot' }),

	/** Reminds who promised a payment for their organisation that it has not come in. Only them, and never the same day twice. */
	'daily.pot_reminders': async (installation, job) => {
		const networkId = jobNetwork(job);
		const today = dayAt(job.now);
		const late = await installation.door.job(networkId, job.now, async (tx) => {
			const { rows } = await sql<{ kind: 'mail.claim_due' | 'mail.contribution_due'; id: string; dueOn: string; personId: string }>`
				select 'mail.claim_due' as kind, c.claim_id as id, c.due_on, a.person_id
				from claim c
				join claim_event a on a.network_id = c.network_id and a.claim_id = c.claim_id and a.kind = 'accepted'
				where c.network_id = ${networkId} and c.due_on < ${today} and c.split_id is null
					and c.amount_cents > (select coalesce(sum(e.amount_cents), 0) from claim_event e where e.network_id = c.network_id and e.claim_id = c.claim_id and ${stands('e', 'event_id')})
				union all
				-- Under a way to share who accepted that way.
				select 'mail.claim_due', c.claim_id, c.due_on, a.person_id
				from claim c
				join cost_split_answer a on a.network_id = c.network_id and a.split_id = c.split_id and a.organisation_id = c.organisation_id
				where c.network_id = ${networkId} and c.due_on < ${today}
					and exists (select from claim_event e where e.network_id = c.network_id and e.claim_id = c.claim_id and e.kind = 'accepted')
					and c.amount_cents > (select coalesce(sum(e.amount_cents), 0) from claim_event e where e.network_id = c.network_id and e.claim_id = c.claim_id and ${stands('e', 'event_id')})
				union all
				select 'mail.contribution_due', p.contribution_id, max(s.due_on), p.person_id
				from contribution p
				join contribution_step s on s.network_id = p.network_id and s.contribution_id = p.contribution_id and s.kind = 'invoiced'
				where p.network_id = ${networkId} and ${stands('s', 'step_id')}
				group by p.contribution_id, p.person_id
				having max(s.due_on) < ${today} and sum(s.amount_cents) > (
					select coalesce(sum(r.amount_cents), 0) from contribution_step r
					where r.network_id = ${networkId} and r.contribution_id = p.contribution_id and r.kind = 'received' and ${stands('r', 'step_id')})`.execute(
				tx
			);
			return rows;
		});
		for (const { kind, id, dueOn, personId } of late)
			if (remindsOn(daysBetween(dueOn, today))) await job.ask(kind, networkId, { personId }, `${kind} ${id} ${today}`);
	}
};
export const claimDaily: readonly string[] = ['daily.pot_reminders'];
