import type { IdentityParts } from './parts.server.ts';

/** How often one person may act, or search and list, within a minute. Far above what hands do; below what a program does that runs away. */
export const usualPace = { act: 120, search: 300 } as const;
export type PaceKind = keyof typeof usualPace;
export type Pace = Readonly<Record<PaceKind, number>>;

/** Counts what people do in the database, so that every process counts together; outside any transaction, for a refusal counts too. */
export const openPace = ({ pool, pace = usualPace }: IdentityParts) => ({
	/** Counts one; false when it is one too many for this minute of the server's clock. */
	async keepsPace(personId: string, kind: PaceKind): Promise<boolean> {
		if (!Number.isFinite(pace[kind])) return true;
		const { rows } = await pool.query<{ times: number }>(
			`insert into identity.pace as p (person_id, kind, minute, times) values ($1, $2, date_trunc('minute', clock_timestamp()), 1)
			on conflict (person_id, kind) do update set times = case when p.minute = excluded.minute then p.times + 1 else 1 end, minute = excluded.minute
			returning times`,
			[personId, kind]
		);
		return (rows[0]?.times ?? 0) <= pace[kind];
	}
});
