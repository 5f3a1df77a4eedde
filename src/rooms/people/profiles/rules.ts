/** Languages that one can say to speak, by their code (ISO 639). Dutch is taken for granted and left out; `dse` is the Dutch sign language. */
export const languages = [
	'ar',
	'ber',
	'de',
	'dse',
	'en',
	'es',
	'fa',
	'fr',
	'ku',
	'pap',
	'pl',
	'pt',
	'ro',
	'ru',
	'so',
	'srn',
	'ti',
	'tr',
	'uk',
	'zh'
] as const;
export type Language = (typeof languages)[number];
export const isLanguage = (code: string): code is Language => languages.some((language) => language === code);

export interface ProfileTexts {
	readonly topics: string;
	readonly schemes: string;
	readonly livedExperience: string;
	readonly area: string;
}

/** Everything of a profile that is searched. */
export const profileText = ({ topics, schemes, livedExperience, area }: ProfileTexts): string =>
	[topics, schemes, livedExperience, area].filter((text) => text.trim() !== '').join('\n');

/** Whether there is anything in it to know someone by. */
export const isEmptyProfile = (texts: ProfileTexts): boolean => profileText(texts) === '';

/** The name of a language in another: "Arabisch". Two have no name in the tables that come with the runtime and are said by us. */
export const languageName = (locale: 'nl' | 'en', language: Language, said: (key: 'language.ber' | 'language.dse') => string): string =>
	language === 'ber' || language === 'dse' ? said(`language.${language}`) : (namesIn[locale].of(language) ?? language);

const namesIn = { nl: new Intl.DisplayNames('nl', { type: 'language' }), en: new Intl.DisplayNames('en', { type: 'language' }) };

/** Who did not look at their profile since then is asked whether it still holds. */
export const yearBefore = (now: Date): Date => new Date(now.getTime() - 365 * 86_400_000);
