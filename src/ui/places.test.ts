import { expect, test } from 'vitest';
import { isOwnPath } from './places.ts';

test.each(['/', '/havenstad/casus/0199?x=1', '/a#b'])('%s is on this site', (path) => {
	expect(isOwnPath(path)).toBe(true);
});

test.each(['', 'https://elders.example', '//elders.example', '/\\elders.example', '/a\nb', 'javascript:alert(1)', '\\/elders.example'])(
	'%j is not an address to go back to',
	(path) => {
		expect(isOwnPath(path)).toBe(false);
	}
);
