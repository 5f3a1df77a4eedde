import type { Text } from '#foundation/text/text.ts';
import type { CaseWords } from '../read.server.ts';

/** What the parts of the case page tell with: the words that were written, and what everyone is called. */
export interface Telling {
	/** What was written of something (`part`), as it can be shown; undefined when nothing was. */
	words(aboutId: string, part: string): string | undefined;
	/** "Naam (organisatie)" by membership, also of who has left. */
	nameOf(membershipId: string): string;
	organisationOf(membershipId: string): string;
	/** The membership with which someone sits, or sat, at this table. */
	membershipOf(personId: string): string;
}

export function tellingOf(
	t: Text,
	table: {
		readonly words: CaseWords;
		readonly names: ReadonlyMap<string, { readonly displayName: string; readonly organisationName: string }>;
		readonly facts: { readonly seats: readonly { readonly personId: string; readonly membershipId: string }[] };
	}
): Telling {
	return {
		words(aboutId, part) {
			const found = table.words.get(aboutId)?.get(part);
			return found === undefined ? undefined : (found.text ?? t('words.gone'));
		},
		nameOf(membershipId) {
			const person = table.names.get(membershipId);
			return person ? t('person.of', { name: person.displayName, organisation: person.organisationName }) : t('person.gone');
		},
		organisationOf: (membershipId) => table.names.get(membershipId)?.organisationName ?? '',
		membershipOf: (personId) => table.facts.seats.find((seat) => seat.personId === personId)?.membershipId ?? ''
	};
}
