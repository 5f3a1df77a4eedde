import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { queryWords } from '#foundation/search/search-words.ts';
import { isEmptyProfile, yearBefore } from './rules.ts';
import type { Language } from './rules.ts';

export interface Profile {
	readonly personId: string;
	readonly topics: string;
	readonly schemes: string;
	readonly livedExperience: string;
	readonly languages: readonly Language[];
	readonly area: string;
	readonly available: boolean;
	readonly willing: boolean;
	readonly updatedAt: Date;
}

/** What someone of the network wrote of themselves, or null when they wrote nothing yet. */
export const findProfile = async (tx: Tx, actor: Actor, personId: string): Promise<Profile | null> =>
	((await tx
		.selectFrom('profile')
		.select(['personId', 'topics', 'schemes', 'livedExperience', 'languages', 'area', 'available', 'willing', 'updatedAt'])
		.where('networkId', '=', actor.networkId)
		.where('personId', '=', personId)
		.executeTakeFirst()) as Profile | undefined) ?? null;

/** When the actor last looked at their own profile, if that is a year ago and there is anything in it; else null. */
export async function findOldProfile(tx: Tx, actor: Actor, now: Date): Promise<Date | null> {
	const profile = await findProfile(tx, actor, actor.personId);
	return profile && profile.willing && !isEmptyProfile(profile) && profile.updatedAt < yearBefore(now) ? profile.updatedAt : null;
}

/** Someone of the network in the list of who is who. */
export interface WhoIsWho {
	readonly personId: string;
	readonly displayName: string;
	readonly nameSort: string;
	readonly works: readonly { readonly organisationName: string; readonly functionTitle: string }[];
	readonly topics: string;
	readonly available: boolean | null;
}

/**
 * Who works in the network now, by name; with a query, who has every word of it in their name, organisation, function or profile.
 * @param after the sort name and id of the last one seen
 */
export async function listPeopleOfNetwork(
	tx: Tx,
	actor: Actor,
	now: Date,
	wish: { readonly query?: string; readonly after?: { readonly nameSort: string; readonly personId: string }; readonly limit: number }
): Promise<WhoIsWho[]> {
	const words = queryWords(wish.query ?? '');
	const after = wish.after ?? { nameSort: '', personId: '00000000-0000-0000-0000-000000000000' };
	const found = await sql<{
		person_id: string;
		display_name: string;
		name_sort: string;
		works: WhoIsWho['works'];
		topics: string | null;
		available: boolean | null;
	}>`
		select p.person_id, p.display_name, p.name_sort, w.works, f.topics, f.available
		from person p
		cross join lateral (
			select json_agg(json_build_object('organisationName', o.name, 'functionTitle', m.function_title) order by o.name_sort, m.membership_id) as works,
				string_agg(o.name_sort || ' ' || lower(m.function_title), ' ') as folded
			from membership m
			join organisation o on o.network_id = m.network_id and o.organisation_id = m.organisation_id
			where m.network_id = p.network_id and m.person_id = p.person_id and m.valid_from <= ${now} and (m.valid_until is null or m.valid_until > ${now})
				and (o.left_at is null or o.left_at > ${now})
		) w
		left join profile f on f.network_id = p.network_id and f.person_id = p.person_id
		where p.network_id = ${actor.networkId} and w.works is not null
			and (p.name_sort, p.person_id) > (${after.nameSort} collate "C", ${after.personId}::uuid)
			and not exists (
				select from unnest(${words}::text[]) a(word)
				where not (position(a.word in p.name_sort) > 0 or position(a.word in w.folded) > 0
					or coalesce(f.terms @@ to_tsquery('dutch', '''' || a.word || ''':*'), false)
					or coalesce(word_similarity(a.word, f.folded) >= 0.6, false))
			)
		order by p.name_sort, p.person_id
		limit ${wish.limit}`.execute(tx.withoutPlugins());
	return found.rows.map((row) => ({
		...{ personId: row.person_id, displayName: row.display_name, nameSort: row.name_sort, works: row.works },
		...{ topics: row.topics ?? '', available: row.available }
	}));
}

/** Where someone stands in the list by name, to go on from there; null when the network has nobody of that id. */
export const findPlaceInList = async (tx: Tx, actor: Actor, personId: string): Promise<{ nameSort: string; personId: string } | null> =>
	(await tx
		.selectFrom('person')
		.select(['nameSort', 'personId'])
		.where('networkId', '=', actor.networkId)
		.where('personId', '=', personId)
		.executeTakeFirst()) ?? null;

/** Someone who works in the network now, with where; else null. */
export async function findPersonOfNetwork(
	tx: Tx,
	actor: Actor,
	now: Date,
	personId: string
): Promise<Pick<WhoIsWho, 'personId' | 'displayName' | 'works'> | null> {
	const works = await tx
		.selectFrom('membership as m')
		.innerJoin('person as p', (join) => join.onRef('p.networkId', '=', 'm.networkId').onRef('p.personId', '=', 'm.personId'))
		.innerJoin('organisation as o', (join) =>
			join.onRef('o.networkId', '=', 'm.networkId').onRef('o.organisationId', '=', 'm.organisationId')
		)
		.select(['p.displayName', 'o.name as organisationName', 'm.functionTitle'])
		.where('m.networkId', '=', actor.networkId)
		.where('m.personId', '=', personId)
		.where('m.validFrom', '<=', now)
		.where((e) => e.or([e('m.validUntil', 'is', null), e('m.validUntil', '>', now)]))
		.where((e) => e.or([e('o.leftAt', 'is', null), e('o.leftAt', '>', now)]))
		.orderBy('o.nameSort')
		.orderBy('m.membershipId')
		.execute();
	const first = works[0];
	if (!first) return null;
	return { personId, displayName: first.displayName, works: works.map(({ displayName: _, ...work }) => work) };
}
