import { readFile } from 'node:fs/promises';
import type pg from 'pg';
import type { Identity } from '#foundation/identity/identity.server.ts';
import type { World } from '#foundation/installation.ts';
import { organisationSortName, personSortName } from '#foundation/text/name-sort.ts';
import type { NetworkFile } from './schema.ts';

/** The ids a new network got: by code of the organisation, by e-mail address of the person. */
export interface NewNetwork {
	readonly networkId: string;
	readonly organisations: ReadonlyMap<string, string>;
	readonly people: ReadonlyMap<
		string,
		{ readonly personId: string; readonly accountId: string; readonly membershipIds: readonly string[] }
	>;
}

/** The first price list of a network, as rows of the table `price`. */
export interface FirstPrice {
	readonly code: string;
	readonly nameNl: string;
	readonly nameEn: string;
	readonly unit: string;
	readonly amountCents: number;
	readonly lowCents: number | null;
	readonly highCents: number | null;
	readonly year: number | null;
	readonly payer: string;
	readonly contains: readonly string[];
	readonly frees: string | null;
	readonly freesWhyNl: string | null;
	readonly freesWhyEn: string | null;
	readonly freesBy: string | null;
	readonly freesOn: string | null;
	readonly source: string;
	readonly url: string;
}

/** Where the price list stands that every network begins with. */
export const firstPriceListFile = new URL('../../../database/data/unit-costs-nl.csv', import.meta.url);
export const readFirstPriceList = (): Promise<string> => readFile(firstPriceListFile, 'utf8');

/**
 * Sets up a network whole or not at all, as the owner of the database: there is no actor yet who could.
 * Accounts are found or made by e-mail address; a person is linked to theirs by this invitation of the administrator.
 */
export async function setUpNetwork(
	owner: pg.Client,
	identity: Pick<Identity, 'ensureAccount'>,
	world: World,
	file: NetworkFile,
	prices: readonly FirstPrice[]
): Promise<NewNetwork> {
	const now = world.now();
	const networkId = world.id();
	const organisations = new Map(file.organisations.map((organisation) => [organisation.code, world.id()]));
	const people = new Map<string, { personId: string; accountId: string; membershipIds: string[] }>();
	const accounts: string[] = [];
	for (const person of file.people) accounts.push(await identity.ensureAccount({ email: person.email, locale: person.locale }));
	await owner.query('begin');
	try {
		await owner.query('insert into network (network_id, name, pot_name, invented, made_at) values ($1, $2, $3, $4, $5)', [
			networkId,
			file.name,
			file.potName,
			file.invented,
			now
		]);
		await owner.query('insert into app.network_directory (slug, network_id) values ($1, $2)', [file.slug, networkId]);
		for (const organisation of file.organisations)
			await owner.query(
				'insert into organisation (network_id, organisation_id, name, name_sort, kind, joined_at) values ($1, $2, $3, $4, $5, $6)',
				[
					...[
						networkId,
						organisations.get(organisation.code),
						organisation.name,
						organisationSortName(organisation.name),
						organisation.kind,
						now
					]
				]
			);
		for (const [index, person] of file.people.entries()) {
			const personId = world.id();
			const accountId = accounts[index] as string;
			await owner.query(
				'insert into person (network_id, person_id, account_id, display_name, name_sort, made_at) values ($1, $2, $3, $4, $5, $6)',
				[...[networkId, personId, accountId, person.name, personSortName(person.name), now]]
			);
			const membershipIds: string[] = [];
			for (const membership of person.memberships) {
				const membershipId = world.id();
				membershipIds.push(membershipId);
				await owner.query(
					'insert into membership (network_id, membership_id, person_id, organisation_id, function_title, roles, valid_from) values ($1, $2, $3, $4, $5, $6, $7)',
					[networkId, membershipId, personId, organisations.get(membership.organisation), membership.function, membership.roles, now]
				);
			}
			people.set(person.email, { personId, accountId, membershipIds });
		}
		await addPriceList(owner, networkId, world, prices);
		await owner.query('commit');
	} catch (error) {
		await owner.query('rollback');
		throw error;
	}
	return { networkId, organisations, people };
}

/** Adds a version of the price list, as the owner and inside a transaction of theirs. Cases keep the version they used. */
async function addPriceList(owner: pg.Client, networkId: string, world: World, prices: readonly FirstPrice[]): Promise<string> {
	const priceListId = world.id();
	await owner.query('insert into price_list (network_id, price_list_id, name, made_at) values ($1, $2, $3, $4)', [
		...[networkId, priceListId, 'unit-costs-nl', world.now()]
	]);
	for (const price of prices)
		await owner.query(
			`insert into price (network_id, price_list_id, code, name_nl, name_en, unit, amount_cents, low_cents, high_cents, year, payer, contains, frees,
				frees_why_nl, frees_why_en, frees_by, frees_on, source, url)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
			[
				...[networkId, priceListId, price.code, price.nameNl, price.nameEn, price.unit, price.amountCents, price.lowCents, price.highCents],
				...[price.year, price.payer, price.contains, price.frees, price.freesWhyNl, price.freesWhyEn, price.freesBy, price.freesOn],
				...[price.source, price.url]
			]
		);
	return priceListId;
}

/** Gives a network that stands already the price list as the product ships it now, as a new version. Null: there is no such network. */
export async function renewPriceList(
	owner: pg.Client,
	world: World,
	slug: string,
	prices: readonly FirstPrice[]
): Promise<{ networkId: string; priceListId: string } | null> {
	const { rows } = await owner.query<{ network_id: string }>('select network_id from app.network_directory where slug = $1', [slug]);
	const networkId = rows[0]?.network_id;
	if (networkId === undefined) return null;
	await owner.query('begin');
	try {
		const priceListId = await addPriceList(owner, networkId, world, prices);
		await owner.query('commit');
		return { networkId, priceListId };
	} catch (error) {
		await owner.query('rollback');
		throw error;
	}
}
