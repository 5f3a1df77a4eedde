import type { DecisionRule } from '../bodies/rules.ts';

const dayMs = 86_400_000;
/** Who was asked for minutes is asked once more after so long. */
export const askedAgainMs = 7 * dayMs;
/** Of a meeting that is over for longer nobody is written to; it still stands on their page. */
export const askedAtMostMs = 30 * dayMs;

interface Position {
	readonly personId: string;
	readonly position: 'consent' | 'objection' | 'aside';
}

/**
 * Why a proposal cannot be decided yet; null when it can. An objection of anyone who takes part, also for this item only, stands in the way of consent
 * and of unanimity. Where votes count, those of the fixed seats do; who joined gives advice. Nobody decides alone where more have a fixed seat: silence is
 * no consent before two of them said what they find, and no advice before someone else than who decides (`by`) gave it.
 */
export function whyNotDecided(
	rule: DecisionRule,
	fixed: readonly string[],
	positions: readonly Position[],
	by: string
): { readonly why: 'objection_stands'; readonly personId: string } | { readonly why: 'too_few_agree' | 'too_few_heard' } | null {
	const seats = new Set(fixed);
	const heard = new Set(positions.map(({ personId }) => personId));
	const agreeing = new Set(
		positions.filter(({ position, personId }) => position === 'consent' && seats.has(personId)).map((one) => one.personId)
	);
	const objection = positions.find(({ position }) => position === 'objection');
	switch (rule) {
		case 'advice':
			return seats.size < 2 || [...heard].some((personId) => personId !== by) ? null : { why: 'too_few_heard' };
		case 'majority':
			return agreeing.size * 2 > seats.size ? null : { why: 'too_few_agree' };
		case 'consent':
			if (objection) return { why: 'objection_stands', personId: objection.personId };
			return [...seats].filter((personId) => heard.has(personId)).length >= Math.min(2, seats.size) ? null : { why: 'too_few_heard' };
		case 'unanimous':
			if (objection) return { why: 'objection_stands', personId: objection.personId };
			return agreeing.size === seats.size ? null : { why: 'too_few_agree' };
	}
}
