import { IntlMessageFormat } from 'intl-messageformat';
import type nl from '#messages/nl.json';

export const locales = ['nl', 'en'] as const;
export type Locale = (typeof locales)[number];

/** Every sentence the product can say: a key of messages/nl.json. */
export type MessageKey = keyof typeof nl;

/** Sentences by key; a page that runs script gets only the ones it needs. */
export type Messages = Readonly<Partial<Record<MessageKey, string>>>;

/** What fills a sentence. Amounts, dates and ratios are formatted first (format.ts); a number here is one that is counted. */
export type MessageValues = Readonly<Record<string, string | number>>;

/** Says one sentence. Throws when the sentence or one of its values is missing: that is a mistake in the page. */
export interface Text {
	(key: MessageKey, values?: MessageValues): string;
	readonly locale: Locale;
}

// Parsing ICU costs far more than filling it in. The catalogue is the bound: a sentence is parsed once in each language.
const parsed = new Map<string, IntlMessageFormat>();

function parsedMessage(locale: Locale, message: string): IntlMessageFormat {
	const known = parsed.get(`${locale} ${message}`);
	if (known !== undefined) return known;
	// A "<" in a sentence is a "<": sentences hold no markup.
	const made = new IntlMessageFormat(message, locale === 'nl' ? 'nl-NL' : 'en-GB', undefined, { ignoreTag: true });
	parsed.set(`${locale} ${message}`, made);
	return made;
}

/** The sentences of `messages`, spoken in `locale`. */
export function createText(locale: Locale, messages: Messages): Text {
	const text = (key: MessageKey, values?: MessageValues): string => {
		const message = messages[key];
		if (message === undefined) throw new Error(`The sentence "${key}" is not on this page.`);
		// Most sentences have nothing to fill in; ICU gives an apostrophe a meaning only beside a brace.
		if (values === undefined && !message.includes('{')) return message;
		const said = String(parsedMessage(locale, message).format(values === undefined ? undefined : { ...values }));
		// What is quoted at the end of a sentence may bring a full stop of its own: one is enough.
		return said.replaceAll('.”.', '.”');
	};
	return Object.assign(text, { locale });
}

/** The first language of `wished` that we speak; Dutch when there is none. `wished` is an Accept-Language header (RFC 9110, 12.5.4). */
export function localeFrom(chosen: string | undefined, wished: string | null): Locale {
	const isOurs = (tag: string | undefined): tag is Locale => tag === 'nl' || tag === 'en';
	if (isOurs(chosen)) return chosen;
	const ranked = (wished ?? '')
		.split(',')
		.map((part) => {
			const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
			const quality = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find((value) => value !== undefined);
			return { tag: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality) };
		})
		.filter(({ quality }) => quality > 0)
		.sort((a, b) => b.quality - a.quality);
	return ranked.map(({ tag }) => tag).find(isOurs) ?? 'nl';
}
