import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { spanOf } from '../agenda/rules.ts';
import { icsOf } from './rules.ts';
import type { CalendarEvent } from './rules.ts';

const event: CalendarEvent = {
	...{
		uid: 'm1@loopplank',
		sequence: 0,
		title: 'Visieteam',
		place: 'Havenzaal',
		cancelled: false,
		url: 'https://haven.example/overleg/m1'
	},
	...{ changedAt: new Date('2026-11-25T10:00:00Z'), startsAt: new Date('2026-12-01T08:30:00Z'), endsAt: new Date('2026-12-01T10:00:00Z') }
};

/** Reads a calendar back as RFC 5545 says: lines put together, then names and values, the said characters meant. */
function readBack(file: string): Map<string, string>[] {
	const events: Map<string, string>[] = [];
	for (const line of file.replaceAll('\r\n ', '').split('\r\n')) {
		const [name = '', value = ''] = [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)];
		if (line === 'BEGIN:VEVENT') events.push(new Map());
		else
			events.at(-1)?.set(
				name,
				value.replace(/\\([\\;,nN])/g, (_, one: string) => (one.toLowerCase() === 'n' ? '\n' : one))
			);
	}
	return events;
}

describe('a calendar file', () => {
	test('has lines of at most 75 octets that end as the format asks, and cuts no character in two', () =>
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (title) => {
				const file = icsOf([{ ...event, title }]);
				expect(file.endsWith('END:VCALENDAR\r\n')).toBe(true);
				for (const line of file.split('\r\n')) {
					expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
					expect(line).not.toMatch(/[\n\r\uFFFD]/);
				}
			})
		));

	test('gives back what stands in it', () =>
		fc.assert(
			fc.property(fc.array(fc.constantFrom('a', 'é', '🌊', ',', ';', '\\', '\n', ' ', 'END:VEVENT', ':')), (parts) => {
				const title = parts.join('');
				expect(readBack(icsOf([{ ...event, title }]))[0]?.get('SUMMARY')).toBe(title);
			})
		));

	test('says times in UTC: over the change of the clock and the end of the year they stay right', () => {
		const of = (day: string, from: number, until: number): string[] => {
			const span = spanOf(day, from, until);
			if (typeof span === 'string') throw new Error(span);
			const [read] = readBack(icsOf([{ ...event, ...span }]));
			return [read?.get('DTSTART') ?? '', read?.get('DTEND') ?? ''];
		};
		expect(of('2027-03-28', 60, 240)).toEqual(['20270328T000000Z', '20270328T020000Z']);
		expect(of('2027-10-31', 60, 240)).toEqual(['20271030T230000Z', '20271031T030000Z']);
		expect(of('2026-12-31', 1380, 60)).toEqual(['20261231T220000Z', '20270101T000000Z']);
	});

	test('is the same meeting when it is moved or cancelled, with a higher number', () => {
		const [first, moved] = readBack(icsOf([event, { ...event, sequence: 2, cancelled: true }]));
		expect(first?.get('UID')).toBe(moved?.get('UID'));
		expect([first?.get('SEQUENCE'), moved?.get('SEQUENCE')]).toEqual(['0', '2']);
		expect([first?.get('STATUS'), moved?.get('STATUS')]).toEqual(['CONFIRMED', 'CANCELLED']);
	});

	test('without meetings is still a calendar', () => {
		expect(readBack(icsOf([]))).toEqual([]);
	});
});
