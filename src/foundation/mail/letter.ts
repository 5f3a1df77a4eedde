import type { Locale, MessageKey } from '../text/text.ts';

/**
 * A letter to one person. Its subject is one of our sentences without anything filled in, because a subject is shown on lock screens and
 * kept in the logs of mail servers: nothing personal can stand there.
 */
export interface Letter {
	/** One address, e.g. `anna@voorbeeld.nl`. */
	readonly to: string;
	readonly locale: Locale;
	readonly subject: MailSubject;
	/** Plain text, already in `locale`; an empty line between paragraphs. A link stands on a line of its own. */
	readonly text: string;
}

export type MailSubject = Extract<MessageKey, `mail.${string}.subject`>;

/** Where letters go: a mail server, or in the demo a folder. */
export interface Post {
	/**
	 * Sends a letter. `id` (a UUID) names it: sending the same id again after a crash gives the same Message-ID, so that it is one letter.
	 * Throws `PostFailure`.
	 */
	send(letter: Letter, id: string): Promise<void>;
}

export type PostFailureCode =
	| 'mail_not_configured'
	| 'mail_address_malformed'
	/** The mail server does not take letters for this address (SMTP 5xx at RCPT). */
	| 'mail_address_refused'
	/** The mail server took the address and not the letter for good (SMTP 5xx). */
	| 'mail_letter_refused'
	| 'mail_sign_in_refused'
	| 'mail_encryption_failed'
	| 'mail_server_unreachable'
	| 'mail_server_busy'
	| 'mail_failed';

/** Why a letter did not go. Holds a code and nothing that a mail server said, for that may quote the address. */
export class PostFailure extends Error {
	readonly code: PostFailureCode;
	/** True when trying again cannot help. */
	readonly permanent: boolean;
	constructor(code: PostFailureCode, permanent: boolean) {
		super(code);
		this.name = 'PostFailure';
		this.code = code;
		this.permanent = permanent;
	}
}

// One mailbox of RFC 5321, 4.1.2, without quoted local parts and address literals; no space, comma or line end can pass.
const addressPattern = /^[^\s"(),:;<>@[\\\]\p{Cc}\p{Cf}]{1,64}@[^\s"(),:;<>@[\\\]\p{Cc}\p{Cf}]{1,255}$/u;

/** True for one plain e-mail address that can stand in a header. */
export const isPlainAddress = (text: string): boolean => text.length <= 254 && addressPattern.test(text);

const urlPattern = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)]/g;

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A piece of a letter's text: words, or a link that stands among them. */
export interface LetterPart {
	readonly text: string;
	readonly isLink: boolean;
}

/** The text of a letter, taken apart: paragraphs, in them lines, in them words and links. */
export const letterParts = (text: string): readonly (readonly (readonly LetterPart[])[])[] =>
	text
		.trim()
		.split(/\n\s*\n/)
		.map((paragraph) => paragraph.split('\n').map(lineParts));

const lineParts = (line: string): readonly LetterPart[] => {
	const parts: LetterPart[] = [];
	let end = 0;
	for (const match of line.matchAll(urlPattern)) {
		parts.push({ text: line.slice(end, match.index), isLink: false }, { text: match[0], isLink: true });
		end = match.index + match[0].length;
	}
	parts.push({ text: line.slice(end), isLink: false });
	return parts.filter((part) => part.text !== '');
};

const partHtml = ({ text, isLink }: LetterPart): string =>
	isLink ? `<a href="${escapeHtml(text)}">${escapeHtml(text)}</a>` : escapeHtml(text);

/** The letter as simple HTML: one column of paragraphs in the reader's own letter size, its language said, its links underlined. */
export const letterHtml = (locale: Locale, subject: string, text: string): string => {
	const paragraphs = letterParts(text).map((lines) => `<p>${lines.map((parts) => parts.map(partHtml).join('')).join('<br>\n')}</p>`);
	return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(subject)}</title>
</head>
<body style="margin: 0 auto; max-width: 38em; padding: 1em; font-family: sans-serif; line-height: 1.5">
${paragraphs.join('\n')}
</body>
</html>
`;
};
