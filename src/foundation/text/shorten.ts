/**
 * The beginning of a text in at most `most` characters (as people count them), on one line, cut between words with "…".
 * What is short enough stays as it is; a paragraph that ended without a full stop gets one, or two would read as one sentence.
 */
export function shorten(text: string, most: number): string {
	const line = text
		.trim()
		.replace(/(?<=[\p{L}\p{N}])[^\S\n]*\n\s*\n\s*/gu, '. ')
		.replace(/\s+/gu, ' ');
	const characters = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(line.slice(0, most * 8))].map(
		({ segment }) => segment
	);
	if (characters.length <= most) return characters.join('') === line ? line : `${characters.join('')}…`;
	const cut = characters.slice(0, most - 1).join('');
	const word = cut.lastIndexOf(' ');
	return `${(word > most / 2 ? cut.slice(0, word) : cut).replace(/[\s,.;:–-]+$/u, '')}…`;
}
