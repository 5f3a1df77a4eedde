import type { Installation } from '../installation.ts';
import { JobFailure, jobNetwork, payloadId } from '../jobs/job.ts';
import type { Job } from '../jobs/job.ts';
import { createFormat } from '../text/format.ts';
import { say } from '../text/say.server.ts';
import { dayAt } from '../time/days.ts';

/** Asks, once a day, for a letter with the last seal to every checker of the network: a seal kept outside is what finds a rewritten log. */
export async function askForAnchors(installation: Installation, job: Job): Promise<void> {
	const networkId = jobNetwork(job);
	const { seal, checkers } = await installation.door.job(networkId, job.now, async (tx) => ({
		seal: await tx
			.selectFrom('logSeal')
			.select('sealNumber')
			.where('networkId', '=', networkId)
			.orderBy('sealNumber', 'desc')
			.limit(1)
			.executeTakeFirst(),
		checkers: await tx
			.selectFrom('membership')
			.select('personId')
			.distinct()
			.where('networkId', '=', networkId)
			.where((e) => e(e.val('checker'), '=', e.fn.any('roles')))
			.where('validFrom', '<=', job.now)
			.where((e) => e.or([e('validUntil', 'is', null), e('validUntil', '>', job.now)]))
			.execute()
	}));
	if (seal === undefined) return;
	for (const { personId } of checkers) {
		const payload = { personId, sealNumber: String(seal.sealNumber) };
		await job.ask('mail.log_anchor', networkId, payload, `mail.log_anchor ${networkId} ${personId} ${dayAt(job.now)}`);
	}
}

/** Writes the seal to one checker: its number, its moment, its hash, and how to compare it later. */
export async function sendAnchor(installation: Installation, job: Job): Promise<void> {
	const networkId = jobNetwork(job);
	const personId = payloadId(job, 'personId');
	const sealNumber = Number(job.payload['sealNumber']);
	if (!Number.isSafeInteger(sealNumber)) throw new JobFailure('payload_malformed', true);
	const found = await installation.door.job(networkId, job.now, (tx) =>
		tx
			.selectFrom('logSeal')
			.innerJoin('network', 'network.networkId', 'logSeal.networkId')
			.innerJoin('person', 'person.networkId', 'logSeal.networkId')
			.select(['hash', 'sealedAt', 'network.name', 'accountId'])
			.where('logSeal.networkId', '=', networkId)
			.where('sealNumber', '=', sealNumber)
			.where('personId', '=', personId)
			.executeTakeFirst()
	);
	const directory = (await installation.door.listNetworks()).find((entry) => entry.networkId === networkId);
	if (found === undefined || directory === undefined) throw new JobFailure('seal_or_person_gone', true);
	const address = await installation.identity.findAddress(found.accountId);
	// Whose account has ended is not written to.
	if (address === null) return;
	const { date, time } = createFormat(address.locale);
	await job.sendMail({
		to: address.email,
		locale: address.locale,
		subject: 'mail.log_anchor.subject',
		text: say(address.locale, 'mail.log_anchor.text', {
			network: found.name,
			slug: directory.slug,
			number: String(sealNumber),
			moment: `${date(found.sealedAt)} ${time(found.sealedAt)}`,
			hash: found.hash.toString('hex')
		})
	});
}
