import type { LayoutServerLoad } from './$types.js';

/** The pages of a resident: nothing around them leads to signing in. */
export const load: LayoutServerLoad = () => ({ bare: true });
