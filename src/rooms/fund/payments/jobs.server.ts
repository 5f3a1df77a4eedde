import { jobNetwork } from '#foundation/jobs/job.ts';
import type { JobHandlers } from '#foundation/jobs/job.ts';
import { addDays, addMonths, dayAt, startOfDay } from '#foundation/time/days.ts';
import { notifyPerson } from '#rooms/people/jobs.server.ts';
import { payeeDays } from './rules.ts';

export const paymentJobs: JobHandlers = {
	'mail.transfer_waits': (installation, job) =>
		notifyPerson(installation, job, {
			subject: 'mail.transfer_waits.subject',
			sentence: 'mail.transfer_waits.text',
			path: '/pot/overboeken'
		}),

	/** Bank accounts are kept for 90 days after; then their key goes, and with it every copy, also in backups. */
	'daily.payees': async (installation, job) => {
		const networkId = jobNetwork(job);
		const before = startOfDay(addDays(dayAt(job.now), -payeeDays));
		const old = await installation.door.job(networkId, job.now, (tx) =>
			tx
				.selectFrom('payee as p')
				.innerJoin('paymentEvent as e', (join) => join.onRef('e.networkId', '=', 'p.networkId').onRef('e.paymentId', '=', 'p.paymentId'))
				.select('p.paymentId')
				.distinct()
				.where('p.networkId', '=', networkId)
				.where('e.at', '<', before)
				.execute()
		);
		for (const { paymentId } of old) {
			// The key first: killed in between, the next day removes a row that nobody can open.
			await installation.keyring.destroyKey(networkId, paymentId);
			await installation.door.job(networkId, job.now, (tx) =>
				tx.deleteFrom('payee').where('networkId', '=', networkId).where('paymentId', '=', paymentId).execute()
			);
		}
	},

	/** What a household got is remembered for twelve months. */
	'daily.households': async (installation, job) => {
		const networkId = jobNetwork(job);
		await installation.door.job(networkId, job.now, (tx) =>
			tx
				.deleteFrom('householdUse')
				.where('networkId', '=', networkId)
				.where('onDay', '<=', addMonths(dayAt(job.now), -12))
				.execute()
		);
	}
};
export const paymentDaily: readonly string[] = ['daily.payees', 'daily.households'];
