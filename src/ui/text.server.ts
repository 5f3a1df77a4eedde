import { catalogue } from '#foundation/text/catalogue.server.ts';
import type { Locale, MessageKey, Messages } from '#foundation/text/text.ts';

/**
 * The pages that run script (`csr = true`), by route id, with the first parts of the keys they say. Only those sentences,
 * and the ones of the frame around each page, go to the browser.
 */
export const pagesWithScript: Readonly<Record<string, readonly string[]>> = {};

/** What every page says: the frame and the page that tells of an error. */
export const framePrefixes: readonly string[] = ['frame.', 'error.'];

/**
 * The whole catalogue, inherited instead of held: SvelteKit writes out what a page is given, also for pages without script that send none of it, and
 * writing every sentence took as long as making the page itself.
 */
const unsent = (all: Messages): Messages => Object.create(Object.assign(Object.create(null), all) as Messages) as Messages;
const whole: Readonly<Record<Locale, Messages>> = { nl: unsent(catalogue.nl), en: unsent(catalogue.en) };

/** The sentences for one page. Throws nothing: a sentence that was not sent is found when the page is made on the server. */
export function messagesFor(locale: Locale, routeId: string | null, table = pagesWithScript): Messages {
	const prefixes = routeId === null ? undefined : table[routeId];
	if (prefixes === undefined) return whole[locale];
	const all = catalogue[locale];
	const sent: Partial<Record<MessageKey, string>> = {};
	for (const key of Object.keys(all) as MessageKey[]) {
		if ([...framePrefixes, ...prefixes].some((prefix) => key.startsWith(prefix))) sent[key] = all[key];
	}
	return sent;
}
