import { expect, test } from 'vitest';
import { organisationSortName, personSortName } from './name-sort.ts';

test('prefixes stand last', () => {
	const names: Record<string, string> = {
		'van der Berg': 'berg, van der',
		'Anna van der Berg': 'berg, anna van der',
		'Anna Van den Berg-de Vries': 'berg-de vries, anna van den',
		"Piet in 't Veld": "veld, piet in 't",
		'Piet in ’t Veld': "veld, piet in 't",
		"Jan van 's-Gravesande": "'s-gravesande, jan van",
		'Zoë Wit': 'wit, zoe',
		'Fatima El Amrani': 'amrani, fatima el',
		'Łukasz Żółć': 'zolc, lukasz',
		'Søren  Ærø ': 'aero, soren',
		Sukarno: 'sukarno',
		de: 'de',
		'': '',
		'Ĳsbrand Straße': 'strasse, ijsbrand',
		'محمد علي': 'علي, محمد'
	};
	for (const [name, sorted] of Object.entries(names)) expect(personSortName(name), name).toBe(sorted);
});

test('sorts as a Dutch list does', () => {
	const names = ['Zoë Wit', 'Anna de Boer', 'Bart Aarts', "Cor 't Hart", 'Ömer Çelik'];
	expect(names.toSorted((a, b) => (personSortName(a) < personSortName(b) ? -1 : 1))).toEqual([
		'Bart Aarts',
		'Anna de Boer',
		'Ömer Çelik',
		"Cor 't Hart",
		'Zoë Wit'
	]);
});

test('organisations lose only their article', () => {
	expect(organisationSortName('De Kernen')).toBe('kernen, de');
	expect(organisationSortName('Gemeente Den Bosch')).toBe('gemeente den bosch');
	expect(organisationSortName('Zayaz')).toBe('zayaz');
	expect(organisationSortName('De')).toBe('de');
});
