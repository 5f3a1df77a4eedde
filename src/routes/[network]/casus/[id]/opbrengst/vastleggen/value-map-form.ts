import { parseCents } from '#foundation/money/cents.ts';
import { readNumber } from '#foundation/text/number.ts';
import type { CaseValueFacts } from '#rooms/returns/rules.ts';

/** How many lines the form has for each path at most. */
export const flowCount = 8;
export const valuePaths = ['looming', 'proposed'] as const;
export type ValuePath = (typeof valuePaths)[number];
const lineFields = ['price', 'quantity', 'years', 'chancePercent', 'payer', 'frees'] as const;
/** Assumptions of which the form asks why. */
export const reasonFields = ['chance', 'deadweight', 'attribution'] as const;

type Fields = Readonly<Record<string, string>>;

/** A number as people write it; what is no number stays text, and the schema says so. */
const number = (text: string | undefined): number | string | undefined => {
	if (text === undefined || text.trim() === '') return undefined;
	return readNumber(text) ?? text;
};

const cents = (text: string | undefined): number | string | undefined =>
	text === undefined || text.trim() === '' ? undefined : (parseCents(text) ?? text);

const given = (fields: Record<string, unknown>): Record<string, unknown> =>
	Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''));

const lineOf = (fields: Fields, path: ValuePath, index: number): Record<string, string> =>
	Object.fromEntries(lineFields.map((name) => [name, fields[`${path}.${index}.${name}`] ?? '']));

/** The lines of a path that hold a price, in order. */
export const linesOf = (fields: Fields, path: ValuePath): Record<string, string>[] =>
	Array.from({ length: flowCount }, (_, index) => lineOf(fields, path, index)).filter((line) => line['price'] !== '');

/** The fields with other lines for a path: as if they had been typed so. */
function withLines(fields: Fields, path: ValuePath, lines: readonly Record<string, string>[]): Record<string, string> {
	const kept = Object.fromEntries(Object.entries(fields).filter(([name]) => !name.startsWith(`${path}.`)));
	lines.forEach((line, index) => {
		for (const name of lineFields) if ((line[name] ?? '') !== '') kept[`${path}.${index}.${name}`] = line[name] ?? '';
	});
	return kept;
}

/** Puts a price in a new line, or takes a line away: `looming:<code>` and `looming:2`. What else was typed stays. */
export function editLines(
	fields: Fields,
	edit: { readonly add?: string | undefined; readonly remove?: string | undefined }
): Record<string, string> {
	const [path, rest] = (edit.add ?? edit.remove ?? '').split(/:(.*)/s);
	const known = valuePaths.find((one) => one === path);
	if (known === undefined || rest === undefined || rest === '') return { ...fields };
	const lines = linesOf(fields, known);
	if (edit.add !== undefined) return lines.length < flowCount ? withLines(fields, known, [...lines, { price: rest }]) : { ...fields };
	return withLines(
		fields,
		known,
		lines.filter((_, index) => index !== Number(rest))
	);
}

/** The form as input of the act: names equal the paths that a refusal names. Lines stand without gaps. */
export function valueMapInput(caseId: string, fields: Fields): unknown {
	const flows = (path: ValuePath): unknown[] =>
		linesOf(fields, path).map((line) =>
			given({
				price: line['price'],
				quantity: number(line['quantity']) ?? 1,
				years: number(line['years']) ?? 1,
				chancePercent: number(line['chancePercent']) ?? 100,
				payer: line['payer'],
				frees: line['frees']
			})
		);
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
		dropOffPercent: number(fields['dropOffPercent']),
		because: given(Object.fromEntries(reasonFields.map((name) => [name, fields[`because.${name}`]?.trim()]))),
		acknowledged: fields['acknowledged'] === 'yes'
	});
}

/** What was recorded before, as it would be typed. */
export function typedOf(facts: CaseValueFacts | null, write: (value: number) => string): Record<string, string> {
	if (facts === null) return {};
	const typed: Record<string, string> = { potCents: write(facts.potCents / 100), horizonYears: String(facts.horizonYears) };
	if (facts.hours > 0) Object.assign(typed, { hours: write(facts.hours), hourCents: write(facts.hourCents / 100) });
	for (const name of ['deadweightPercent', 'attributionPercent', 'displacementPercent', 'dropOffPercent'] as const)
		if (facts[name] !== undefined) typed[name] = String(facts[name]);
	for (const path of valuePaths)
		facts[path].forEach((flow, index) =>
			Object.assign(typed, {
				[`${path}.${index}.price`]: flow.price,
				[`${path}.${index}.quantity`]: write(flow.quantity),
				[`${path}.${index}.years`]: String(flow.years),
				[`${path}.${index}.chancePercent`]: String(flow.chancePercent),
				...(flow.payer === undefined ? {} : { [`${path}.${index}.payer`]: flow.payer }),
				...(flow.frees === undefined ? {} : { [`${path}.${index}.frees`]: flow.frees })
			})
		);
	return typed;
}
