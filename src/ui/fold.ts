/** Characters of a text shown before the rest is folded away. */
export const shownFirst = 900;

/**
 * Parts a long text in what is shown and what is folded: between words, and never within a character as people count them. Together the two
 * are the text, to the letter. What is only a little longer is not folded.
 */
export function fold(text: string, most = shownFirst): { readonly start: string; readonly rest: string } {
	if (text.length <= most * 1.25) return { start: text, rest: '' };
	const around = text.slice(0, most);
	const space = Math.max(around.lastIndexOf(' '), around.lastIndexOf('\n'));
	const at = space > most / 2 ? space : lastWhole(text, most);
	return { start: text.slice(0, at), rest: text.slice(at) };
}

/** Where the last character begins that starts at or before `most`. */
function lastWhole(text: string, most: number): number {
	const from = Math.max(0, most - 64);
	let at = from;
	for (const { index } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text.slice(from, most + 64)))
		if (from + index <= most) at = from + index;
	return at;
}
