import pg from 'pg';
import { databaseRoles } from './urls.ts';
import type { DatabaseRole } from './urls.ts';

export interface Bootstrap {
	/** Connection string of an administrator of the server (may make roles and databases). */
	readonly adminUrl: string;
	/** The database to make, owned by loopplank_owner. */
	readonly database: string;
	/** Passwords of the roles, where logging in needs one. */
	readonly passwords?: Readonly<Record<DatabaseRole, string>>;
}

/**
 * Makes the four roles, and the database when it is missing. May be run again: it sets the roles back to what they must be and
 * touches no data. `database/roles.sql` is the same for the administrator of a server that is not ours to run.
 */
export const bootstrapServer = async (wish: Bootstrap): Promise<void> => {
	const client = new pg.Client({ connectionString: wish.adminUrl, application_name: 'loopplank bootstrap' });
	await client.connect();
	try {
		const known = new Set(
			(await client.query<{ rolname: string }>(`select rolname from pg_roles where rolname like 'loopplank\\_%'`)).rows.map(
				(row) => row.rolname
			)
		);
		const sentences = databaseRoles.map((role) => {
			const name = roleName(role);
			const password = wish.passwords === undefined ? '' : ` password ${client.escapeLiteral(wish.passwords[role])}`;
			return `${known.has(name) ? 'alter' : 'create'} role ${name} with login nosuperuser nobypassrls nocreatedb nocreaterole noreplication${password}`;
		});
		await client.query(sentences.join(';'));
		const there = await client.query('select 1 from pg_database where datname = $1', [wish.database]);
		if (there.rowCount === 0) await makeDatabase(client, wish.database, 'template0');
	} finally {
		await client.end();
	}
};

/** The login of a role. The names are fixed: policies and grants name them. */
export const roleName = (role: DatabaseRole): string => `loopplank_${role}`;

/** Makes a database from a template, for the four roles alone. The client must be an administrator's, outside a transaction. */
export const makeDatabase = async (client: pg.Client | pg.PoolClient, database: string, template: string): Promise<void> => {
	const name = client.escapeIdentifier(database);
	const encoding = template === 'template0' ? ` encoding 'UTF8'` : '';
	await client.query(`create database ${name} owner loopplank_owner template ${client.escapeIdentifier(template)}${encoding}`);
	await client.query(
		`revoke all on database ${name} from public; grant connect on database ${name} to loopplank_app, loopplank_jobs, loopplank_identity`
	);
};
