import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { readPostmaster } from './cluster.server.ts';
import { processBegan } from './folder-lock.server.ts';
import { passwords, urlsAt } from './supervisor.server.ts';
import type { DatabaseUrls } from './urls.ts';

/**
 * The embedded database of a folder when a process on this machine has it running: its connection strings. Undefined when it is not running, or is
 * still starting. Whoever started it may stop it at any time; it is not ours to stop.
 */
export const findRunning = (folder: string): DatabaseUrls | undefined => {
	const postmaster = readPostmaster(join(folder, 'cluster'));
	if (postmaster === undefined || !postmaster.ready || processBegan(postmaster.pid) === undefined) return undefined;
	// Where it listens on a port each login has its own password, from the secret that was made with the folder.
	return urlsAt(postmaster.address, 'port' in postmaster.address ? passwords(realpathSync(folder)) : undefined);
};
