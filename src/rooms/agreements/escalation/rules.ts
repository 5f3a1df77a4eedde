import { addWorkingHours } from '#foundation/time/working-hours.ts';

/** The rungs of the ladder (A12), lowest first. */
export const rungs = ['colleagues', 'secretariat', 'governors', 'outside'] as const;
export type Rung = (typeof rungs)[number];

/** How many working days each rung has to answer. */
export type Terms = Readonly<Record<Rung, number>>;
/** What every network begins with; it sets its own in `terms/`. */
export const firstTerms: Terms = { colleagues: 2, secretariat: 2, governors: 5, outside: 10 };
const hoursADay = 8;

/** When the term of a rung is over: weekends and holidays do not count. */
export const dueAt = (rung: Rung, askedAt: Date, terms: Terms): Date => addWorkingHours(askedAt, terms[rung] * hoursADay);

/** What is asked: help, or that something is left undone for a while. */
export const wishes = ['help', 'time_out'] as const;
export type Wish = (typeof wishes)[number];

/** Bodies outside the network that can be asked. */
export const outsides = ['tax_office', 'uwv', 'svb', 'cak', 'cjib', 'health_insurer', 'bailiff', 'court', 'ministry', 'other'] as const;
export type Outside = (typeof outsides)[number];

/** What who is asked can answer: we do this, we give a time-out, no, ask the next rung. */
export const ownAnswers = ['will', 'time_out', 'no', 'next'] as const;
/** What someone outside said is recorded by who holds the case. */
export const rungAnswers = [...ownAnswers, 'outside_said'] as const;
export type RungAnswer = (typeof rungAnswers)[number];

/** A step on the ladder of a case. */
export interface Step {
	readonly rung: Rung;
	readonly dueAt: Date;
	readonly answer: RungAnswer | null;
}

/** Where a step stands. Late is what nobody answered in time; it can still be answered, until the next rung is asked. */
export const stateOf = (step: Step, now: Date): 'asked' | 'late' | RungAnswer => step.answer ?? (step.dueAt <= now ? 'late' : 'asked');

const above = (rung: Rung): readonly Rung[] => rungs.slice(rungs.indexOf(rung) + 1);

/** Whether a step ended what was asked: then another matter of the same case begins at the foot of the ladder again. */
const settles = (step: Step): boolean => step.answer === 'will' || step.answer === 'time_out' || step.rung === 'outside';

/**
 * Which rungs can be asked now. Nothing goes up by itself, and no rung is passed over but one where nobody is. While a rung has time to answer, no
 * other is asked; after a promise that did not help the next one can be, or another matter is brought to the foot of the ladder.
 * @param steps in order of time
 * @param peopled the rungs where somebody is
 */
export function nextRungs(steps: readonly Step[], peopled: ReadonlySet<Rung>, now: Date): readonly Rung[] {
	const first = (of: readonly Rung[]): readonly Rung[] => of.filter((rung) => peopled.has(rung)).slice(0, 1);
	const last = steps.at(-1);
	if (!last) return first(rungs);
	if (stateOf(last, now) === 'asked') return [];
	return [...new Set([...first(above(last.rung)), ...(settles(last) ? first(rungs) : [])])];
}

/** The steps of the matter that is asked now: a ladder that began again at its foot shows what came before apart. */
export function newestMatter<S extends Step>(steps: readonly S[]): readonly S[] {
	const begins = steps.findLastIndex((step, index) => {
		const before = steps[index - 1];
		return before === undefined || rungs.indexOf(step.rung) <= rungs.indexOf(before.rung);
	});
	return steps.slice(Math.max(0, begins));
}

/** Rungs below the highest that was asked and that were passed over: nobody was there. */
export function passedOver(matter: readonly Step[]): readonly Rung[] {
	const asked = new Set(matter.map(({ rung }) => rung));
	const highest = Math.max(-1, ...matter.map(({ rung }) => rungs.indexOf(rung)));
	return rungs.filter((rung, index) => index < highest && !asked.has(rung));
}

/** One thing that happened on a ladder, for the timeline of its case. */
export type LadderHappening =
	| { readonly kind: 'rung_asked'; readonly escalationId: string; readonly rung: Rung; readonly membershipId: string }
	| {
			readonly kind: 'rung_answered';
			readonly escalationId: string;
			readonly rung: Rung;
			readonly membershipId: string;
			readonly answer: RungAnswer;
	  };

/** What happened on a ladder: a rung was asked, a rung answered. */
export const listLadderHappenings = (
	steps: readonly {
		readonly escalationId: string;
		readonly rung: Rung;
		readonly membershipId: string;
		readonly at: Date;
		readonly answer: RungAnswer | null;
		readonly answeredAs: string | null;
		readonly answeredAt: Date | null;
	}[]
): (LadderHappening & { readonly at: Date })[] =>
	steps.flatMap(({ escalationId, rung, membershipId, at, answer, answeredAs, answeredAt }) => [
		{ kind: 'rung_asked' as const, at, escalationId, rung, membershipId },
		...(answer === null || answeredAs === null || answeredAt === null
			? []
			: [{ kind: 'rung_answered' as const, at: answeredAt, escalationId, rung, membershipId: answeredAs, answer }])
	]);
