import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listVera } from '../../vera/read.server.ts';
import { finishedOf, orderStatusList, phaseOf, readPastedOrders } from './rules.ts';

const codes = listVera(orderStatusList, '2026-11-25');

test('each status of VERA says whether the work is done; what is none says nothing', () => {
	expect(codes.length).toBeGreaterThan(10);
	expect(codes.filter(({ code }) => phaseOf(code) === null)).toEqual([]);
	expect(codes.filter(({ code }) => phaseOf(code) === 'finished').map(({ name }) => name)).toEqual([
		'Afgehandeld',
		'Financieel afwikkelen',
		'Order in steekproef',
		'Technisch gereed'
	]);
	expect(['XXX', 'constructor', ''].map(phaseOf)).toEqual([null, null, null]);
});

test('statuses are read by code or name, with a number or a row an order, below headings or without', () => {
	const pasted = 'Status;Aantal\r\nTEC;12\r\ntechnisch gereed;3\r\nSTE\r\n"Geannuleerd";1.000\r\n;\r\n';
	expect(readPastedOrders(pasted, codes)).toEqual({
		statuses: [
			{ status: 'TEC', orders: 15 },
			{ status: 'STE', orders: 1 },
			{ status: 'GEA', orders: 1000 }
		],
		unread: []
	});
	expect(readPastedOrders('inb\t4', codes).statuses).toEqual([{ status: 'INB', orders: 4 }]);
});

test('every row that cannot be read is told by its number and what stands there, and then none counts', () => {
	expect(readPastedOrders('TEC;12\nKLAAR;3\nSTE;1,250\nAFG;0\nAFG;-2', codes)).toEqual({
		statuses: [],
		unread: [
			{ row: 2, why: 'unknown', said: 'KLAAR' },
			{ row: 3, why: 'count', said: '1,250' },
			{ row: 4, why: 'count', said: '0' },
			{ row: 5, why: 'count', said: '-2' }
		]
	});
	// One row alone is no heading.
	expect(readPastedOrders('KLAAR', codes).unread).toEqual([{ row: 1, why: 'unknown', said: 'KLAAR' }]);
	expect(readPastedOrders('TEC;"1', codes).unread).toMatchObject([{ row: 1, why: 'quote' }]);
});

test('however the rows stand, what is done is counted once, and what is open or cancelled is not', () => {
	const row = fc.tuple(fc.constantFrom(...codes), fc.integer({ min: 1, max: 5000 }), fc.boolean());
	fc.assert(
		fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (rows) => {
			const text = rows.map(([{ code, name }, orders, byName]) => `${byName ? name : code};${orders}`).join('\n');
			const { statuses, unread } = readPastedOrders(text, codes);
			expect(unread).toEqual([]);
			expect(new Set(statuses.map(({ status }) => status)).size).toBe(statuses.length);
			const done = rows.filter(([{ code }]) => ['TEC', 'STE', 'FIN', 'AFG'].includes(code)).reduce((sum, [, orders]) => sum + orders, 0);
			expect(finishedOf(statuses)).toBe(done);
		})
	);
});
