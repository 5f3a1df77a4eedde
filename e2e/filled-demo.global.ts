import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { processBegan } from '#foundation/database/folder-lock.server.ts';
import { demosOfRun } from './served-demo.ts';

/** Removes the demos of runs that were killed; and, after the run, those of its own journeys. */
export default function setup(): () => void {
	const [home, name] = [path.dirname(demosOfRun), path.basename(demosOfRun).replace(/\d+$/, '')];
	for (const old of readdirSync(home))
		if (old.startsWith(name) && processBegan(Number(old.slice(name.length))) === undefined)
			rmSync(path.join(home, old), { recursive: true, force: true });
	return () => rmSync(demosOfRun, { recursive: true, force: true });
}
