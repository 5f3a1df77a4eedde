import { visit } from './visited.server.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = (event) => visit(event);
