import { databaseRoles } from './urls.ts';
import type { DatabaseRole, DatabaseUrls } from './urls.ts';
import { StartError } from './start-problem.ts';
import { inspectServer } from './inspect.server.ts';

/** The variable that holds the connection string of each role. */
export const urlVariables: Readonly<Record<DatabaseRole, string>> = {
	app: 'DATABASE_URL',
	jobs: 'DATABASE_JOBS_URL',
	identity: 'DATABASE_IDENTITY_URL',
	owner: 'DATABASE_OWNER_URL'
};

/**
 * The server that the settings name, or undefined when they name none: then we run our own. Throws `StartError` `url_missing` or
 * `url_unreadable` (with the variable's name, never its value): half a set would be found out only when the first job runs.
 */
export const readDatabaseUrls = (env: NodeJS.ProcessEnv): DatabaseUrls | undefined => {
	if (databaseRoles.every((role) => (env[urlVariables[role]] ?? '') === '')) return undefined;
	const read = (role: DatabaseRole): string => {
		const name = urlVariables[role];
		const url = (env[name] ?? '').trim();
		if (url === '') throw new StartError('url_missing', { name });
		if (!/^postgres(ql)?:\/\/[^\s]+$/.test(url)) throw new StartError('url_unreadable', { name });
		return url;
	};
	return { app: read('app'), jobs: read('jobs'), identity: read('identity'), owner: read('owner') };
};

/**
 * Looks at a server that is not ours before anything is done with it. Throws a `StartError` with the first finding that refuses.
 * A database that still has to be migrated passes: migrating comes after.
 */
export const checkServer = async (urls: DatabaseUrls): Promise<void> => {
	const refused = (await inspectServer(urls)).find((finding) => finding.level === 'refuses' && finding.code !== 'migrations_missing');
	if (refused !== undefined) throw new StartError(refused.code, refused.values);
};
