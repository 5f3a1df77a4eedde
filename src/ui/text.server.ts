import { catalogue } from '#foundation/text/catalogue.server.ts';
import type { Locale, MessageKey, Messages } from '#foundation/text/text.ts';

/**
 * The pages that run script (`csr = true`), by route id, with the first parts of the keys they say. Only those sentences,
 * and the ones of the frame around each page, go to the browser.
 */
export const pagesWithScript: Readonly<Record<string, readonly string[]>> = {};

/** What every page says: the frame and the page that tells of an error. */
export const framePrefixes: readonly string[] = ['frame.', 'error.'];

/** The sentences for one page. Throws nothing: a sentence that was not sent is found when the page is made on the server. */
export function messagesFor(locale: Locale, routeId: string | null, table = pagesWithScript): Messages {
	const prefixes = routeId === null ? undefined : table[routeId];
	const all = catalogue[locale];
	if (prefixes === undefined) return all;
	const sent: Partial<Record<MessageKey, string>> = {};
	for (const key of Object.keys(all) as MessageKey[]) {
		if ([...framePrefixes, ...prefixes].some((prefix) => key.startsWith(prefix))) sent[key] = all[key];
	}
	return sent;
}
