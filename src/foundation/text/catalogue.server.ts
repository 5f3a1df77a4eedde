import en from '#messages/en.json' with { type: 'json' };
import nl from '#messages/nl.json' with { type: 'json' };
import type { Locale, MessageKey } from './text.ts';

/** Every sentence in every language. A sentence that stands in one language only does not pass the type check. */
export const catalogue: Readonly<Record<Locale, Readonly<Record<MessageKey, string>>>> = { nl, en };
