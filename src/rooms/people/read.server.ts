import { sql } from 'kysely';
import type { Actor, Role } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';

/** A colleague as everyone in the network may know them. */
export interface Colleague {
	readonly personId: string;
	readonly membershipId: string;
	readonly displayName: string;
	readonly functionTitle: string;
	readonly organisationId: string;
	readonly organisationName: string;
	readonly roles: readonly string[];
}

const colleagues = (tx: Tx, actor: Actor, now: Date) =>
	tx
		.selectFrom('membership as m')
		.innerJoin('person as p', (join) => join.onRef('p.networkId', '=', 'm.networkId').onRef('p.personId', '=', 'm.personId'))
		.innerJoin('organisation as o', (join) =>
			join.onRef('o.networkId', '=', 'm.networkId').onRef('o.organisationId', '=', 'm.organisationId')
		)
		.select([
			'm.personId',
			'm.membershipId',
			'p.displayName',
			'm.functionTitle',
			'm.organisationId',
			'o.name as organisationName',
			'm.roles'
		])
		.where('m.networkId', '=', actor.networkId)
		.where('m.validFrom', '<=', now)
		.where((e) => e.or([e('m.validUntil', 'is', null), e('m.validUntil', '>', now)]))
		.where((e) => e.or([e('o.leftAt', 'is', null), e('o.leftAt', '>', now)]));

/** Everyone who works in the network now, by organisation and name; oneself left out. */
export const listColleagues = (tx: Tx, actor: Actor, now: Date): Promise<Colleague[]> =>
	colleagues(tx, actor, now)
		.where('m.personId', '<>', actor.personId)
		.orderBy('o.nameSort')
		.orderBy('p.nameSort')
		.orderBy('m.membershipId')
		.execute();

/** Colleagues who facilitate the network. */
export const listFacilitators = (tx: Tx, actor: Actor, now: Date): Promise<Colleague[]> =>
	colleagues(tx, actor, now)
		.where('m.personId', '<>', actor.personId)
		.where(sql<boolean>`'facilitator' = any(m.roles)`)
		.orderBy('p.nameSort')
		.orderBy('m.membershipId')
		.execute();

/** One colleague by membership, or null when that membership is not valid now. */
export const findColleague = async (tx: Tx, actor: Actor, now: Date, membershipId: string): Promise<Colleague | null> =>
	(await colleagues(tx, actor, now).where('m.membershipId', '=', membershipId).executeTakeFirst()) ?? null;

/** Names of people and their organisations by membership, also of those who left: for what they did before. */
export async function listNames(
	tx: Tx,
	actor: Actor,
	membershipIds: readonly string[]
): Promise<Map<string, { displayName: string; organisationName: string; functionTitle: string }>> {
	if (membershipIds.length === 0) return new Map();
	const rows = await tx
		.selectFrom('membership as m')
		.innerJoin('person as p', (join) => join.onRef('p.networkId', '=', 'm.networkId').onRef('p.personId', '=', 'm.personId'))
		.innerJoin('organisation as o', (join) =>
			join.onRef('o.networkId', '=', 'm.networkId').onRef('o.organisationId', '=', 'm.organisationId')
		)
		.select(['m.membershipId', 'p.displayName', 'o.name as organisationName', 'm.functionTitle'])
		.where('m.networkId', '=', actor.networkId)
		.where('m.membershipId', 'in', [...new Set(membershipIds)])
		.execute();
	return new Map(rows.map(({ membershipId, ...row }) => [membershipId, row]));
}

/** Names of persons with where they work now (or worked last), by person. */
export async function listPeople(
	tx: Tx,
	actor: Actor,
	personIds: readonly string[]
): Promise<Map<string, { displayName: string; organisationName: string }>> {
	if (personIds.length === 0) return new Map();
	const rows = await tx
		.selectFrom('person as p')
		.innerJoin('membership as m', (join) => join.onRef('m.networkId', '=', 'p.networkId').onRef('m.personId', '=', 'p.personId'))
		.innerJoin('organisation as o', (join) =>
			join.onRef('o.networkId', '=', 'm.networkId').onRef('o.organisationId', '=', 'm.organisationId')
		)
		.distinctOn('p.personId')
		.select(['p.personId', 'p.displayName', 'o.name as organisationName'])
		.where('p.networkId', '=', actor.networkId)
		.where('p.personId', 'in', [...new Set(personIds)])
		.orderBy('p.personId')
		.orderBy('m.validFrom', 'desc')
		.execute();
	return new Map(rows.map(({ personId, ...row }) => [personId, row]));
}

/** Who works or worked for the actor's own organisation: with what they may do, from when, until when. */
export interface OfOrganisation {
	readonly personId: string;
	readonly membershipId: string;
	readonly displayName: string;
	readonly functionTitle: string;
	readonly roles: readonly Role[];
	readonly validFrom: Date;
	readonly validUntil: Date | null;
}

/** The people of the actor's own organisation who work there now, by name. */
export const listOfOrganisation = async (tx: Tx, actor: Actor, now: Date): Promise<OfOrganisation[]> =>
	(await tx
		.selectFrom('membership as m')
		.innerJoin('person as p', (join) => join.onRef('p.networkId', '=', 'm.networkId').onRef('p.personId', '=', 'm.personId'))
		.select(['m.personId', 'm.membershipId', 'p.displayName', 'm.functionTitle', 'm.roles', 'm.validFrom', 'm.validUntil'])
		.where('m.networkId', '=', actor.networkId)
		.where('m.organisationId', '=', actor.organisationId)
		.where('m.validFrom', '<=', now)
		.where((e) => e.or([e('m.validUntil', 'is', null), e('m.validUntil', '>', now)]))
		.orderBy('p.nameSort')
		.orderBy('m.membershipId')
		.execute()) as OfOrganisation[];
