/** The roles of the database. None is a superuser, none passes row security by; see database/roles.sql. */
export const databaseRoles = ['app', 'jobs', 'identity', 'owner'] as const;
export type DatabaseRole = (typeof databaseRoles)[number];

/** Connection strings, one a role; `admin` only where we run the server ourselves. They may hold a password: never print one. */
export interface DatabaseUrls {
	readonly app: string;
	readonly jobs: string;
	readonly identity: string;
	readonly owner: string;
	readonly admin?: string;
}

/** Where a server listens: a folder with its Unix socket, or a port on loopback. */
export type ServerAddress = { readonly socketFolder: string } | { readonly port: number };

/** The connection string for a role at an address. Without a password where the socket's folder is the guard. */
export const connectionUrl = (address: ServerAddress, user: string, database: string, password?: string): string => {
	const who = encodeURIComponent(user) + (password === undefined ? '' : `:${encodeURIComponent(password)}`);
	return 'socketFolder' in address
		? `postgresql://${who}@/${encodeURIComponent(database)}?host=${encodeURIComponent(address.socketFolder)}`
		: `postgresql://${who}@127.0.0.1:${address.port}/${encodeURIComponent(database)}`;
};

/** The same address and login in another database. */
export const urlForDatabase = (url: string, database: string): string =>
	url.replace(/^(postgres(?:ql)?:\/\/[^/?]*\/)[^?]*/, (_, start: string) => start + encodeURIComponent(database));

/** The connection string without its password, fit to show. */
export const urlWithoutPassword = (url: string): string =>
	url.replace(/^(postgres(?:ql)?:\/\/[^:@/?]*):.*@/, '$1:•••@').replace(/([?&]password=)[^&]*/g, '$1•••');
