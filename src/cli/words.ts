import { say } from '#foundation/text/say.server.ts';
import { createFormat } from '#foundation/text/format.ts';
import type { Locale, MessageKey, MessageValues } from '#foundation/text/text.ts';

/** The language of the terminal: Dutch when it says so, else English. */
export const terminalLocale = (env: NodeJS.ProcessEnv = process.env): Locale =>
	/^nl/i.test(env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? '') ? 'nl' : 'en';

/** A sentence in the language of the terminal. */
export const sayLocally = (key: MessageKey, values?: MessageValues): string => say(terminalLocale(), key, values);

/** A moment as people say it, in Amsterdam: "12 March 2027, 14:05". */
export function momentLocally(iso: string): string {
	const format = createFormat(terminalLocale());
	return `${format.date(new Date(iso))}, ${format.time(new Date(iso))}`;
}

/** The size of a file: "28 kB", "131 MB". */
export const sizeLocally = (bytes: number): string => {
	const format = createFormat(terminalLocale());
	return bytes < 1e6 ? `${format.number(Math.ceil(bytes / 1e3))} kB` : `${format.number(Math.round(bytes / 1e5) / 10)} MB`;
};
