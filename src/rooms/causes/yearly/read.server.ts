import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Day } from '#foundation/time/days.ts';
import { binds } from '#rooms/people/memberships/rules.ts';
import { foldLookBack, foldYearly } from './rules.ts';
import type { YearlyLookBack, YearlyLookingBack, YearlyStanding, YearlyStep, YearlyWait } from './rules.ts';

export interface YearlyParty {
	readonly organisationId: string;
	readonly name: string;
}

/** An agreement of parties for a year, with all that was said. */
export interface YearlyItem extends YearlyStanding {
	readonly itemId: string;
	readonly year: number;
	readonly causeId: string | null;
	/** The agreement of an earlier year that it goes on from. */
	readonly previousId: string | null;
	readonly title: string;
	/** By which day the parties are asked to answer; null: none was asked. */
	readonly dueOn: Day | null;
	/** Who brought it. */
	readonly personId: string;
	readonly membershipId: string;
	readonly organisationId: string;
	readonly at: Date;
	/** Organisations that take part, by name. */
	readonly parties: readonly YearlyParty[];
	/** Organisations that said no, by name. */
	readonly notTakingPart: readonly YearlyParty[];
	/** In order of time. */
	readonly steps: readonly YearlyStep[];
	/** When the year is over: what the parties say came of it. Null: they were not asked yet. */
	readonly lookBack: YearlyLookingBack | null;
}

/** The yearly agreements of the network, the newest year and item first. */
export async function listYearly(
	tx: Tx,
	networkId: string,
	only: { readonly itemId?: string; readonly causeId?: string; readonly previousId?: string } = {}
): Promise<YearlyItem[]> {
	let query = tx
		.selectFrom('yearlyItem')
		.select(['itemId', 'year', 'causeId', 'previousId', 'title', 'dueOn', 'personId', 'membershipId', 'organisationId', 'at'])
		.where('networkId', '=', networkId)
		.orderBy('year', 'desc')
		.orderBy('at', 'desc')
		.orderBy('itemId', 'desc');
	if (only.itemId !== undefined) query = query.where('itemId', '=', only.itemId);
	if (only.causeId !== undefined) query = query.where('causeId', '=', only.causeId);
	if (only.previousId !== undefined) query = query.where('previousId', '=', only.previousId);
	const items = await query.execute();
	if (items.length === 0) return [];
	const ids = items.map(({ itemId }) => itemId);
	const parties = await tx
		.selectFrom('yearlyParty as p')
		.innerJoin('organisation as o', (join) =>
			join.onRef('o.networkId', '=', 'p.networkId').onRef('o.organisationId', '=', 'p.organisationId')
		)
		.select(['p.itemId', 'p.organisationId', 'o.name'])
		.select(sql<boolean>`coalesce(o.left_at <= (select app.now()), false)`.as('gone'))
		.where('p.networkId', '=', networkId)
		.where('p.itemId', 'in', ids)
		.orderBy('o.nameSort')
		.orderBy('p.organisationId')
		.execute();
	const steps = (await tx
		.selectFrom('yearlyStep')
		.select(['itemId', 'stepId', 'kind', 'how', 'words', 'organisationId', 'membershipId', 'at'])
		.where('networkId', '=', networkId)
		.where('itemId', 'in', ids)
		.orderBy('at')
		.orderBy('stepId')
		.execute()) as (YearlyStep & { readonly itemId: string })[];
	const answers = await tx
		.selectFrom('yearlyAnswer')
		.select(['itemId', 'stepId', 'organisationId'])
		.where('networkId', '=', networkId)
		.where('itemId', 'in', ids)
		.execute();
	const asked = await tx
		.selectFrom('yearlyLookBackAsk')
		.select(['itemId', 'shownFrom'])
		.select(sql<boolean>`shown_from <= (select app.now())`.as('over'))
		.where('networkId', '=', networkId)
		.where('itemId', 'in', ids)
		.execute();
	const backs = asked.length === 0 ? [] : await listLookBacks(tx, networkId, ids);
	return items.map((item) => {
		const of = <T extends { readonly itemId: string }>(rows: readonly T[]): T[] => rows.filter(({ itemId }) => itemId === item.itemId);
		const [named, said] = [of(parties), of(steps)];
		// Nobody waits for a party that left the network: what it said stands, and the others go on.
		const present = named.filter(({ gone }) => !gone).map(({ organisationId }) => organisationId);
		const standing = foldYearly(present, said, of(answers));
		const lookBack = foldLookBack(
			present.filter((party) => !standing.declined.has(party)),
			of(asked)[0] ?? null,
			of(backs)
		);
		const those = (out: boolean): YearlyParty[] =>
			named.flatMap(({ organisationId, name }) => (standing.declined.has(organisationId) === out ? [{ organisationId, name }] : []));
		return { ...item, parties: those(false), notTakingPart: those(true), steps: said, lookBack, ...standing };
	});
}

/** What the page of an agreement shows changes when one of these ids does; null when the actor may not see it. */
export async function listYearlyTopics(tx: Tx, actor: Actor, itemId: string): Promise<readonly string[] | null> {
	const [item] = await listYearly(tx, actor.networkId, { itemId });
	return item ? [itemId] : null;
}

/** What parties said came of it: their own, and everyone's once it is shown. The database leaves out the rest. */
async function listLookBacks(
	tx: Tx,
	networkId: string,
	itemIds: readonly string[]
): Promise<(YearlyLookBack & { readonly itemId: string })[]> {
	return (await tx
		.selectFrom('yearlyLookBack')
		.select(['itemId', 'organisationId', 'how', 'words', 'goesOn', 'membershipId', 'at'])
		.where('networkId', '=', networkId)
		.where('itemId', 'in', itemIds)
		.execute()) as (YearlyLookBack & { readonly itemId: string })[];
}

/** What an agreement waits for from the actor's organisation: an offer, a yes, or what came of it; null: nothing. */
export function waitsForMe(item: YearlyItem, actor: Pick<Actor, 'organisationId' | 'roles'>): YearlyWait | null {
	if (!binds(actor.roles) || !item.parties.some(({ organisationId }) => organisationId === actor.organisationId)) return null;
	if (item.state === 'challenge') return item.offers.has(actor.organisationId) ? null : 'offer';
	if (item.toAccept !== null && !item.acceptedBy.has(actor.organisationId)) return 'accept';
	return item.lookBack && !item.lookBack.shown && !item.lookBack.said.has(actor.organisationId) ? 'look_back' : null;
}

/** The agreements that wait for the actor, who answers for an organisation. */
export async function listMyYearly(tx: Tx, actor: Actor): Promise<{ itemId: string; title: string; waits: YearlyWait }[]> {
	if (!binds(actor.roles)) return [];
	return (await listYearly(tx, actor.networkId)).flatMap((item) => {
		const waits = waitsForMe(item, actor);
		return waits === null ? [] : [{ itemId: item.itemId, title: item.title, waits }];
	});
}

/** Who answers for these organisations, to be told; not the actor. */
export async function listWhoBind(tx: Tx, actor: Actor, now: Date, organisationIds: readonly string[]): Promise<string[]> {
	const rows = await tx
		.selectFrom('membership')
		.select('personId')
		.distinct()
		.where('networkId', '=', actor.networkId)
		.where('personId', '<>', actor.personId)
		.where('organisationId', 'in', organisationIds)
		.where('validFrom', '<=', now)
		.where((e) => e.or([e('validUntil', 'is', null), e('validUntil', '>', now)]))
		.where(sql<boolean>`roles && ${['governor', 'administrator']}::text[]`)
		.orderBy('personId')
		.execute();
	return rows.map(({ personId }) => personId);
}
