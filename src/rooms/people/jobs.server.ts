import type { Installation } from '#foundation/installation.ts';
import { jobNetwork, payloadId } from '#foundation/jobs/job.ts';
import type { Job } from '#foundation/jobs/job.ts';
import { ensureLink, linkPath } from '#foundation/links/private-links.server.ts';
import type { LinkPurpose } from '#foundation/links/private-links.server.ts';
import type { Letter, MailSubject } from '#foundation/mail/letter.ts';
import { say } from '#foundation/text/say.server.ts';
import type { Locale, MessageKey } from '#foundation/text/text.ts';

/** A letter to a colleague: that something waits, and where. Never what it is about: mail is read on lock screens and by others. */
export interface Notice {
	readonly subject: MailSubject;
	/** One sentence with nothing filled in. */
	readonly sentence: MessageKey;
	/** Where it waits, from the network's page on: `/casus/<id>`. */
	readonly path: string;
}

/**
 * Writes to the person named in the job's payload (`personId`). Someone whose account has ended, or who no longer works in the network, is not written to.
 * The address is looked up when the letter goes, so that no queue holds it.
 */
export async function notifyPerson(installation: Installation, job: Job, notice: Notice): Promise<void> {
	const networkId = jobNetwork(job);
	const personId = payloadId(job, 'personId');
	const reached = await findReached(installation, job, networkId, personId);
	if (!reached) return;
	await job.sendMail(
		letterTo(
			reached,
			notice.subject,
			notice.sentence,
			`${installation.settings.origin}/${reached.slug}${notice.path}`,
			'mail.notice.footer'
		)
	);
}

/** A letter with a private link: who gets it answers one thing without signing in. */
export interface LinkNotice {
	readonly subject: MailSubject;
	/** One sentence with nothing filled in. */
	readonly sentence: MessageKey;
	readonly purpose: LinkPurpose;
	/** What it is about: it is answered once. */
	readonly subjectId: string;
	readonly personId: string;
	readonly membershipId: string;
	readonly expiresAt: Date;
}

/** Writes to someone with a link by which they can answer at once. Done again, the letter holds the same link. */
export async function notifyByLink(installation: Installation, job: Job, notice: LinkNotice): Promise<void> {
	const networkId = jobNetwork(job);
	const { purpose, subjectId, personId, membershipId, expiresAt } = notice;
	const reached = await findReached(installation, job, networkId, personId);
	if (!reached) return;
	const linkId = await installation.door.job(networkId, job.now, (tx) =>
		ensureLink(installation, tx, job.now, { networkId, purpose, subjectId, personId, membershipId, expiresAt })
	);
	const path = await linkPath(installation, reached.slug, { linkId, purpose });
	await job.sendMail(
		letterTo(reached, notice.subject, notice.sentence, `${installation.settings.origin}${path}`, 'mail.notice.link_footer')
	);
}

interface Reached {
	readonly slug: string;
	readonly address: { readonly email: string; readonly locale: Locale };
}

async function findReached(installation: Installation, job: Job, networkId: string, personId: string): Promise<Reached | null> {
	const network = (await installation.door.listNetworks()).find((entry) => entry.networkId === networkId);
	if (!network) return null;
	const person = await installation.door.job(networkId, job.now, (tx) =>
		tx
			.selectFrom('person as p')
			.select('p.accountId')
			.where('p.networkId', '=', networkId)
			.where('p.personId', '=', personId)
			// Nobody writes to who no longer works here: whose memberships ended, or whose organisations left.
			.where(({ exists, selectFrom }) =>
				exists(
					selectFrom('membership as m')
						.innerJoin('organisation as o', (join) =>
							join.onRef('o.networkId', '=', 'm.networkId').onRef('o.organisationId', '=', 'm.organisationId')
						)
						.select('m.membershipId')
						.whereRef('m.networkId', '=', 'p.networkId')
						.whereRef('m.personId', '=', 'p.personId')
						.where((e) => e.or([e('m.validUntil', 'is', null), e('m.validUntil', '>', job.now)]))
						.where((e) => e.or([e('o.leftAt', 'is', null), e('o.leftAt', '>', job.now)]))
				)
			)
			.executeTakeFirst()
	);
	const address = person && (await installation.identity.findAddress(person.accountId));
	return address ? { slug: network.slug, address } : null;
}

const letterTo = ({ address }: Reached, subject: MailSubject, sentence: MessageKey, link: string, footer: MessageKey): Letter => ({
	to: address.email,
	locale: address.locale,
	subject,
	text: [say(address.locale, sentence), link, say(address.locale, footer)].join('\n\n')
});
