import type { DecisionRule } from '../bodies/rules.ts';

interface Position {
	readonly personId: string;
	readonly position: 'consent' | 'objection' | 'aside';
}

/**
 * Why a proposal cannot be decided yet; null when it can. An objection of anyone who takes part, also for this item only, stands in the way of consent
 * and of unanimity. Where votes count, those of the fixed seats do; who joined gives advice.
 */
export function whyNotDecided(
	rule: DecisionRule,
	fixed: readonly string[],
	positions: readonly Position[]
): { readonly why: 'objection_stands'; readonly personId: string } | { readonly why: 'too_few_agree' } | null {
	const seats = new Set(fixed);
	const agreeing = new Set(
		positions.filter(({ position, personId }) => position === 'consent' && seats.has(personId)).map((one) => one.personId)
	);
	const objection = positions.find(({ position }) => position === 'objection');
	switch (rule) {
		case 'advice':
			return null;
		case 'majority':
			return agreeing.size * 2 > seats.size ? null : { why: 'too_few_agree' };
		case 'consent':
			return objection ? { why: 'objection_stands', personId: objection.personId } : null;
		case 'unanimous':
			if (objection) return { why: 'objection_stands', personId: objection.personId };
			return agreeing.size === seats.size ? null : { why: 'too_few_agree' };
	}
}
