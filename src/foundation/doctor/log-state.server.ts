import type pg from 'pg';

/** Two clocks, and the log. */
export interface Clocks {
	/** Seconds that our clock runs ahead of the database's; below zero when it runs behind. */
	readonly offSeconds: number;
	/** Minutes that the newest line of any log lies in the future: then the clock was put back, and days come twice. */
	readonly logAheadMinutes: number;
}

/** Holds our clock (milliseconds) beside the database's, and beside the newest line of the log. As owner. */
export async function readClocks(owner: pg.ClientBase, clock: () => number): Promise<Clocks> {
	const before = clock();
	const asked = await owner.query<{ ms: string; newest: string | null }>(
		`select (extract(epoch from clock_timestamp()) * 1000)::text as ms,
			(select (extract(epoch from max(l.at)) * 1000)::text from network n cross join lateral (
				select at from log_line where network_id = n.network_id order by line_id desc limit 1) l) as newest`
	);
	const here = (before + clock()) / 2;
	const { ms, newest } = asked.rows[0] ?? { ms: String(here), newest: null };
	return {
		offSeconds: Math.round((here - Number(ms)) / 1000),
		logAheadMinutes: newest === null ? 0 : Math.round((Number(newest) - here) / 60_000)
	};
}

/** The networks with lines that have no seal yet, by the word in their address, and since when. As owner. */
export async function listUnsealed(owner: pg.ClientBase): Promise<readonly { readonly name: string; readonly since: Date }[]> {
	const found = await owner.query<{ name: string; since: string | null }>(
		`select coalesce(d.slug, n.network_id::text) as name, (
				select (extract(epoch from min(l.at)) * 1000)::text from log_line l
				where l.network_id = n.network_id and (l.epoch, l.xid) > (coalesce(s.epoch, 0), coalesce(s.upto_xid, '0'::xid8))
			) as since
		from network n
		left join app.network_directory d on d.network_id = n.network_id
		left join lateral (select epoch, upto_xid from log_seal where network_id = n.network_id order by seal_number desc limit 1) s on true
		order by 1`
	);
	return found.rows.flatMap(({ name, since }) => (since === null ? [] : [{ name, since: new Date(Number(since)) }]));
}
