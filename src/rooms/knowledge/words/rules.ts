import type { Actor } from '#foundation/actor.ts';
import { searchableText } from '#foundation/search/search-words.ts';
import { mayWriteStart } from '#rooms/network/start/rules.ts';

export const conceptKinds = ['scheme', 'need', 'rule', 'thing'] as const;
export type ConceptKind = (typeof conceptKinds)[number];
export const registers = ['formal', 'everyday', 'abbreviation', 'english'] as const;
export type Register = (typeof registers)[number];

/** A word for something: as it is written, and how formal it is. */
export interface Label {
	readonly text: string;
	readonly register: Register;
}

/** Something of the field, with every word for it. */
export interface Concept {
	readonly concept: string;
	readonly kind: ConceptKind;
	/** Of what it is a part. */
	readonly broader: readonly string[];
	/** The first is how it is called. */
	readonly labels: readonly Label[];
	readonly saysFor: string;
	/** Where one turns to outside the network, and when that was looked up; null where the thesaurus names nobody. */
	readonly turnTo: { readonly who: string; readonly url: string; readonly asOf: string } | null;
}

const columns = 'concept;kind;broader;formal;everyday;abbreviation;english;for_nl;turn_to;url;as_of';
const listOf = (cell: string): string[] => (cell === '' ? [] : cell.split('|'));

/** Reads the thesaurus of the field. Strict: every row has its columns, codes are unique, and what a concept is part of is there. */
export function parseThesaurus(text: string): Concept[] {
	const [header, ...lines] = text.trimEnd().split('\n');
	if (header !== columns) throw new RangeError(`The columns must be: ${columns}.`);
	const concepts = lines.map((line, index): Concept => {
		const cells = line.split(';');
		const [
			concept = '',
			kind = '',
			broader = '',
			formal = '',
			everyday = '',
			abbreviation = '',
			english = '',
			saysFor = '',
			who = '',
			url = '',
			asOf = ''
		] = cells;
		const known = conceptKinds.find((name) => name === kind);
		if (
			cells.length !== columns.split(';').length ||
			!known ||
			!/^(?!own_)[a-z][a-z0-9_]{1,59}$/.test(concept) ||
			formal === '' ||
			saysFor === ''
		)
			throw new RangeError(`Line ${index + 2} of the thesaurus is not a concept: ${line}`);
		if ((who === '') !== (url === '') || (who === '') !== (asOf === ''))
			throw new RangeError(`Line ${index + 2} of the thesaurus names where to turn without a source and a day.`);
		const labels = (
			[
				['formal', formal],
				['everyday', everyday],
				['abbreviation', abbreviation],
				['english', english]
			] as const
		).flatMap(([register, cell]) => listOf(cell).map((label) => ({ text: label, register })));
		return { concept, kind: known, broader: listOf(broader), labels, saysFor, turnTo: who === '' ? null : { who, url, asOf } };
	});
	const codes = new Set(concepts.map(({ concept }) => concept));
	if (codes.size !== concepts.length) throw new RangeError('The thesaurus has a code twice.');
	for (const { concept, broader } of concepts)
		for (const code of broader)
			if (!codes.has(code) || code === concept) throw new RangeError(`${concept} is part of ${code}, which is not there.`);
	return concepts;
}

/** A word of a text with its Dutch stem. */
export interface Token {
	readonly stem: string;
	readonly word: string;
	/** `small`: it has no meaning of its own ("niet", "zonder"). `hollow`: it stands in nearly every question ("weet", "nodig"). */
	readonly role: 'full' | 'hollow' | 'small';
}

/** The words of a text, folded. */
export const wordsIn = (text: string): string[] => {
	const { text: folded } = searchableText(text);
	return folded === '' ? [] : folded.split(' ');
};

/** The words that stand in nearly every question and say nothing of what it is about. */
const hollow = new Set(
	`weet weten kent kennen iemand niemand iets niets alles nodig nog net wel heel hele veel weinig meer minder erg zo komt komen gaat gaan gaf geven krijgt krijgen
	staat staan zit zitten ligt loopt lopen doet doen deed maakt maken laat laten blijft blijven vindt vinden zoekt zoeken vraagt vragen vraag helpt helpen hulp
	heeft hebben hij zij haar zijn hun hen mij mijn jij jouw ons onze wij client klant meneer mevrouw bewoner vrouw man mensen mens stel gezin moeder vader
	week weken maand maanden jaar jaren dag dagen dagelijks vandaag morgen gisteren volgende vorige laatste drie twee vier vijf negen half anderhalf anders
	waar wanneer waarom hoe welke wie wat eens steeds altijd nooit nu dan toen straks al pas weer terug weg kan kunnen mag mogen moet moeten wil willen zou
	niet geen maar want omdat sinds zonder voor door tegen tussen tot bij met van aan uit op in om te de het een en of als er die dat deze dit daar hier
	kost kosten kostte betalen betaalt betaald euro bang cursus oud nieuw huis thuis kind kinderen geld rekening rekeningen brief brieven reageert plek last late
	my his her their the and for with who can help has have had is are was not no to of in a an on at there does nothing from since needs need get`
		.split(/\s+/)
		.filter((word) => word !== '')
);
export const isHollow = (word: string): boolean => hollow.has(word) || word.length < 2 || /^\d+$/.test(word);

interface LabelStems {
	readonly concept: string;
	readonly stems: readonly string[];
	/** The small words among them: "zonder papieren" is not "papieren". */
	readonly small: readonly string[];
	readonly text: string;
	readonly weight: number;
}

/** The thesaurus made ready to be looked for in texts. */
export interface Lexicon {
	readonly concepts: ReadonlyMap<string, Concept>;
	/** Labels by one of their stems. */
	readonly byStem: ReadonlyMap<string, readonly LabelStems[]>;
	/** Labels of one word by that word unstemmed: for what was written apart. */
	readonly byWord: ReadonlyMap<string, readonly LabelStems[]>;
	/** The stems of labels of one word, by length, for spelling. */
	readonly single: readonly string[];
	/** Every stem of a label: words of the field. */
	readonly fieldStems: ReadonlySet<string>;
	readonly labelsOf: ReadonlyMap<string, readonly LabelStems[]>;
}

const registerWeights: Readonly<Record<Register, number>> = { formal: 1, everyday: 0.9, abbreviation: 1, english: 0.9 };

/** @param tokensOf the tokens of a label, by the same stems as the texts */
export function lexiconOf(concepts: readonly Concept[], tokensOf: (text: string) => readonly Token[]): Lexicon {
	const byStem = new Map<string, LabelStems[]>();
	const byWord = new Map<string, LabelStems[]>();
	const labelsOf = new Map<string, LabelStems[]>();
	const put = (map: Map<string, LabelStems[]>, key: string, label: LabelStems): void => {
		const list = map.get(key);
		if (list) list.push(label);
		else map.set(key, [label]);
	};
	for (const { concept, labels } of concepts)
		for (const { text, register } of labels) {
			const tokens = tokensOf(text);
			const stems = [...new Set(tokens.flatMap(({ stem, role }) => (role === 'small' ? [] : [stem])))];
			if (stems.length === 0) continue;
			const small = tokens.flatMap(({ word, role }) => (role === 'small' ? [word] : []));
			const label = { concept, stems, small, text, weight: registerWeights[register] };
			put(labelsOf, concept, label);
			const longest = stems.reduce((best, stem) => (stem.length > best.length ? stem : best));
			put(byStem, longest, label);
			const [only] = tokens;
			if (tokens.length === 1 && only) put(byWord, only.word, label);
		}
	const single = [...new Set([...byStem.values()].flat().flatMap(({ stems }) => (stems.length === 1 ? stems : [])))];
	return {
		concepts: new Map(concepts.map((entry) => [entry.concept, entry])),
		byStem,
		byWord,
		single,
		fieldStems: new Set([...labelsOf.values()].flat().flatMap(({ stems }) => stems)),
		labelsOf
	};
}

/** A concept found in a text: by which word of it, and how surely (0 to 1). */
export interface Marked {
	readonly concept: string;
	readonly weight: number;
	/** As it stood in the text. */
	readonly said: string;
}

/** The words of a label may stand a few words apart, in any order: "de trap kan ze niet meer op". */
const slack = 4;

/** The concepts of a text, each once, by the surest of its words. */
export function markConcepts(tokens: readonly Token[], lexicon: Lexicon, wish: { readonly forgiving: boolean }): Marked[] {
	const found = new Map<string, Marked>();
	const take = (concept: string, weight: number, said: string): void => {
		if ((found.get(concept)?.weight ?? 0) < weight) found.set(concept, { concept, weight, said });
	};
	tokens.forEach((token, at) => {
		let exact = false;
		for (const label of lexicon.byStem.get(token.stem) ?? []) {
			const reach = label.stems.length + label.small.length + slack;
			const near = tokens.slice(Math.max(0, at - reach + 1), at + reach);
			const said = near.filter(({ stem }) => label.stems.includes(stem)).map(({ word }) => word);
			if (!label.stems.every((stem) => near.some((other) => other.stem === stem))) continue;
			const whole = label.small.every((word) => near.some((other) => other.word === word));
			take(label.concept, whole ? label.weight : label.weight / (label.stems.length === 1 ? 3 : 1.2), said.join(' '));
			if (label.stems.length === 1 && whole) exact = true;
		}
		if (exact || token.role !== 'full') return;
		const next = tokens[at + 1];
		for (const label of next ? (lexicon.byWord.get(token.word + next.word) ?? []) : [])
			take(label.concept, label.weight, `${token.word} ${next?.word ?? ''}`);
		for (const part of partsOf(token.stem))
			for (const label of lexicon.byStem.get(part) ?? []) if (label.stems.length === 1) take(label.concept, 0.6 * label.weight, token.word);
		if (!wish.forgiving || token.stem.length < 6) return;
		const stem = nearest(token.stem, lexicon.single);
		if (stem !== null)
			for (const label of lexicon.byStem.get(stem) ?? []) if (label.stems.length === 1) take(label.concept, 0.8 * label.weight, token.word);
	});
	return [...found.values()];
}

/** What a compound may begin or end with, longest first: "energierekening" begins with "energie". */
export function partsOf(stem: string): string[] {
	const parts: string[] = [];
	for (let length = stem.length - 4; length >= 5; length -= 1) parts.push(stem.slice(0, length), stem.slice(-length));
	return parts;
}

/** Whether a word is what a compound begins or ends with, as `partsOf` has it. */
export const isPart = (whole: string, part: string): boolean =>
	part.length >= 5 && whole.length - part.length >= 4 && (whole.startsWith(part) || whole.endsWith(part));

/** The known word that differs by one letter, or by two in a long word; null when none does, or more than one is as near. */
export function nearest(word: string, known: readonly string[]): string | null {
	const most = word.length >= 9 ? 2 : 1;
	let best: string | null = null;
	let distance = most + 1;
	for (const other of known) {
		if (other.length < 5 || Math.abs(other.length - word.length) > most || other === word) continue;
		const steps = stepsBetween(word, other, distance);
		if (steps < distance) [best, distance] = [other, steps];
		else if (steps === distance && best !== null && other < best) best = other;
	}
	return best;
}

/** How many letters must be changed, added, left out or swapped with their neighbour; no more than `most` is counted. */
export function stepsBetween(a: string, b: string, most: number): number {
	let [before, row]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, at) => at)];
	for (let i = 1; i <= a.length; i += 1) {
		const next = [i];
		for (let j = 1; j <= b.length; j += 1) {
			const same = a[i - 1] === b[j - 1];
			let steps = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) steps = Math.min(steps, (before[j - 2] ?? 0) + 1);
			next.push(steps);
		}
		[before, row] = [row, next];
		if (Math.min(...row) > most) return most + 1;
	}
	return row[b.length] ?? 0;
}

/** Who works with cases, goes round the network or governs keeps the words of the network. */
export const keepsWords = ({ roles }: Pick<Actor, 'roles'>): boolean => mayWriteStart(roles);

/** Who added a word or a thing puts it aside again, and the facilitator. */
export const mayRetireWord = (word: { readonly personId: string }, actor: Pick<Actor, 'personId' | 'roles'>): boolean =>
	word.personId === actor.personId || actor.roles.includes('facilitator');

/** A word of the field was added by nobody here: the facilitator puts it aside. Who keeps the words sets it back. */
export const mayRetireFieldWord = ({ roles }: Pick<Actor, 'roles'>): boolean => roles.includes('facilitator');
