import { pathsWithInputs } from '#rooms/returns/figures/rules.ts';
import { figuresFile } from '../figures-file.server.ts';
import type { RequestHandler } from './$types.js';

/** The two paths per year, in cents, what is put in counted in the first year of the proposed one. */
export const GET: RequestHandler = (event) =>
	figuresFile(event, event.params.id, 'jaren.csv', (figures) => {
		const { looming, proposed } = pathsWithInputs(figures);
		return [['year', 'looming_cents', 'proposed_cents'], ...proposed.map((cents, year) => [year + 1, looming[year] ?? 0, cents])];
	});
