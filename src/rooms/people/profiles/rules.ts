/** Languages that one can say to speak, by their code (ISO 639). Dutch is taken for granted and left out. */
export const languages = [
	'ar',
	'ber',
	'de',
	'en',
	'es',
	'fa',
	'fr',
	'ku',
	'nsl',
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
