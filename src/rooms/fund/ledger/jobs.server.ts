import { sql } from 'kysely';
import { termAct } from '#foundation/command/term-act.server.ts';
import { jobNetwork } from '#foundation/jobs/job.ts';
import type { JobHandlers } from '#foundation/jobs/job.ts';
import { notifyPerson } from '#rooms/people/jobs.server.ts';

/** At most so many terms at once: the rest is found by the next sweep, a minute later. */
const atOnce = 500;

export const ledgerJobs: JobHandlers = {
	'mail.reversal_waits': (installation, job) =>
		notifyPerson(installation, job, { subject: 'mail.reversal_waits.subject', sentence: 'mail.reversal_waits.text', path: '/pot' }),
	'mail.year_waits': (installation, job) =>
		notifyPerson(installation, job, { subject: 'mail.year_waits.subject', sentence: 'mail.year_waits.text', path: '/pot/jaren' }),

	/** Money that was set aside and not paid within its term goes back into the pot; its request says so, and who asked is told. */
	'sweep.reservations': async (installation, job) => {
		const networkId = jobNetwork(job);
		const due = await installation.door.job(networkId, job.now, (tx) =>
			tx
				.selectFrom('reservation as r')
				.leftJoin('reservationEnd as e', (join) =>
					join.onRef('e.networkId', '=', 'r.networkId').onRef('e.reservationId', '=', 'r.reservationId')
				)
				.innerJoin('request as q', (join) => join.onRef('q.networkId', '=', 'r.networkId').onRef('q.requestId', '=', 'r.requestId'))
				.leftJoin('caseRequest as c', (join) => join.onRef('c.networkId', '=', 'r.networkId').onRef('c.requestId', '=', 'r.requestId'))
				.select(['r.reservationId', 'c.caseId', 'q.askedBy'])
				.where('r.networkId', '=', networkId)
				.where('r.expiresAt', '<=', job.now)
				.where('e.reservationId', 'is', null)
				.orderBy('r.expiresAt')
				.limit(atOnce)
				.execute()
		);
		for (const { reservationId, caseId, askedBy } of due)
			await termAct(
				installation,
				networkId,
				job.now,
				{ act: 'reservation.expire', kind: 'reservation', id: reservationId, ...(caseId === null ? {} : { caseId }) },
				async (deed) => {
					const { rows } = await sql<{ expired: boolean }>`
						select app.expire_reservation(${reservationId}, ${deed.id()}) as expired`.execute(deed.tx);
					if (rows[0]?.expired !== true) return false;
					if (caseId !== null) await deed.tell('mail.request_lapsed', { caseId, personId: askedBy });
					return true;
				}
			);
	},

	/** Each night the books are counted anew, from their postings alone. */
	'daily.ledger_check': async (installation, job) => {
		const networkId = jobNetwork(job);
		await installation.door.job(networkId, job.now, async (tx) => {
			const { rows } = await sql<{ journals: number; unbalanced: number; uncovered: number; astray: number }>`
				with journals as (
					select j.journal_id, coalesce(sum(p.amount_cents), 0) as total, count(p.line) as lines
					from journal j left join posting p on p.network_id = j.network_id and p.journal_id = j.journal_id
					where j.network_id = ${networkId} group by j.journal_id
				), counted as (
					select s.source_id, s.cash_cents, s.reserved_cents,
						coalesce(sum(p.amount_cents) filter (where a.kind = 'cash'), 0) as cash,
						coalesce(-sum(p.amount_cents) filter (where a.kind = 'reserved'), 0) as reserved
					from fund_source s
					left join account a on a.network_id = s.network_id and a.source_id = s.source_id
					left join posting p on p.network_id = a.network_id and p.account_id = a.account_id
					where s.network_id = ${networkId} group by s.network_id, s.source_id
				)
				select (select count(*) from journals) as journals,
					(select count(*) from journals where total <> 0 or lines < 2) as unbalanced,
					(select count(*) from counted where cash < reserved) as uncovered,
					(select count(*) from counted where cash <> cash_cents or reserved <> reserved_cents) as astray`.execute(tx);
			const counted = rows[0];
			if (!counted) throw new Error('A count answers one row.');
			await tx
				.insertInto('ledgerCheck')
				.values({ networkId, checkId: installation.world.id(), at: job.now, ...counted })
				.execute();
		});
	}
};

/** Among them: what looks each minute, and what is done each night. */
export const ledgerSweeps: readonly string[] = ['sweep.reservations'];
export const ledgerDaily: readonly string[] = ['daily.ledger_check'];
