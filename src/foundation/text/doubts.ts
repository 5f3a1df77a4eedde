import type { FieldCode, FieldError } from '../outcome.ts';
import { checkFreeText } from './free-text.ts';

/**
 * What in these texts looks like a number or address of a person: asked once whether it has to stand there (A2). One finding a field and kind.
 * @param texts by field name; fields that are not there are passed over
 */
export function findDoubts(texts: Readonly<Record<string, string | undefined>>): FieldError[] {
	return Object.entries(texts).flatMap(([field, text]) => {
		if (text === undefined) return [];
		const kinds = new Set(checkFreeText(text).warnings.map((warning) => warning.kind));
		kinds.delete('bsn');
		return [...kinds].map((kind): FieldError => ({
			path: [field],
			code: `looks_like_${kind}` as Extract<FieldCode, `looks_like_${string}`>
		}));
	});
}
