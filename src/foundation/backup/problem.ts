/** Why a backup could not be made, read or restored. Each code has one plain sentence, with what to do, under `backup.<code>`. */
export const backupProblemCodes = [
	'no_recipient',
	'bad_recipient',
	'bad_identity',
	'file_exists',
	'unreadable',
	'not_migrated',
	'not_a_backup',
	'wrong_key',
	'damaged',
	'newer_format',
	'newer_schema',
	'other_migration',
	'not_empty',
	'table_differs'
] as const;
export type BackupProblemCode = (typeof backupProblemCodes)[number];

export interface BackupProblem {
	readonly code: BackupProblemCode;
	/** Fill the gaps of the sentence. Never hold a secret. */
	readonly values: Readonly<Record<string, string | number>>;
}

export type BackupOutcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: BackupProblem };

/** Carries a problem out of a stream; never leaves this folder. */
export class BackupError extends Error {
	readonly problem: BackupProblem;
	constructor(code: BackupProblemCode, values: BackupProblem['values'] = {}, cause?: unknown) {
		super(`backup.${code} ${JSON.stringify(values)}`, cause === undefined ? undefined : { cause });
		this.name = 'BackupError';
		this.problem = { code, values };
	}
}

/** Makes a value of a known problem; anything else is thrown on. */
export async function asOutcome<T>(work: () => Promise<T>): Promise<BackupOutcome<T>> {
	try {
		return { ok: true, value: await work() };
	} catch (error) {
		if (error instanceof BackupError) return { ok: false, problem: error.problem };
		throw error;
	}
}
