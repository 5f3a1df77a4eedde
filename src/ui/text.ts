import { createContext } from 'svelte';
import { createFormat } from '#foundation/text/format.ts';
import type { Format } from '#foundation/text/format.ts';
import type { Text } from '#foundation/text/text.ts';

const [textInContext, putTextInContext] = createContext<() => Text>();

/** Once, in the root layout. A getter, because a page that runs script may change language or sentences without a new layout. */
export function setText(current: () => Text): void {
	putTextInContext(current);
}

/** The sentences of this page: `const t = useText()`, then `t('case.title')`. */
export function useText(): Text {
	const current = textInContext();
	const text = (...spoken: Parameters<Text>): string => current()(...spoken);
	return Object.defineProperty(text, 'locale', { get: () => current().locale }) as Text;
}

/** The way of writing of this page's language: `const f = useFormat()`, then `f.money(125000)`. */
export function useFormat(): Format {
	return createFormat(textInContext()().locale);
}
