import { amount, by, newest, rowsOf, text } from './exported-facts.ts';
import type { Facts, Row } from './exported-facts.ts';

/** What each payer was spared and pays more, over the newest estimate or finding of each case; payers in fewer than three cases are told together. */
export function countParties(
	facts: Facts,
	kind: 'estimate' | 'realised'
): Record<string, { readonly prevented: number; readonly extra: number }> {
	const counted = new Set(
		[
			...by(
				rowsOf(facts, 'counted_return').filter((row) => text(row, 'kind') === kind),
				'case_id'
			).values()
		].map((rows) => text(newest(rows, 'counted_id'), 'counted_id'))
	);
	// The budgets of a municipality are one payer.
	const bodyOf = (party: string): string => (/^gemeente-(?!.*-en-)/.test(party) ? 'gemeente' : party);
	const parties = by(
		rowsOf(facts, 'counted_party')
			.filter((row) => counted.has(text(row, 'counted_id')))
			.map((row): Row => ({ ...row, party: bodyOf(text(row, 'party')) })),
		'party'
	);
	const casesIn = (rows: readonly Row[]): number => new Set(rows.map((row) => text(row, 'case_id'))).size;
	const always = ['pot', 'deelnemers', 'elders'];
	const bySize = [...parties]
		.filter(([party]) => !always.includes(party))
		.toSorted(([a, x], [b, y]) => casesIn(x) - casesIn(y) || (a < b ? -1 : 1));
	let together = bySize.filter(([, rows]) => casesIn(rows) < 3).length;
	const casesOf = (until: number): number =>
		new Set(bySize.slice(0, until).flatMap(([, rows]) => rows.map((row) => text(row, 'case_id')))).size;
	while (together > 0 && together < bySize.length && casesOf(together) < 3) together += 1;
	const hidden = bySize.slice(0, together);
	const told = new Map([...parties].filter(([party]) => !hidden.some(([name]) => name === party)));
	if (hidden.length > 0)
		told.set(
			'anderen',
			hidden.flatMap(([, rows]) => rows)
		);
	const sum = (rows: readonly Row[], column: string): number => rows.reduce((total, row) => total + amount(row, column), 0);
	return Object.fromEntries(
		[...told]
			.filter(([, rows]) => casesIn(rows) >= 3)
			.map(([party, rows]) => [party, { prevented: sum(rows, 'prevented_cents'), extra: sum(rows, 'extra_cents') }])
	);
}
