import { expect, test } from 'vitest';
import { euros } from './euros.ts';

test('cents are euros with a point, to the cent, at any size', () => {
	expect([0, 1, -1, 99, 100, -12_345, 9_007_199_254_740_991].map(euros)).toEqual([
		...['0.00', '0.01', '-0.01', '0.99', '1.00', '-123.45', '90071992547409.91']
	]);
});
