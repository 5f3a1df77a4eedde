/** What a network writes together at its start, a sentence a part, in the order in which it is written (S1): the rules of the game come last. */
export const startParts = [
	...(['went_before', 'who', 'challenge', 'ambition', 'sign_1', 'sign_2', 'sign_3'] as const),
	...(['relations', 'organisation', 'process', 'rules'] as const)
] as const;
export type StartPart = (typeof startParts)[number];

/** Everything the start is spoken of in, in order. The interests are no sentence of all: each organisation states its own. */
export const talkParts = [
	...(['went_before', 'who', 'challenge', 'ambition', 'sign_1', 'sign_2', 'sign_3', 'interests'] as const),
	...(['relations', 'organisation', 'process', 'rules'] as const)
] as const;
export type TalkPart = (typeof talkParts)[number];

export const signParts = ['sign_1', 'sign_2', 'sign_3'] as const;
export type SignPart = (typeof signParts)[number];

export const isSign = (part: string): part is SignPart => (signParts as readonly string[]).includes(part);
export const isTalkPart = (part: string): part is TalkPart => (talkParts as readonly string[]).includes(part);

/** What has to stand before a part is written. Signs two and three are not asked of anyone. */
const before: Readonly<Record<TalkPart, TalkPart | null>> = {
	went_before: null,
	who: 'went_before',
	challenge: 'who',
	ambition: 'challenge',
	sign_1: 'ambition',
	sign_2: 'sign_1',
	sign_3: 'sign_2',
	interests: 'sign_1',
	relations: 'interests',
	organisation: 'relations',
	process: 'organisation',
	rules: 'process'
};

/** What stands of the start, and since which year the network works together when it was there before it worked here; null when it begins now. */
export interface Begun {
	readonly written: ReadonlySet<string>;
	readonly since: number | null;
}

/** The part that is missing before this one can be written; null when it can. A network that was there already writes its parts in any order. */
export const missingBefore = (begun: Begun, part: TalkPart): TalkPart | null => {
	const needed = before[part];
	if (needed === null || begun.since !== null || begun.written.has(needed)) return null;
	return missingBefore(begun, needed) ?? needed;
};

/** The rules of the game before all else stands: that asks one sentence why. */
export const isTooEarly = (begun: Begun, part: TalkPart): boolean => part === 'rules' && missingBefore(begun, 'rules') !== null;

/** What is written next; null when everything stands that is asked: all parts, with one sign and the interest of one organisation. */
export const nextPart = (written: ReadonlySet<string>): TalkPart | null =>
	talkParts.find((part) => part !== 'sign_2' && part !== 'sign_3' && !written.has(part)) ?? null;

/** The word of a part in an address. */
export const partWords: Readonly<Record<TalkPart, string>> = {
	went_before: 'vooraf',
	who: 'wie',
	challenge: 'opgave',
	ambition: 'ambitie',
	sign_1: 'teken-1',
	sign_2: 'teken-2',
	sign_3: 'teken-3',
	interests: 'belangen',
	relations: 'verhoudingen',
	organisation: 'organisatie',
	process: 'werkwijze',
	rules: 'spelregels'
};

/** The part behind the word in an address, or null. */
export const partOfWord = (word: string): TalkPart | null => talkParts.find((part) => partWords[part] === word) ?? null;

export const isWritten = (part: TalkPart): part is StartPart => part !== 'interests';

/** Who writes at the start: the people who work on it and who bind an organisation, not who only keeps books or checks. */
export const mayWriteStart = (roles: readonly string[]): boolean =>
	['professional', 'facilitator', 'governor'].some((role) => roles.includes(role));

/** Who says what their organisation is in it for: they, and who keeps the organisation's own things. */
export const mayStateInterest = (roles: readonly string[]): boolean => mayWriteStart(roles) || roles.includes('administrator');

/** Whether someone else wrote since the page was read. Who does not say what they saw (`undefined`) writes on. */
export const isChangedMeanwhile = (stands: string | undefined, seen: string | null | undefined): boolean =>
	seen !== undefined && (stands ?? null) !== seen;
