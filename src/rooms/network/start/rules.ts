/** What a network writes at its start, in the order in which it is written (S1): the rules of the game come last. */
export const startParts = ['challenge', 'ambition', 'sign_1', 'sign_2', 'sign_3', 'rules'] as const;
export type StartPart = (typeof startParts)[number];

export const signParts = ['sign_1', 'sign_2', 'sign_3'] as const;
export type SignPart = (typeof signParts)[number];

export const isSign = (part: string): part is SignPart => (signParts as readonly string[]).includes(part);

/** What has to stand before a part is written. Signs two and three are not asked of anyone. */
const before: Readonly<Record<StartPart, StartPart | null>> = {
	challenge: null,
	ambition: 'challenge',
	sign_1: 'ambition',
	sign_2: 'sign_1',
	sign_3: 'sign_2',
	rules: 'sign_1'
};

/** The part that is missing before this one can be written; null when it can. */
export const missingBefore = (written: ReadonlySet<string>, part: StartPart): StartPart | null => {
	const needed = before[part];
	if (needed === null || written.has(needed)) return null;
	return missingBefore(written, needed) ?? needed;
};

/** The rules of the game before there is a sign: that asks one sentence why. */
export const isTooEarly = (written: ReadonlySet<string>, part: StartPart): boolean =>
	part === 'rules' && missingBefore(written, 'rules') !== null;

/** What is written next; null when everything stands that is asked: challenge, ambition, one sign, rules. */
export const nextPart = (written: ReadonlySet<string>): StartPart | null =>
	(['challenge', 'ambition', 'sign_1', 'rules'] as const).find((part) => !written.has(part)) ?? null;

/** The word of a part in an address. */
export const partWords: Readonly<Record<StartPart, string>> = {
	challenge: 'opgave',
	ambition: 'ambitie',
	sign_1: 'teken-1',
	sign_2: 'teken-2',
	sign_3: 'teken-3',
	rules: 'spelregels'
};

/** The part behind the word in an address, or null. */
export const partOfWord = (word: string): StartPart | null => startParts.find((part) => partWords[part] === word) ?? null;

/** Who writes at the start: the people who work on it and who bind an organisation, not who only keeps books or checks. */
export const mayWriteStart = (roles: readonly string[]): boolean =>
	['professional', 'facilitator', 'governor'].some((role) => roles.includes(role));
