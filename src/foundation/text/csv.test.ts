import { expect, test } from 'vitest';
import { toCsv } from './csv.ts';

test('a cell is quoted where needed, and is never a formula', () =>
	expect(toCsv([['a', 'b,c', 'zeg "ja"', '-12.50', '=1+1', '@x', 'regel\nregel', '']])).toBe(
		'\uFEFFa,"b,c","zeg ""ja""",-12.50,\'=1+1,\'@x,"regel\nregel",\r\n'
	));
