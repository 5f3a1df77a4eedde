import { figuresFile } from '../figures-file.server.ts';
import type { RequestHandler } from './$types.js';

/** Who pays and who gains, in cents. */
export const GET: RequestHandler = (event) =>
	figuresFile(event, event.params.id, 'partijen.csv', (figures) => [
		['party', 'paid_cents', 'extra_cents', 'prevented_cents', 'net_cents'],
		...figures.parties.map(({ party, paidCents, extraCents, preventedCents, gainedCents }) => [
			...[party, paidCents, extraCents, preventedCents, gainedCents - paidCents]
		])
	]);
