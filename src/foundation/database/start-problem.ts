/** Why the product could not start, on this machine. Sentences in messages/*.json under `start.<code>`. */
const machineCodes = [
	'port_in_use',
	'pages_not_built',
	'folder_not_writable',
	'folder_is_file',
	'other_major_version',
	'disk_full',
	'already_running',
	'binaries_missing',
	'binaries_do_not_run',
	'root_not_possible',
	'user_without_name',
	'path_too_long',
	'server_did_not_start',
	'server_keeps_stopping'
] as const;

/** Why we do not work on a database server. Sentences under `doctor.<code>`; `loopplank doctor` shows all at once. */
const serverCodes = [
	'url_missing',
	'url_unreadable',
	'server_not_reachable',
	'no_primary',
	'replica',
	'role_superuser',
	'role_bypasses',
	'role_owner',
	'role_other',
	'roles_missing',
	'version_unsupported',
	'encoding_other',
	'trgm_missing',
	'rows_unguarded',
	'migrations_missing',
	'migration_changed',
	'migration_unknown',
	'migration_failed'
] as const;

/** Each code has one plain sentence with what to do; a problem's `values` fill its gaps. */
export const startProblemCodes = [...machineCodes, ...serverCodes] as const;
export type StartProblemCode = (typeof startProblemCodes)[number];

export interface StartProblem {
	readonly code: StartProblemCode;
	readonly values: Readonly<Record<string, string | number>>;
}

/** The key of the sentence that says a problem. */
export const startProblemKey = (
	problem: StartProblem
): `start.${(typeof machineCodes)[number]}` | `doctor.${(typeof serverCodes)[number]}` => {
	const { code } = problem;
	return isServerCode(code) ? `doctor.${code}` : `start.${code}`;
};

const isServerCode = (code: StartProblemCode): code is (typeof serverCodes)[number] => (serverCodes as readonly string[]).includes(code);

/** Carries a `StartProblem` up to the door that says it. Read it back with `startProblemOf`. */
export class StartError extends Error {
	readonly problem: StartProblem;
	constructor(code: StartProblemCode, values: Readonly<Record<string, string | number>> = {}, cause?: unknown) {
		super(`start.${code} ${JSON.stringify(values)}`, cause === undefined ? undefined : { cause });
		this.name = 'StartError';
		this.problem = { code, values };
	}
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isProblem = (value: unknown): value is StartProblem =>
	isRecord(value) &&
	typeof value['code'] === 'string' &&
	(startProblemCodes as readonly string[]).includes(value['code']) &&
	isRecord(value['values']);

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/**
 * The problem an error stands for, or undefined when it is not one of the known ones (then it is a fault: show its stack).
 * Knows our own `StartError`, and what Node and PostgreSQL say when a port, a folder or a disk refuses.
 */
export const startProblemOf = (error: unknown): StartProblem | undefined => {
	if (!isRecord(error)) return undefined;
	// Not `instanceof`: the web build has its own copy of this module.
	if (isProblem(error['problem'])) return error['problem'];
	const path = text(error['path']);
	switch (error['code']) {
		case 'EADDRINUSE':
			return { code: 'port_in_use', values: { port: text(error['port']) } };
		case 'EACCES':
			// A port under 1024 also answers EACCES; it has a port and no path.
			if (path === '' && error['port'] !== undefined) return { code: 'port_in_use', values: { port: text(error['port']) } };
			return { code: 'folder_not_writable', values: { folder: path } };
		case 'EPERM':
		case 'EROFS':
			return path === '' ? undefined : { code: 'folder_not_writable', values: { folder: path } };
		case 'EEXIST':
		case 'ENOTDIR':
			return path === '' ? undefined : { code: 'folder_is_file', values: { folder: path } };
		case 'ENOSPC':
		case 'EDQUOT':
		case '53100': // PostgreSQL: disk_full
			return { code: 'disk_full', values: { folder: path } };
		default:
			return isRecord(error['cause']) ? startProblemOf(error['cause']) : undefined;
	}
};
