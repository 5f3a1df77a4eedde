import { expect, test } from 'vitest';
import { valueMapInput } from './value-map-form.ts';

test('numbers are read as they are typed here; what only a machine writes stays as it was typed, for the act to refuse', () => {
	const flow = { 'looming.0.price': 'x', 'looming.0.quantity': '1.250' };
	expect(valueMapInput('c', { ...flow, hours: '7,5' })).toMatchObject({ looming: [{ quantity: 1250 }], hours: 7.5 });
	for (const typed of ['0x10', '1e3', '1,250.00', '1.25.00']) expect(valueMapInput('c', { hours: typed })).toMatchObject({ hours: typed });
});
