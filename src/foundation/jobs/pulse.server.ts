import type { Pool, QueryResult } from 'pg';

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

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** For one network, in its own context: each question ends at the first row of an index. */
const networkQuestion = (networkId: string): string => {
	if (!uuidPattern.test(networkId)) throw new Error('A network id must be a lower-case UUID.');
	const id = `'${networkId}'::uuid`;
	const lastSeal = (column: string): string =>
		`(select s.${column} from log_seal s where s.network_id = ${id} order by s.seal_number desc limit 1)`;
	return `set local app.network_id = '${networkId}';
select ${id} as network_id,
	exists (select from outbox o where o.network_id = ${id}) as outbox,
	exists (select from log_line l where l.network_id = ${id}
		and (l.epoch, l.xid) > (coalesce(${lastSeal('epoch')}, 0), coalesce(${lastSeal('upto_xid')}, '0'::xid8))) as unsealed,
	not exists (select from search_filling f where f.network_id = ${id} and f.filled_at is not null) as search_empty`;
};

/**
 * Asks, in one message for all networks, whether there is anything to do. Every question stays in one network, and acts need not notify
 * anyone: that halves what the database can write.
 */
export async function takePulse(pool: Pool, networkIds: readonly string[]): Promise<Pulse> {
	const message = [
		'begin read only',
		'select network_id from app.network_directory',
		'select exists (select from identity.outbox) as outbox',
		...networkIds.map(networkQuestion),
		'commit'
	].join(';\n');
	// Several statements in one message give several results, which the type of `query` does not know.
	const results = (await pool.query(message)) as unknown as readonly QueryResult<Record<string, unknown>>[];
	const rows = results.map((result) => result.rows);
	const [, directory = [], identity = []] = rows;
	const answers = rows.filter((_, place) => place > 2).flat();
	return {
		networkIds: directory.map((row) => String(row['network_id'])),
		identityOutbox: identity[0]?.['outbox'] === true,
		networks: answers.map((row) => ({
			networkId: String(row['network_id']),
			outbox: row['outbox'] === true,
			unsealed: row['unsealed'] === true,
			searchEmpty: row['search_empty'] === true
		}))
	};
}
