/** Words that stand before a Dutch family name and do not count when names are sorted: "van der Berg" stands under B. */
const prefixes = new Set(
	"'s 't à aan af al am an auf aus ben bij bin boven d' da dal dalla das de degli dei del della den der des di die do don dos du el het i im in l' la las le les lo los of onder op opde over s t te ten ter thoe thor to toe tot uit uijt unter van vanden vanc vande ver vom von voor vor zu zum zur".split(
		' '
	)
);

/**
 * The name that persons are sorted by: folded, prefix last: "van der Berg" becomes "berg, van der", "Anna van der Berg" becomes
 * "berg, anna van der", "Zoë Wit" becomes "wit, zoe". Stored as `name_sort` and compared by code point (COLLATE "C").
 */
export function personSortName(name: string): string {
	const words = foldName(name).split(' ');
	const first = words.findIndex((word, index) => prefixes.has(word) && index < words.length - 1);
	let core = words.length - 1;
	if (first !== -1) {
		core = first;
		while (core < words.length - 1 && prefixes.has(words[core] ?? '')) core++;
	}
	return join(words, core);
}

/** Organisations are sorted by their whole name, a leading article last: "De Kernen" becomes "kernen, de". */
export function organisationSortName(name: string): string {
	const words = foldName(name).split(' ');
	return words.length > 1 && ['de', 'het', "'t", 'een', 'the'].includes(words[0] ?? '') ? join(words, 1) : words.join(' ');
}

/** Small letters, no accents, one space between words, straight apostrophes. */
export function foldName(name: string): string {
	return name
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[‘’ʼ`´]/g, "'")
		.replace(/[ßæœøłđðþı]/g, (letter) => plainLetters[letter] ?? letter)
		.replace(/\s+/g, ' ')
		.trim();
}

const plainLetters: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };

function join(words: readonly string[], core: number): string {
	const tail = words.slice(0, core).join(' ');
	const head = words.slice(core).join(' ');
	return tail === '' ? head : `${head}, ${tail}`;
}
