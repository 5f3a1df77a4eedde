import pg from 'pg';
import { StartError } from './start-problem.ts';
import { urlWithoutPassword } from './urls.ts';

/**
 * Splits `postgresql://user@one:5432,two:5432/db` in a connection string for each host; a string with one host stays as it is.
 * libpq's own parameters for this (`target_session_attrs`, `load_balance_hosts`) are taken out: `pg` does not know them.
 */
export const splitHosts = (url: string): readonly string[] => {
	const match = /^(postgres(?:ql)?:\/\/(?:[^@/?]*@)?)([^/?]*)(\/[^?]*)?(\?.*)?$/.exec(url);
	if (match === null) return [url];
	const [, start = '', hosts = '', path = '', query = ''] = match;
	if (!hosts.includes(',')) return [url];
	const settings = new URLSearchParams(query);
	settings.delete('target_session_attrs');
	settings.delete('load_balance_hosts');
	const rest = settings.size === 0 ? '' : `?${settings.toString()}`;
	return hosts.split(',').map((host) => `${start}${host}${path}${rest}`);
};

const patience = 3000; // milliseconds for one host to answer

/**
 * The connection string of the one host that takes writing. With one host that is the string itself, unasked. With more it asks
 * each in turn `pg_is_in_recovery()`, beginning with `first`. Throws `StartError` `no_primary`.
 */
export const primaryUrl = async (url: string, first?: string): Promise<string> => {
	const hosts = splitHosts(url);
	if (hosts.length === 1) return hosts[0] ?? url;
	const order = first !== undefined && hosts.includes(first) ? [first, ...hosts.filter((host) => host !== first)] : hosts;
	const refusals: string[] = [];
	for (const host of order) {
		const client = new pg.Client({ connectionString: host, connectionTimeoutMillis: patience, query_timeout: patience });
		client.on('error', () => undefined); // a host that falls away while asked also fails the question below
		try {
			await client.connect();
			const answer = await client.query<{ replica: boolean }>('select pg_is_in_recovery() as replica');
			if (answer.rows[0]?.replica === false) return host;
			refusals.push('replica');
		} catch (error) {
			refusals.push(error instanceof Error ? error.message : String(error));
		} finally {
			await client.end().catch(() => undefined); // it may never have been open
		}
	}
	throw new StartError('no_primary', { url: urlWithoutPassword(url), reason: refusals.join('; ') });
};
