import type { LayoutServerLoad } from './$types.js';
import { addressesOf } from './visited.server.ts';

/** The pages for everyone: nothing around them looks at who reads, and nothing there leads to signing in. */
export const load: LayoutServerLoad = (event) => {
	const { base, other } = addressesOf(event);
	return { visiting: { name: 'Loopplank', home: base, other } };
};
