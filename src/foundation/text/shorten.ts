/**
 * The beginning of a text in at most `most` characters (as people count them), on one line, cut between words with "…".
 * What is short enough stays as it is.
 */
export function shorten(text: string, most: number): string {
	const line = text.replace(/\s+/gu, ' ').trim();
	const characters = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(line.slice(0, most * 8))].map(
		({ segment }) => segment
	);
	if (characters.length <= most) return characters.join('') === line ? line : `${characters.join('')}…`;
	const cut = characters.slice(0, most - 1).join('');
	const word = cut.lastIndexOf(' ');
	return `${(word > most / 2 ? cut.slice(0, word) : cut).replace(/[\s,.;:–-]+$/u, '')}…`;
}
