import type { MessageKey, MessageValues } from '#foundation/text/text.ts';
import type { Day } from '#foundation/time/days.ts';
import { publicCases, toldInFives } from '../publication/rules.ts';
import type { CauseKind } from '../rules.ts';

/** What a letter says of cases: at least so many, in fives, so that two letters never tell of fewer than five. Null: too few to write. */
export const casesInLetter = (cases: number): number | null => (cases < publicCases ? null : toldInFives(cases));

/** Whether a cause makes a letter: a law that leaves no room here, whatever who works here agrees on (F7). */
export const makesLetter = (kind: CauseKind): boolean => kind === 'law_no_local_room';

/**
 * The letter to who can change a law that leaves no local room, to copy and to sign: numbers of cases and words that two released, nothing else of the
 * network's. What it proposes is for who signs it to write.
 */
export const letterOf = (
	t: (key: MessageKey, values?: MessageValues) => string,
	of: { readonly network: string; readonly title: string | null; readonly cases: number; readonly sinceYear: number }
): string =>
	[
		t('letter.to'),
		of.title === null ? t('letter.about') : t('letter.about_title', { title: of.title }),
		t('letter.what', { network: of.network, cases: of.cases, year: String(of.sinceYear) }),
		t('letter.tried'),
		t('letter.proposal'),
		t('letter.numbers'),
		t('letter.signed', { network: of.network })
	].join('\n\n');

/** Who can change a law, or ask for it: a kind, never a name. */
export const addressees = ['ministry', 'municipalities', 'housing_associations', 'tenants', 'other'] as const;
export type Addressee = (typeof addressees)[number];

/** What came back on a letter; or that it was not sent after all. */
export const letterAnswers = ['yes', 'no', 'other', 'not_sent'] as const;
export type LetterAnswerKind = (typeof letterAnswers)[number];

export interface LetterAnswer {
	readonly answer: LetterAnswerKind;
	readonly answeredOn: Day;
	readonly words: string;
	readonly membershipId: string;
}

/** Where a letter stands by what came back, in order: the newest counts. */
export type LetterState = 'waits' | LetterAnswerKind;
export const letterState = (answers: readonly Pick<LetterAnswer, 'answer'>[]): LetterState => answers.at(-1)?.answer ?? 'waits';

/** Whether an answer may follow: nothing comes back on a letter that was not sent, and what was answered was sent. */
export const mayFollowLetter = (answer: LetterAnswerKind, state: LetterState): boolean =>
	state !== 'not_sent' && (answer !== 'not_sent' || state === 'waits');

/** Why a day of an answer cannot be; null: it can. */
export const wrongAnswerDay = (day: Day, sentOn: Day, today: Day): 'date_in_future' | 'ends_before_start' | null =>
	day > today ? 'date_in_future' : day < sentOn ? 'ends_before_start' : null;
