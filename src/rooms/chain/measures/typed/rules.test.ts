import { expect, test } from 'vitest';
import { readPastedReadings, typedSteps } from './rules.ts';

const kpis = [
	{ kpiId: 'a', title: 'Klanttevredenheid' },
	{ kpiId: 'b', title: 'Kosten; per woning' }
];

test('steps are a line each, and what stands empty is not there', () =>
	expect(typedSteps('7,5; 2027-06-30; 1500\n\n8\r\n9;;4000')).toEqual([
		{ aim: '7,5', dueOn: '2027-06-30', homes: '1500' },
		{ aim: '8' },
		{ aim: '9', homes: '4000' }
	]));

test('readings name their measure in any case, below headings or without', () => {
	const rows = [
		{ row: 2, kpiId: 'a', onDay: '2026-06-30', value: '7,5' },
		{ row: 3, kpiId: 'b', onDay: '2026-06-30', value: '120' }
	];
	const text = 'Meting;Dag;Stand\nklanttevredenheid ;2026-06-30;7,5\n"Kosten; per woning";2026-06-30;120\n;;\n';
	expect(readPastedReadings(text, kpis)).toEqual({ rows, unread: null });
	expect(readPastedReadings('Klanttevredenheid\t2026-06-30\t7,5', kpis).rows).toEqual([{ ...rows[0], row: 1 }]);
});

test('a measure that is not there and a quote astray are told by their row, and nothing is read', () => {
	expect(readPastedReadings('Klanttevredenheid;2026-06-30;7\nTevreden;2026-06-30;7', kpis)).toEqual({
		rows: [],
		unread: { row: 2, why: 'unknown', title: 'Tevreden' }
	});
	expect(readPastedReadings('Tevreden;2026-06-30;7', kpis).unread).toEqual({ row: 1, why: 'unknown', title: 'Tevreden' });
	expect(readPastedReadings('Klanttevredenheid;2026-06-30;7\n"x', kpis).unread).toEqual({ row: 2, why: 'quote' });
});
