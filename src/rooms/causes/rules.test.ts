import fc from 'fast-check';
import { expect, test } from 'vitest';
import { offersNaming } from './rules.ts';
import type { Help } from './rules.ts';

const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 23, hour));
const help = (hour: number, kind: Help['kind'] = 'money'): Help => ({ kind, at: at(hour) });

test('naming the cause is offered after the newest help, and not before there was any', () => {
	expect(offersNaming([], null, null)).toBeNull();
	expect(offersNaming([help(3, 'agreement'), help(5, 'answer'), help(4)], null, null)).toEqual(help(5, 'answer'));
});

test('not once it was named; again when it was not known yet and help came since', () => {
	expect(offersNaming([help(3)], { kind: 'law', at: at(1) }, null)).toBeNull();
	expect(offersNaming([help(3)], { kind: 'none', at: at(1) }, null)).toBeNull();
	expect(offersNaming([help(3)], { kind: 'not_known_yet', at: at(3) }, null)).toBeNull();
	expect(offersNaming([help(3)], { kind: 'not_known_yet', at: at(2) }, null)).toEqual(help(3));
});

test('who left it for now is asked again only when help came after that', () => {
	fc.assert(
		fc.property(fc.array(fc.nat(1000), { minLength: 1 }), fc.nat(1000), (hours, skipped) => {
			const helps = hours.map((hour) => help(hour));
			const asked = offersNaming(helps, null, at(skipped));
			expect(asked !== null).toBe(hours.some((hour) => hour > skipped));
			if (asked) expect(offersNaming(helps, null, asked.at)).toBeNull();
		})
	);
});
