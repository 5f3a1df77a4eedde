import { catalogue } from './catalogue.server.ts';
import { createText } from './text.ts';
import type { Locale, MessageKey, MessageValues, Text } from './text.ts';

const spoken: Readonly<Record<Locale, Text>> = { nl: createText('nl', catalogue.nl), en: createText('en', catalogue.en) };

/** All sentences of a language, where a rule says them itself. */
export const textFor = (locale: Locale): Text => spoken[locale];

/** One sentence, for the API, the command line and mail. Throws when one of its values is missing. */
export const say = (locale: Locale, key: MessageKey, values?: MessageValues): string => spoken[locale](key, values);
