import { payloadId } from '../jobs/job.ts';
import type { JobHandlers } from '../jobs/job.ts';
import { say } from '../text/say.server.ts';
import { linkMinutes } from './links.server.ts';

/** The daily job of signing in. It is asked for once for each network, which does no harm. */
export const signInDaily: readonly string[] = ['daily.sign_in'];

/** The letters about signing in, and removing what was kept long enough. */
export const signInJobs: JobHandlers = {
	/** The link is made again here, so that it lies in no queue. What was used or has expired meanwhile is not sent. */
	'signin.link': async (installation, job) => {
		const letter = await installation.identity.findLinkLetter(payloadId(job, 'link_id'));
		if (!letter) return;
		await job.sendMail({
			to: letter.email,
			locale: letter.locale,
			subject: 'mail.sign_in_link.subject',
			text: say(letter.locale, 'mail.sign_in_link.text', { link: letter.url, minutes: linkMinutes })
		});
	},
	'daily.sign_in': async (installation) => {
		await installation.identity.forgetOld();
	}
};
