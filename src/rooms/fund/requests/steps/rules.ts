import { addDays } from '#foundation/time/days.ts';
import type { Day } from '#foundation/time/days.ts';
import { isWorkingDay } from '#foundation/time/working-hours.ts';
import type { Text } from '#foundation/text/text.ts';

/** The steps of the full lane, in the order in which they are shown; they are filled in in any order. */
export const stepNames = ['goal', 'problem', 'scheme', 'triangle', 'durability', 'effects', 'precedents'] as const;
export type StepName = (typeof stepNames)[number];

/** How far ahead the goal lies, in months (A5). */
export const horizons = [1, 3, 6, 12, 24] as const;

export interface Goal {
	/** In the resident's own words; false: a reason stands there why they cannot be had. */
	readonly ownWords: boolean;
	readonly horizonMonths: number;
}

/** Whose problem it is (A6). */
export const problemKinds = ['household', 'professional', 'system'] as const;
export type ProblemKind = (typeof problemKinds)[number];
export interface Problem {
	readonly kind: ProblemKind;
	/** 1 comes first for the resident. */
	readonly place: number;
	readonly dropped?: boolean;
}

/** What came of asking a scheme that goes before the pot (A7). */
export const schemeAnswers = ['refused', 'partly', 'no_answer', 'too_late', 'not_asked', 'none_fits'] as const;
export type SchemeAnswer = (typeof schemeAnswers)[number];
export interface Scheme {
	readonly answer: SchemeAnswer;
	readonly askedOn: Day | null;
	readonly answeredOn: Day | null;
	readonly dropped?: boolean;
}

/**
 * The last day on which one may object to a decision (A7): six weeks, counted from the day after it was sent (Awb 6:7 and 6:8); a Saturday, Sunday or holiday
 * moves it to the next working day (Algemene termijnenwet, article 1).
 */
export function objectUntil(decidedOn: Day): Day {
	let day = addDays(decidedOn, 42);
	while (!isWorkingDay(day)) day = addDays(day, 1);
	return day;
}

/** Until when one can object, where there is a decision to object to. */
export const objectionOf = (scheme: Scheme): Day | null =>
	(scheme.answer === 'refused' || scheme.answer === 'partly') && scheme.answeredOn !== null ? objectUntil(scheme.answeredOn) : null;

/** The corners of the triangle, and the three paths that are scored on it (A8). */
export const corners = ['legitimacy', 'involvement', 'return'] as const;
export type Corner = (typeof corners)[number];
export const paths = ['present', 'looming', 'proposed'] as const;
export type Path = (typeof paths)[number];
export type Scores = Readonly<Record<Corner, number>>;
export type Triangle = Readonly<Record<Path, Scores>>;

/** Whether one path is at least as good as another on every corner, and better on one. */
export const isBetter = (one: Scores, other: Scores): boolean =>
	corners.every((corner) => one[corner] >= other[corner]) && corners.some((corner) => one[corner] > other[corner]);

/** Whether the proposed path is better than the present one and than the looming one; else the decision needs a written reason (A8). */
export const proposedIsBetter = (triangle: Triangle): boolean =>
	isBetter(triangle.proposed, triangle.present) && isBetter(triangle.proposed, triangle.looming);

/** Whether it holds after the money is spent (A9). */
export const outlooks = ['yes', 'no', 'unsure'] as const;
export type Outlook = (typeof outlooks)[number];
export interface Durability {
	readonly outlook: Outlook;
}

/** What the money may set off (A10). */
export interface Effects {
	readonly socialAssistance: 'yes' | 'no' | 'unknown';
	/** Gifts to the resident this year, this one not counted, as far as known. */
	readonly giftsCents: number;
	/** The written word of Work and Income is there. */
	readonly writtenWord: boolean;
	/** The resident was told what to report. */
	readonly residentTold: boolean;
	readonly administration: 'none' | 'administration' | 'debt_scheme' | 'unknown';
	/** The administrator was asked and agrees. */
	readonly administratorAgrees: boolean;
}

/** What has to be done before payment; nothing left: it may be paid. */
export const effectTasks = ['find_out', 'written_word', 'tell_resident', 'ask_administrator'] as const;
export type EffectTask = (typeof effectTasks)[number];

/**
 * What side effects ask before payment (A10): with social assistance, when this gift brings the gifts of this year above the exemption, first the written
 * word of Work and Income and telling the resident what to report; with administration or a debt scheme, asking the administrator.
 */
export function effectsToDo(effects: Effects, amountCents: number, exemptionCents: number): EffectTask[] {
	const tasks: EffectTask[] = [];
	if (effects.socialAssistance === 'unknown' || effects.administration === 'unknown') tasks.push('find_out');
	if (effects.socialAssistance === 'yes' && effects.giftsCents + amountCents > exemptionCents) {
		if (!effects.writtenWord) tasks.push('written_word');
		if (!effects.residentTold) tasks.push('tell_resident');
	}
	if ((effects.administration === 'administration' || effects.administration === 'debt_scheme') && !effects.administratorAgrees)
		tasks.push('ask_administrator');
	return tasks;
}

/** Everything that was filled in of a request. */
export interface Filled {
	readonly goal: Goal | null;
	readonly problems: readonly Problem[];
	readonly schemes: readonly Scheme[];
	readonly triangle: Triangle | null;
	readonly durability: Durability | null;
	readonly effects: Effects | null;
	/** What worked before was looked at. */
	readonly precedents: boolean;
}

export const isDone = (step: StepName, filled: Filled): boolean => {
	switch (step) {
		case 'problem':
			return filled.problems.length > 0;
		case 'scheme':
			return filled.schemes.length > 0;
		case 'precedents':
			return filled.precedents;
		default:
			return filled[step] !== null;
	}
};

/** When it is acute money goes first: these are filled in within some days after (A7). The resident's words are asked at once. */
const afterwards: ReadonlySet<StepName> = new Set(['problem', 'scheme', 'triangle', 'precedents']);

/** The steps that must be done before it can be asked. */
export const missingSteps = (filled: Filled, acute: boolean): StepName[] =>
	stepNames.filter((step) => !isDone(step, filled) && !(acute && afterwards.has(step)));

/** How many of the steps are done, for the progress that is shown. */
export const doneSteps = (filled: Filled): StepName[] => stepNames.filter((step) => isDone(step, filled));

/** How closed cases alike ended. */
export interface Precedent {
	readonly outcome: string;
	/** Null: fewer than three, which is not told. */
	readonly cases: number | null;
}

/**
 * Why a grant needs a written reason; none: it needs none.
 * @param departs whether money departs from what worked in most closed cases alike (A11), as the database counts
 */
export const reasonsNeeded = (filled: Pick<Filled, 'triangle'>, departs: boolean): ('triangle' | 'precedents')[] => [
	...(filled.triangle !== null && !proposedIsBetter(filled.triangle) ? (['triangle'] as const) : []),
	...(departs ? (['precedents'] as const) : [])
];

/** How the fields of a step are called on its page, in the order in which they stand there. */
export function labelsOf(t: Text, step: StepName): Readonly<Record<string, string>> {
	switch (step) {
		case 'goal':
			return {
				...{ goal: t('step.goal'), noWordsBecause: t('step.no_words') },
				...{ residentDoes: t('step.resident_does'), horizonMonths: t('step.horizon') }
			};
		case 'problem':
			return { problem: t('step.problem'), kind: t('step.problem_of'), place: t('step.place') };
		case 'scheme':
			return {
				...{ scheme: t('step.scheme'), answer: t('step.scheme_answer'), askedOn: t('step.scheme_asked') },
				...{ answeredOn: t('step.scheme_answered'), why: t('step.scheme_why') }
			};
		case 'triangle':
			return Object.fromEntries(
				paths.flatMap((path) => [
					...corners.map((corner) => [`${path}.${corner}`, `${t(`path.${path}`)}: ${t(`corner.${corner}`)}`] as const),
					[`${path}Because`, `${t(`path.${path}`)}: ${t('step.because')}`] as const
				])
			);
		case 'durability':
			return { outlook: t('step.outlook'), because: t('step.because') };
		case 'effects':
			return {
				...{ socialAssistance: t('step.assistance'), gifts: t('step.gifts'), toReport: t('step.to_report') },
				administration: t('step.administration')
			};
		case 'precedents':
			return { because: t('step.departs') };
	}
}
