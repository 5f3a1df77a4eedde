import type { MessageKey, MessageValues } from '#foundation/text/text.ts';
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
