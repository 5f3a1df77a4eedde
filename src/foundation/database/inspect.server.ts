import pg from 'pg';
import { appliedMigrations, checkApplied, listMigrations } from './migrate.server.ts';
import type { Migration } from './migrate.server.ts';
import { roleName } from './bootstrap.server.ts';
import { primaryUrl } from './primary.server.ts';
import { startProblemOf } from './start-problem.ts';
import type { StartProblem } from './start-problem.ts';
import { databaseRoles, urlWithoutPassword } from './urls.ts';
import type { DatabaseRole, DatabaseUrls } from './urls.ts';

/** What was seen at a server: `refuses` means that we do not work on it. Sentences under `doctor.<code>`. */
export type Finding = StartProblem & { readonly level: 'refuses' | 'warns' };

const refuses = (code: Finding['code'], values: Finding['values'] = {}): Finding => ({ code, values, level: 'refuses' });

/** The versions whose SQL we keep to and test. */
export const oldestMajor = 15;
export const newestMajor = 18;

interface Login {
	readonly name: string;
	readonly super: boolean;
	readonly bypass: boolean;
	readonly ours: boolean | null;
	readonly owns: boolean;
	readonly replica: boolean;
	readonly major: number;
	readonly encoding: string;
	readonly missing: readonly string[];
	readonly trgm: boolean;
	readonly database: string;
}

// pg_has_role with MEMBER asks whether SET ROLE would work: then row-level security is one statement away from gone.
const question = `
select current_user as name,
	r.rolsuper as super,
	r.rolbypassrls as bypass,
	(select pg_has_role(current_user, o.oid, 'USAGE') from pg_roles o where o.rolname = $1) as ours,
	pg_has_role(current_user, d.datdba, 'MEMBER')
		or coalesce((select pg_has_role(current_user, o.oid, 'MEMBER') from pg_roles o where o.rolname = 'loopplank_owner'), false) as owns,
	pg_is_in_recovery() as replica,
	current_setting('server_version_num')::int / 10000 as major,
	pg_encoding_to_char(d.encoding) as encoding,
	array(select w.name::text from unnest($2::text[]) as w (name) where not exists (select from pg_roles k where k.rolname = w.name)) as missing,
	exists (select from pg_available_extensions where name = 'pg_trgm') as trgm,
	d.datname as database
from pg_roles r, pg_database d
where r.rolname = current_user and d.datname = current_database()`;

const ask = async (url: string, role: DatabaseRole, known: readonly Migration[] | undefined): Promise<readonly Finding[]> => {
	const client = new pg.Client({
		connectionString: await primaryUrl(url),
		application_name: 'loopplank doctor',
		connectionTimeoutMillis: 5000,
		query_timeout: 10_000
	});
	client.on('error', () => undefined); // the question itself then fails too
	try {
		await client.connect();
		const login = (await client.query<Login>(question, [roleName(role), databaseRoles.map(roleName)])).rows[0];
		if (login === undefined) throw new Error('The server did not answer who we are.');
		const findings = [...findingsOf(login, role)];
		if (known !== undefined && login.missing.length === 0) findings.push(...(await tables(client)), ...(await migrations(client, known)));
		return findings;
	} finally {
		await client.end().catch(() => undefined); // it may never have been open
	}
};

const findingsOf = function* (login: Login, role: DatabaseRole): Iterable<Finding> {
	const who = { role, name: login.name };
	if (login.super) yield refuses('role_superuser', who);
	else if (login.bypass) yield refuses('role_bypasses', who);
	// A superuser is a member of everything; then the line above says enough.
	else if (role !== 'owner' && login.owns) yield refuses('role_owner', who);
	else if (login.ours === false) yield refuses('role_other', { ...who, expected: roleName(role) });
	if (role !== 'owner') return;
	// What belongs to the server or the database is asked once, as owner.
	if (login.major < oldestMajor || login.major > newestMajor) yield refuses('version_unsupported', { version: login.major });
	if (login.encoding !== 'UTF8') yield refuses('encoding_other', { encoding: login.encoding });
	if (login.replica) yield refuses('replica');
	if (login.missing.length > 0) yield refuses('roles_missing', { roles: login.missing.join(', ') });
	if (!login.trgm) yield refuses('trgm_missing');
};

/** Tables whose row-level security does not stand: someone altered them by hand. */
const tables = async (client: pg.Client): Promise<readonly Finding[]> => {
	const found = await client.query<{ name: string }>(
		`select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where c.relkind in ('r', 'p') and n.nspname in ('public', 'app', 'identity') and not (c.relrowsecurity and c.relforcerowsecurity)
			and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
		order by 1`
	);
	return found.rows.length === 0 ? [] : [refuses('rows_unguarded', { tables: found.rows.map((row) => row.name).join(', ') })];
};

const migrations = async (client: pg.Client, known: readonly Migration[]): Promise<readonly Finding[]> => {
	const applied = await appliedMigrations(client);
	try {
		checkApplied(applied, known);
	} catch (error) {
		const problem = startProblemOf(error);
		if (problem === undefined) throw error;
		return [{ ...problem, level: 'refuses' }];
	}
	return applied.length < known.length ? [refuses('migrations_missing', { applied: applied.length, newest: known.length })] : [];
};

/**
 * Looks at a server with the connection strings of all four roles. Empty when there is nothing against it. `folder` is another
 * folder of migrations, for tests.
 */
export const inspectServer = async (urls: DatabaseUrls, folder?: string): Promise<readonly Finding[]> => {
	const known = await listMigrations(folder);
	const answers = await Promise.all(
		databaseRoles.map(async (role): Promise<readonly Finding[]> => {
			try {
				return await ask(urls[role], role, role === 'owner' ? known : undefined);
			} catch (error) {
				return [unreachable(role, urls[role], error)];
			}
		})
	);
	return answers.flat();
};

const unreachable = (role: DatabaseRole, url: string, error: unknown): Finding => {
	const problem = startProblemOf(error);
	if (problem?.code === 'no_primary') return { ...problem, level: 'refuses' };
	// A query that our own SQL got wrong is a fault of ours, not of the server.
	if (error instanceof pg.DatabaseError && /^42/.test(error.code ?? '') && error.code !== '42501') throw error;
	return refuses('server_not_reachable', {
		role,
		url: urlWithoutPassword(url),
		reason: error instanceof Error ? error.message : String(error)
	});
};
