import { describe, expect, test } from 'vitest';
import { textFor } from '#foundation/text/say.server.ts';
import nl from '#messages/nl.json' with { type: 'json' };
import { accountKinds } from '../ledger/rules.ts';
import { bookRows, yearRows } from './rules.ts';

const journal = (kind: string, at = '2026-12-31T23:30:00Z') => ({
	...{ journalId: 'j1', kind, at: new Date(at), reverses: null, reversed: false },
	lines: [
		{ kind: 'gifts', teamName: null, organisationName: 'De Kade', amountCents: 1234 },
		{ kind: 'cash', teamName: 'Team Noord', organisationName: null, amountCents: -1234 }
	] as const
});

describe('the book as a file', () => {
	test('is Dutch for who reads Dutch, with the codes behind it, on the day it was in the network’s zone', () =>
		expect(bookRows(textFor('nl'), [journal('payment_card')])).toEqual([
			[
				...['Datum', 'Soort', 'Rekening', 'Team', 'Organisatie', 'Bedrag in euro (boven nul is debet)', 'Boeking', 'Draait terug'],
				...['Moment (UTC)', 'Code van de soort', 'Code van de rekening']
			],
			['2027-01-01', 'betaald met de pas', 'hulp', '', 'De Kade', '12.34', 'j1', '', '2026-12-31T23:30:00.000Z', 'payment_card', 'gifts'],
			[
				...['2027-01-01', 'betaald met de pas', 'geld', 'Team Noord', '', '-12.34', 'j1', ''],
				...['2026-12-31T23:30:00.000Z', 'payment_card', 'cash']
			]
		]));

	test('is English for who reads English, with the same codes', () => {
		const [head, first] = bookRows(textFor('en'), [journal('payment_card')]);
		expect(head?.slice(0, 3)).toEqual(['Day', 'Kind', 'Account']);
		expect(first?.slice(1, 3)).toEqual(['paid by card', 'help']);
		expect(first?.slice(-2)).toEqual(['payment_card', 'gifts']);
	});

	test('begins with what was booked first, and says every kind of journal', () => {
		const kinds = Object.keys(nl).flatMap((key) => (key.startsWith('journal.') ? [key.slice('journal.'.length)] : []));
		expect(kinds.length).toBeGreaterThan(10);
		const rows = bookRows(
			textFor('nl'),
			kinds.map((kind) => journal(kind))
		).slice(1);
		expect(rows.filter((_, index) => index % 2 === 0).map((row) => row.at(-2))).toEqual(kinds.toReversed());
		for (const row of rows) expect(row[1]).not.toBe(row.at(-2));
	});
});

describe('a year as a file', () => {
	const lines = accountKinds.map((account) => ({
		account,
		team: null,
		organisation: null,
		openingCents: 100,
		debitCents: 50,
		creditCents: 20
	}));

	test('says each account, and that it is open', () => {
		const rows = yearRows(textFor('nl'), { year: 2026, closedAt: null }, lines);
		expect(rows[0]?.slice(0, 3)).toEqual(['Jaar', 'Gesloten op', 'Rekening']);
		expect(rows[1]).toEqual(['2026', 'nog open', 'geld', '', '', '1.00', '0.50', '0.20', '1.30', '', 'cash']);
		expect(rows.slice(1).map((row) => row.at(-1))).toEqual([...accountKinds]);
	});

	test('or on which day it was closed', () =>
		expect(yearRows(textFor('en'), { year: 2026, closedAt: new Date('2027-01-31T23:30:00Z') }, lines)[1]?.slice(0, 3)).toEqual([
			...['2026', '2027-02-01', 'money']
		]));
});
