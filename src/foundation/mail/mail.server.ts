import type { Installation } from '../installation.ts';
import { PostFailure } from './letter.ts';
import type { Post } from './letter.ts';
import { openMailbox } from './mailbox.server.ts';
import { openSmtpPost } from './smtp.server.ts';

/**
 * The post of an installation: in the demo its mailbox (a demo never mails anyone), else the server of `SMTP_URL`, from `MAIL_FROM`.
 * Without these letters wait in the queue, and `doctor` says what is missing.
 */
export function openPost({ settings, world }: Pick<Installation, 'settings' | 'world'>, env: NodeJS.ProcessEnv): Post {
	if (settings.demo) return openMailbox(settings.dataFolder, world);
	const url = env['SMTP_URL'];
	const from = env['MAIL_FROM'];
	if (!url || !from) return { send: () => Promise.reject(new PostFailure('mail_not_configured', false)) };
	return openSmtpPost({ url, from });
}
