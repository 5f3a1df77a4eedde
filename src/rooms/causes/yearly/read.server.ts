import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Day } from '#foundation/time/days.ts';
import { binds } from '#rooms/people/memberships/rules.ts';
import { foldYearly } from './rules.ts';
import type { YearlyStanding, YearlyStep } from './rules.ts';

export interface YearlyParty {
	readonly organisationId: string;
	readonly name: string;
}

/** An agreement of parties for a year, with all that was said. */
export interface YearlyItem extends YearlyStanding {
	readonly itemId: string;
	readonly year: number;
	readonly causeId: string | null;
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
}

/** The yearly agreements of the network, the newest year and item first. */
export async function listYearly(tx: Tx, networkId: string, only: { readonly itemId?: string } = {}): Promise<YearlyItem[]> {
	let query = tx
		.selectFrom('yearlyItem')
		.select(['itemId', 'year', 'causeId', 'title', 'dueOn', 'personId', 'membershipId', 'organisationId', 'at'])
		.where('networkId', '=', networkId)
		.orderBy('year', 'desc')
		.orderBy('at', 'desc')
		.orderBy('itemId', 'desc');
	if (only.itemId !== undefined) query = query.where('itemId', '=', only.itemId);
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
	return items.map((item) => {
		const of = <T extends { readonly itemId: string }>(rows: readonly T[]): T[] => rows.filter(({ itemId }) => itemId === item.itemId);
		const [named, said] = [of(parties), of(steps)];
		// Nobody waits for a party that left the network: what it said stands, and the others go on.
		const standing = foldYearly(
			named.filter(({ gone }) => !gone).map(({ organisationId }) => organisationId),
			said,
			of(answers)
		);
		const those = (out: boolean): YearlyParty[] =>
			named.flatMap(({ organisationId, name }) => (standing.declined.has(organisationId) === out ? [{ organisationId, name }] : []));
		return { ...item, parties: those(false), notTakingPart: those(true), steps: said, ...standing };
	});
}

/** What an agreement waits for from the actor's organisation: an offer, or a yes; null: nothing. */
export function waitsForMe(item: YearlyItem, actor: Pick<Actor, 'organisationId' | 'roles'>): 'offer' | 'accept' | null {
	if (!binds(actor.roles) || !item.parties.some(({ organisationId }) => organisationId === actor.organisationId)) return null;
	if (item.state === 'challenge') return item.offers.has(actor.organisationId) ? null : 'offer';
	return item.toAccept !== null && !item.acceptedBy.has(actor.organisationId) ? 'accept' : null;
}

/** The agreements that wait for the actor, who answers for an organisation. */
export async function listMyYearly(tx: Tx, actor: Actor): Promise<{ itemId: string; title: string; waits: 'offer' | 'accept' }[]> {
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
