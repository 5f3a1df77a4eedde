import { parseCents } from '#foundation/money/cents.ts';

/** How many lines the form has for each path. */
export const flowCount = 4;

/** A number as people write it; what is no number stays text, and the schema says so. */
const number = (text: string | undefined): number | string | undefined => {
	if (text === undefined || text.trim() === '') return undefined;
	const value = Number(text.trim().replace(',', '.'));
	return Number.isFinite(value) ? value : text;
};

const cents = (text: string | undefined): number | string | undefined =>
	text === undefined || text.trim() === '' ? undefined : (parseCents(text) ?? text);

const given = (fields: Record<string, unknown>): Record<string, unknown> =>
	Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** The form of the return page as input of the act: lines without a price are left out; names equal the paths that a refusal names. */
export function valueMapInput(caseId: string, fields: Readonly<Record<string, string>>): unknown {
	const flows = (path: 'looming' | 'proposed'): unknown[] =>
		Array.from({ length: flowCount }, (_, index) => index).flatMap((index) => {
			const at = (name: string) => fields[`${path}.${index}.${name}`];
			if ((at('price') ?? '') === '') return [];
			return [
				given({
					price: at('price'),
					quantity: number(at('quantity')) ?? 1,
					years: number(at('years')) ?? 1,
					chancePercent: number(at('chancePercent')) ?? 100
				})
			];
		});
	return given({
		caseId,
		potCents: cents(fields['potCents']) ?? 0,
		horizonYears: number(fields['horizonYears']) ?? 1,
		looming: flows('looming'),
		proposed: flows('proposed'),
		hours: number(fields['hours']),
		hourCents: cents(fields['hourCents']),
		deadweightPercent: number(fields['deadweightPercent']),
		attributionPercent: number(fields['attributionPercent']),
		displacementPercent: number(fields['displacementPercent']),
		dropOffPercent: number(fields['dropOffPercent'])
	});
}
