const softHyphen = '\u00ad';

/** Consonants between two groups of vowels, in a Dutch word. */
const cluster = /((?:ij|[aeiouyáéíóúäëïöü])+)([bcdfghjklmnpqrstvwxz]+)(?=(?:ij|[aeiouyáéíóúäëïöü]))/giu;

/** The most consonants with which a Dutch syllable can begin, at the end of a cluster: "schuld-hulp", "betalings-regeling". */
const onset = /(?:schr?|s[pt]r|[bcfgkptv][lr]|[dw]r|s[lmnpktw]|kn|[kdtz]w|ch|[bcdfghjklmnpqrstvwxz])$/iu;

const shortest = 4;

/**
 * Marks where words of more than 12 letters may break, for narrow places such as the name of a board. Browsers that know Dutch do it better
 * by themselves (`hyphens: auto`); not all of them do. It goes by syllables and knows no compounds: "arbeid-songeschikt".
 */
export function softHyphens(text: string): string {
	return text.replace(/\p{L}{13,}/gu, (word) =>
		word.replace(cluster, (joint: string, vowels: string, consonants: string, at: number) => {
			const begins = consonants.search(onset);
			const before = at + vowels.length + begins;
			if (before < shortest || word.length - before < shortest) return joint;
			return `${vowels}${consonants.slice(0, begins)}${softHyphen}${consonants.slice(begins)}`;
		})
	);
}
