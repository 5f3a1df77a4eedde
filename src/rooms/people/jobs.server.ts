import type { Installation } from '#foundation/installation.ts';
import { jobNetwork, payloadId } from '#foundation/jobs/job.ts';
import type { Job } from '#foundation/jobs/job.ts';
import type { MailSubject } from '#foundation/mail/letter.ts';
import { say } from '#foundation/text/say.server.ts';
import type { MessageKey } from '#foundation/text/text.ts';

/** A letter to a colleague: that something waits, and where. Never what it is about: mail is read on lock screens and by others. */
export interface Notice {
	readonly subject: MailSubject;
	/** One sentence with nothing filled in. */
	readonly sentence: MessageKey;
	/** Where it waits, from the network's page on: `/casus/<id>`. */
	readonly path: string;
}

/**
 * Writes to the person named in the job's payload (`personId`). Someone whose account has ended is not written to.
 * The address is looked up when the letter goes, so that no queue holds it.
 */
export async function notifyPerson(installation: Installation, job: Job, notice: Notice): Promise<void> {
	const networkId = jobNetwork(job);
	const personId = payloadId(job, 'personId');
	const network = (await installation.door.listNetworks()).find((entry) => entry.networkId === networkId);
	if (!network) return;
	const person = await installation.door.job(networkId, job.now, (tx) =>
		tx.selectFrom('person').select(['accountId']).where('networkId', '=', networkId).where('personId', '=', personId).executeTakeFirst()
	);
	const address = person && (await installation.identity.findAddress(person.accountId));
	if (!address) return;
	const text = [
		say(address.locale, notice.sentence),
		`${installation.settings.origin}/${network.slug}${notice.path}`,
		say(address.locale, 'mail.notice.footer')
	].join('\n\n');
	await job.sendMail({ to: address.email, locale: address.locale, subject: notice.subject, text });
}
