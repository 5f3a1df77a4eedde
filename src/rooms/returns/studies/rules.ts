import type { Role } from '#foundation/actor.ts';
import { referenceClass } from '#social-return';

/** Design grades of a study (Maryland scale): 1 before and after, 2 with others beside it, 3 with like others, 4 nearly by chance, 5 by lot. */
export const grades = ['1', '2', '3', '4', '5'] as const;
export type Grade = (typeof grades)[number];

/** Who sets studies beside the returns and takes them away: the facilitator, who decides nothing else (G3). */
export const keepsStudies = (roles: readonly Role[]): boolean => roles.includes('facilitator');

/** A ratio that others found, set beside one's own full one. */
export interface OtherRatio {
	readonly key: 'family_amsterdam' | 'debt_five_cities' | 'shelter_low' | 'shelter_high' | 'housing_first' | 'median' | 'p90' | 'max';
	readonly ratio: number;
	/** Where it can be read; null where we did not find it ourselves. */
	readonly url: string | null;
	/** Of the design; null: not looked up. */
	readonly grade: number | null;
}

/** The published reports, as they were read by machine. */
const reports = 'https://github.com/jcmunozmora/sroi-meta-analysis';

/** Dutch studies first, then what published reports come to. Full counts or as near as their authors came; none is a gross ratio. */
export const otherRatios: readonly OtherRatio[] = [
	{
		key: 'family_amsterdam',
		ratio: 1.9,
		url: 'https://5dok.net/document/yj7mro8m-maatschappelijke-kosten-batenanalyse-van-overleven-naar-leven.html',
		grade: null
	},
	{ key: 'debt_five_cities', ratio: 2, url: null, grade: null },
	{ key: 'shelter_low', ratio: 2, url: null, grade: null },
	{ key: 'shelter_high', ratio: 3.5, url: null, grade: null },
	{ key: 'housing_first', ratio: 0.69, url: null, grade: 5 },
	{ key: 'median', ratio: referenceClass.agreed.median, url: reports, grade: null },
	{ key: 'p90', ratio: referenceClass.agreed.p90, url: reports, grade: null },
	{ key: 'max', ratio: referenceClass.agreed.max, url: reports, grade: null }
];

/** How strong the network's own figure is: what was looked at before and after is a 1; an estimate beforehand is no evidence yet. */
export const ownGrade = (kind: 'estimate' | 'realised'): number | null => (kind === 'realised' ? 1 : null);
