import type { CaseValueFacts } from '../rules.ts';

/** Numbers of a value map that nobody knows: each has someone who stated it, when, and why. */
export const assumptionNames = ['chance', 'years', 'deadweight', 'attribution', 'displacement', 'drop_off'] as const;
export type AssumptionName = (typeof assumptionNames)[number];

/** What a value map assumes: shares in percent, years as a number; null is not estimated. */
export const statedIn = (facts: CaseValueFacts): Readonly<Record<AssumptionName, number | null>> => ({
	chance: facts.looming[0]?.chancePercent ?? null,
	years: facts.horizonYears,
	deadweight: facts.deadweightPercent ?? null,
	attribution: facts.attributionPercent ?? null,
	displacement: facts.displacementPercent ?? null,
	drop_off: facts.dropOffPercent ?? null
});

/**
 * The assumptions that are someone's own in a new version: what is new or changed, and what someone gives a reason for. What stays as it
 * was stays with whoever stated it.
 */
export function newlyStated(
	before: CaseValueFacts | null,
	after: CaseValueFacts,
	reasoned: readonly AssumptionName[]
): readonly { readonly name: AssumptionName; readonly value: number | null }[] {
	const was = before === null ? null : statedIn(before);
	const is = statedIn(after);
	return assumptionNames
		.filter((name) => reasoned.includes(name) || (was === null ? is[name] !== null : was[name] !== is[name]))
		.map((name) => ({ name, value: is[name] }));
}

/** Assumptions someone moves to see what they do. Numbers only. */
export interface Trial {
	readonly chance?: number | undefined;
	readonly years?: number | undefined;
	readonly deadweight?: number | undefined;
	readonly attribution?: number | undefined;
}

/** The value map with other assumptions; what lasts, lasts as many years as are tried. */
export function triedFacts(facts: CaseValueFacts, trial: Trial): CaseValueFacts {
	const { chance, years } = trial;
	const before = facts.looming[0]?.chancePercent ?? 100;
	return {
		...facts,
		...(years === undefined ? {} : { horizonYears: years }),
		...(trial.deadweight === undefined ? {} : { deadweightPercent: trial.deadweight }),
		...(trial.attribution === undefined ? {} : { attributionPercent: trial.attribution }),
		looming: facts.looming.map((flow, index) => ({
			...flow,
			...(years === undefined || flow.years === 1 ? {} : { years }),
			// What followed from the event with some chance, still does.
			...(chance === undefined || (index > 0 && flow.chancePercent > before)
				? {}
				: { chancePercent: before === 0 || index === 0 ? chance : Math.round((flow.chancePercent / before) * chance) })
		}))
	};
}

/** The fields of the page in which assumptions are moved: the word in the address, and whose number it is. */
export const trialFields = [
	{ field: 'kans', name: 'chance' },
	{ field: 'jaren', name: 'years' },
	{ field: 'toch', name: 'deadweight' },
	{ field: 'anderen', name: 'attribution' }
] as const;

/** The assumptions that a trial changes. */
export const movedBy = (facts: CaseValueFacts, trial: Trial): AssumptionName[] => {
	const [was, is] = [statedIn(facts), statedIn(triedFacts(facts, trial))];
	return assumptionNames.filter((name) => was[name] !== is[name]);
};
