import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';

/** What a network counted itself in a year before it worked here. Amounts in cents; null: not given. */
export interface EarlierYear {
	readonly recordId: string;
	readonly year: number;
	readonly cases: number | null;
	readonly grantedCents: number | null;
	readonly paidBackCents: number | null;
	readonly source: string;
	readonly personId: string;
	readonly at: Date;
	/** How often the year was recorded; the earlier ones are kept. */
	readonly versions: number;
}

/** The earlier years, the newest year first, each as it was recorded last. */
export async function listEarlierYears(tx: Tx, actor: Actor): Promise<readonly EarlierYear[]> {
	const rows = await tx
		.selectFrom('earlierYear')
		.select(['recordId', 'year', 'cases', 'grantedCents', 'paidBackCents', 'source', 'personId', 'at'])
		.where('networkId', '=', actor.networkId)
		.orderBy('at')
		.orderBy('recordId')
		.execute();
	const newest = new Map<number, EarlierYear>();
	for (const row of rows) newest.set(row.year, { ...row, versions: (newest.get(row.year)?.versions ?? 0) + 1 });
	return [...newest.values()].toSorted((a, b) => b.year - a.year);
}
