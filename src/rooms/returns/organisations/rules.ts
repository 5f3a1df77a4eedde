import type { Format } from '#foundation/text/format.ts';
import type { MessageKey, Text } from '#foundation/text/text.ts';
import type { OrganisationKind } from '#rooms/network/schema.ts';

/** What one payer puts in, is spared and pays more, by the code that prices use. */
export interface PartyAmounts {
	readonly party: string;
	readonly paidCents: number;
	readonly preventedCents: number;
	readonly extraCents: number;
	readonly gainedCents: number;
	readonly freesCents: number;
}

interface Named {
	readonly organisationId: string;
	readonly name: string;
}

/** Kinds of organisation that a price can point to. */
export type PayingKind = Extract<OrganisationKind, 'housing_association' | 'municipality' | 'care'>;

/** Who a payer is in this network: the one organisation of its kind, several of which nobody can say which, or someone outside it. */
export type PartyWho =
	| { readonly kind: 'organisation'; readonly organisationId: string; readonly name: string }
	| { readonly kind: 'group'; readonly of: PayingKind; readonly organisations: readonly Named[] }
	| { readonly kind: 'payer'; readonly code: string };

export interface OrganisationParty extends Omit<PartyAmounts, 'party'> {
	readonly who: PartyWho;
	/** The codes that are told here: the budgets of one municipality stand together. */
	readonly codes: readonly string[];
}

/** The kind of organisation behind a code of payer; null where it is nobody of a network: the State, an insurer, several together. */
export function kindOfPayer(code: string): PayingKind | null {
	if (code === 'corporatie') return 'housing_association';
	if (code === 'aanbieder') return 'care';
	// What a municipality pays together with an insurer is not split by the source.
	return code === 'gemeente' || (code.startsWith('gemeente-') && !code.includes('-en-')) ? 'municipality' : null;
}

function whoOf(code: string, organisations: readonly (Named & { readonly kind: OrganisationKind })[]): PartyWho {
	const kind = kindOfPayer(code);
	const named = kind === null ? [] : organisations.filter((one) => one.kind === kind);
	const [only, ...others] = named.map(({ organisationId, name }) => ({ organisationId, name }));
	if (kind === null || only === undefined) return { kind: 'payer', code };
	return others.length === 0 ? { kind: 'organisation', ...only } : { kind: 'group', of: kind, organisations: [only, ...others] };
}

/** What tells one party from another. */
export const keyOf = (who: PartyWho): string =>
	who.kind === 'organisation' ? who.organisationId : who.kind === 'group' ? `group/${who.of}` : `payer/${who.code}`;

/**
 * Who paid and who gained, told per organisation of the network (E8). Where it has one of the kind that a price names, it is that one; where it has
 * several, they are told as a group and nobody is guessed. In the order of the parties; nothing is lost or added.
 */
export function byOrganisation(
	parties: readonly PartyAmounts[],
	organisations: readonly (Named & { readonly kind: OrganisationKind })[]
): OrganisationParty[] {
	const told = new Map<string, OrganisationParty>();
	for (const { party, ...amounts } of parties) {
		const who = whoOf(party, organisations);
		const before = told.get(keyOf(who));
		told.set(
			keyOf(who),
			before === undefined
				? { who, codes: [party], ...amounts }
				: {
						who,
						codes: [...before.codes, party],
						paidCents: before.paidCents + amounts.paidCents,
						preventedCents: before.preventedCents + amounts.preventedCents,
						extraCents: before.extraCents + amounts.extraCents,
						gainedCents: before.gainedCents + amounts.gainedCents,
						freesCents: before.freesCents + amounts.freesCents
					}
		);
	}
	return [...told.values()];
}

/**
 * Puts what organisations laid in the pot in the place of what the pot paid: over a whole network the pot is theirs.
 * @param received what each organisation laid in the pot until now
 */
export function withContributions(
	parties: readonly OrganisationParty[],
	received: readonly (Named & { readonly receivedCents: number })[]
): OrganisationParty[] {
	const told = new Map(
		parties.filter(({ who }) => who.kind !== 'payer' || who.code !== 'pot').map((party) => [keyOf(party.who), party] as const)
	);
	for (const { organisationId, name, receivedCents } of received) {
		if (receivedCents <= 0) continue;
		const who: PartyWho = { kind: 'organisation', organisationId, name };
		const before = told.get(keyOf(who));
		told.set(keyOf(who), {
			...(before ?? { who, codes: [], preventedCents: 0, extraCents: 0, gainedCents: 0, freesCents: 0 }),
			paidCents: (before?.paidCents ?? 0) + receivedCents
		});
	}
	return [...told.values()].toSorted((a, b) => b.preventedCents - a.preventedCents || b.paidCents - a.paidCents);
}

/** What a party is called on the page: one organisation by its name, several as a group, someone outside as the payer. */
export function partyName(who: PartyWho, text: Text, format: Pick<Format, 'locale'>): string {
	if (who.kind === 'organisation') return who.name;
	if (who.kind === 'payer') return text(`payer.${who.code}` as MessageKey);
	const names = new Intl.ListFormat(format.locale, { type: 'disjunction' }).format(who.organisations.map(({ name }) => name));
	return text(`parties.group.${who.of}`, { names });
}

/** The rows of a file for a spreadsheet, in whole cents. */
export const partyRows = (parties: readonly OrganisationParty[], nameOf: (who: PartyWho) => string): (string | number)[][] => [
	['party', 'codes', 'paid_cents', 'extra_cents', 'prevented_cents', 'frees_cents', 'net_cents'],
	...parties.map(({ who, codes, paidCents, extraCents, preventedCents, freesCents, gainedCents }) => [
		...[nameOf(who), codes.join(' '), paidCents, extraCents, preventedCents, freesCents, gainedCents - paidCents]
	])
];
