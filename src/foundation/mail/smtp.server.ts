import { say } from '../text/say.server.ts';
import { isPlainAddress, letterHtml, PostFailure } from './letter.ts';
import type { Letter, Post } from './letter.ts';

export interface SmtpSettings {
	/** `smtp://user:password@host:587` or `smtps://…:465`. Encryption is required, save to a server on this machine or with `?requireTLS=false`. */
	readonly url: string;
	/** Who the letters are from, one plain address. */
	readonly from: string;
	/** Shown before that address. */
	readonly fromName?: string;
	/** Milliseconds without a sign of life after which the mail server is given up. Default 15,000. */
	readonly patience?: number;
}

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Throws a `RangeError` when the settings cannot be used. Says nothing of what stands in them: the URL may hold a password. */
export function checkSmtpSettings(settings: SmtpSettings): void {
	const url = URL.canParse(settings.url) ? new URL(settings.url) : null;
	if (url === null || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '')
		throw new RangeError('SMTP_URL must be smtp://… or smtps://…');
	if (!isPlainAddress(settings.from)) throw new RangeError('MAIL_FROM must be one plain e-mail address');
}

/** Sends letters through a mail server, each over its own connection. */
export function openSmtpPost(settings: SmtpSettings): Post {
	checkSmtpSettings(settings);
	const url = new URL(settings.url);
	const patience = settings.patience ?? 15_000;
	const domain = settings.from.slice(settings.from.lastIndexOf('@') + 1);
	return {
		async send(letter, id) {
			if (!isPlainAddress(letter.to)) throw new PostFailure('mail_address_malformed', true);
			// Loaded at the first letter, so that starting does not wait for it.
			const { createTransport } = await import('nodemailer');
			const transport = createTransport({
				url: settings.url,
				...(url.searchParams.has('requireTLS') || loopback.test(url.hostname) ? {} : { requireTLS: true }),
				connectionTimeout: patience,
				greetingTimeout: patience,
				socketTimeout: patience,
				dnsTimeout: patience,
				disableFileAccess: true,
				disableUrlAccess: true
			});
			try {
				await transport.sendMail(messageOf(letter, id, settings, domain));
			} catch (error) {
				throw failureOf(error);
			} finally {
				transport.close();
			}
		}
	};
}

const messageOf = (letter: Letter, id: string, settings: SmtpSettings, domain: string) => {
	const subject = say(letter.locale, letter.subject);
	return {
		// As an object an address is never taken apart: a comma cannot make it two.
		to: { name: '', address: letter.to },
		from: { name: settings.fromName ?? 'Loopplank', address: settings.from },
		subject,
		text: letter.text,
		html: letterHtml(letter.locale, subject, letter.text),
		messageId: `<${id}@${domain}>`,
		headers: {
			'Content-Language': letter.locale,
			// RFC 3834: nobody's holiday answers to a machine.
			'Auto-Submitted': 'auto-generated',
			'X-Auto-Response-Suppress': 'All'
		}
	};
};

interface SmtpError {
	readonly code: string | undefined;
	readonly responseCode: number | undefined;
}

const smtpErrorOf = (error: unknown): SmtpError => {
	const found = error as { code?: unknown; responseCode?: unknown } | null | undefined;
	return {
		code: typeof found?.code === 'string' ? found.code : undefined,
		responseCode: typeof found?.responseCode === 'number' ? found.responseCode : undefined
	};
};

/** From what the mail server said to what we keep of it: a code. */
const failureOf = (error: unknown): PostFailure => {
	const { code, responseCode } = smtpErrorOf(error);
	const permanent = responseCode !== undefined && responseCode >= 500;
	if (code === 'EAUTH') return new PostFailure('mail_sign_in_refused', false);
	if (code === 'ETLS') return new PostFailure('mail_encryption_failed', false);
	if (responseCode === 421 || (responseCode !== undefined && responseCode < 500)) return new PostFailure('mail_server_busy', false);
	if (code === 'EENVELOPE') return new PostFailure('mail_address_refused', permanent);
	if (permanent) return new PostFailure('mail_letter_refused', true);
	if (code !== undefined && ['ECONNECTION', 'ETIMEDOUT', 'ESOCKET', 'EDNS', 'ECONNREFUSED', 'ECONNRESET'].includes(code))
		return new PostFailure('mail_server_unreachable', false);
	return new PostFailure('mail_failed', false);
};
