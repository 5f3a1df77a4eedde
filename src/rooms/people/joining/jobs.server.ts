import { sql } from 'kysely';
import { termAct } from '#foundation/command/term-act.server.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { jobNetwork, payloadId } from '#foundation/jobs/job.ts';
import type { JobHandlers } from '#foundation/jobs/job.ts';
import { personSortName } from '#foundation/text/name-sort.ts';
import type { Locale } from '#foundation/text/text.ts';
import { notifyPerson } from '../jobs.server.ts';

/** A confirmed membership begins, with the account it signs in by; what the letter needed to go is forgotten after that. */
export const joiningJobs: JobHandlers = {
	'mail.membership_to_confirm': (installation, job) =>
		notifyPerson(installation, job, {
			subject: 'mail.membership_to_confirm.subject',
			sentence: 'mail.membership_to_confirm.text',
			path: '/organisatie'
		}),
	'mail.membership_begun': (installation, job) =>
		notifyPerson(installation, job, {
			subject: 'mail.membership_begun.subject',
			sentence: 'mail.membership_begun.text',
			path: '/mijn/profiel'
		}),
	// Done once however often the job comes: an account by its address, a membership by the id that was proposed.
	'membership.answered': async (installation, job) => {
		const networkId = jobNetwork(job);
		const proposalId = payloadId(job, 'proposalId');
		const proposed = await installation.door.job(networkId, job.now, (tx) =>
			tx
				.selectFrom('membershipProposal as m')
				.innerJoin('membershipProposalAddress as d', (join) =>
					join.onRef('d.networkId', '=', 'm.networkId').onRef('d.proposalId', '=', 'm.proposalId')
				)
				.innerJoin('membershipProposalAnswer as a', (join) =>
					join.onRef('a.networkId', '=', 'm.networkId').onRef('a.proposalId', '=', 'm.proposalId')
				)
				.select(['m.name', 'd.email', 'd.locale', 'a.answer'])
				.where('m.networkId', '=', networkId)
				.where('m.proposalId', '=', proposalId)
				.executeTakeFirst()
		);
		if (!proposed) return;
		const forget = (tx: Tx) =>
			tx.deleteFrom('membershipProposalAddress').where('networkId', '=', networkId).where('proposalId', '=', proposalId).execute();
		if (proposed.answer === 'withdrawn') {
			await installation.door.job(networkId, job.now, forget);
			return;
		}
		const accountId = await installation.identity.ensureAccount({ email: proposed.email, locale: proposed.locale as Locale });
		const about = { act: 'membership.begin', kind: 'membership_proposal', id: proposalId } as const;
		await termAct(installation, networkId, job.now, about, async (deed) => {
			const { rows } = await sql<{ personId: string | null }>`
				select app.begin_membership(${proposalId}, ${accountId}, ${deed.id()}, ${personSortName(proposed.name)}) as person_id`.execute(deed.tx);
			const personId = rows[0]?.personId ?? null;
			if (personId === null) return false;
			await forget(deed.tx);
			await deed.tell('mail.membership_begun', { personId });
			return true;
		});
	}
};
