import { createFormat } from '#foundation/text/format.ts';
import { textFor } from '#foundation/text/say.server.ts';
import { byOrganisation, partyName, partyRows } from '#rooms/returns/organisations/rules.ts';
import { figuresFile } from '../figures-file.server.ts';
import type { RequestHandler } from './$types.js';

/** Who pays and who gains, per organisation, in cents. */
export const GET: RequestHandler = (event) => {
	const { locale } = event.locals;
	return figuresFile(event, event.params.id, 'partijen.csv', (figures, organisations) =>
		partyRows(byOrganisation(figures.parties, organisations), (who) => partyName(who, textFor(locale), createFormat(locale)))
	);
};
