import type { Pool, QueryResult } from 'pg';
import { inIndexOrder } from '../log/index-order.ts';

/** What there is to do in one network. */
export interface NetworkPulse {
	readonly networkId: string;
	/** Something stands in its outbox. */
	readonly outbox: boolean;
	/** Lines of its log stand after the last seal. */
	readonly unsealed: boolean;
	/** Its search index is empty since a crash or a restore, or was never filled. */
	readonly searchEmpty: boolean;
}

export interface Pulse {
	readonly networks: readonly NetworkPulse[];
	/** Something stands in the outbox of sign-in. */
	readonly identityOutbox: boolean;
	/** The networks there are now, for the next pulse. */
	readonly networkIds: readonly string[];
}

/** How many statements stand before the first question. */
const beforeDirectory = 1 + inIndexOrder.split(';').length;

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** For one network, in its own context. Each question ends at the first row of an index. */
const networkQuestion = (networkId: string): string => {
	if (!uuidPattern.test(networkId)) throw new Error('A network id must be a lower-case UUID.');
	const id = `'${networkId}'::uuid`;
	// As a query of its own it is known before the log is read; else row-level security would try every line before it looks where it stands.
	const lastSeal = (column: string, none: string): string =>
		`(select coalesce((select s.${column} from log_seal s where s.network_id = ${id} order by s.seal_number desc limit 1), ${none}))`;
	return `set local app.network_id = '${networkId}';
select ${id} as network_id,
	exists (select from outbox o where o.network_id = ${id}) as outbox,
	(select l.line_id from log_line l where l.network_id = ${id}
		and (l.epoch, l.xid) > (${lastSeal('epoch', '0')}, ${lastSeal('upto_xid', "'0'::xid8")})
		order by l.epoch, l.xid, l.line_id limit 1) is not null as unsealed,
	not exists (select from search_filling f where f.network_id = ${id} and f.filled_at is not null) as search_empty`;
};

/**
 * Asks, in one message for all networks, whether there is anything to do. Every question stays in one network, and acts need not notify
 * anyone: that halves what the database can write.
 */
export async function takePulse(pool: Pool, networkIds: readonly string[]): Promise<Pulse> {
	const message = [
		`begin read only; ${inIndexOrder}`,
		'select network_id from app.network_directory',
		'select exists (select from identity.outbox) as outbox',
		...networkIds.map(networkQuestion),
		'commit'
	].join(';\n');
	// Several statements in one message give several results, which the type of `query` does not know.
	const results = (await pool.query(message)) as unknown as readonly QueryResult<Record<string, unknown>>[];
	const rows = results.map((result) => result.rows);
	// `begin` and the settings answer nothing.
	const [directory = [], identity = [], ...answers] = rows.filter((_, place) => place >= beforeDirectory);
	return {
		networkIds: directory.map((row) => String(row['network_id'])),
		identityOutbox: identity[0]?.['outbox'] === true,
		networks: answers.flat().map((row) => ({
			networkId: String(row['network_id']),
			outbox: row['outbox'] === true,
			unsealed: row['unsealed'] === true,
			searchEmpty: row['search_empty'] === true
		}))
	};
}
