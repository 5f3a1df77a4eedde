import { say } from '#foundation/text/say.server.ts';
import type { Locale, MessageKey, MessageValues } from '#foundation/text/text.ts';

/** The language of the terminal: Dutch when it says so, else English. */
export const terminalLocale = (env: NodeJS.ProcessEnv = process.env): Locale =>
	/^nl/i.test(env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? '') ? 'nl' : 'en';

/** A sentence in the language of the terminal. */
export const sayLocally = (key: MessageKey, values?: MessageValues): string => say(terminalLocale(), key, values);
