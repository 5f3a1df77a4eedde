import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { RunAs } from './run-as.server.ts';
import { StartError } from './start-problem.ts';
import type { ServerAddress } from './urls.ts';

const longestSocketPath = process.platform === 'darwin' ? 103 : 107; // bytes; what a socket's address has room for, less its end
const socketName = '/.s.PGSQL.5432';

/** A new folder for the socket that only this user can enter, with a path short enough. */
export const makeSocketFolder = (user: RunAs['user']): string => {
	const fits = (base: string): boolean => Buffer.byteLength(join(base, 'loopplank-XXXXXX') + socketName) <= longestSocketPath;
	const base = [tmpdir(), '/tmp', '/var/tmp'].find(fits);
	if (base === undefined) throw new StartError('path_too_long', { folder: tmpdir() });
	const folder = mkdtempSync(join(base, 'loopplank-')); // made with mode 0700
	if (user !== undefined) chownSync(folder, user.uid, user.gid);
	return folder;
};

/** Removes a socket's folder, if it is one that we made. */
export const removeSocketFolder = (address: ServerAddress): void => {
	if ('socketFolder' in address && /^loopplank-.{6}$/.test(basename(address.socketFolder)))
		rmSync(address.socketFolder, { recursive: true, force: true });
};

/** A port on loopback that is free now. */
export const freePort = (): Promise<number> =>
	new Promise((resolve, reject) => {
		const server = createServer();
		server.on('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port'))));
		});
	});
