import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { openConnections } from '#foundation/database/connections.server.ts';
import type { Connections } from '#foundation/database/connections.server.ts';
import { openDoor } from '#foundation/database/door.server.ts';
import { migrate } from '#foundation/database/migrate.server.ts';
import { checkServer, readDatabaseUrls } from '#foundation/database/settings.server.ts';
import { startDatabase } from '#foundation/database/supervisor.server.ts';
import type { DatabaseUrls } from '#foundation/database/urls.ts';
import { openIdentity } from '#foundation/identity/identity.server.ts';
import type { Installation } from '#foundation/installation.ts';
import { usualPace } from '#foundation/identity/pace.server.ts';
import type { Pace } from '#foundation/identity/pace.server.ts';
import { openLive } from '#foundation/live/live.server.ts';
import { openFolderKeyring } from '#foundation/keyring/keyring.server.ts';
import { realWorld } from '#foundation/world.ts';

/** What the command line was told, before anything is opened. */
export interface Wish {
	readonly dataFolder: string;
	readonly origin: string;
	readonly demo: boolean;
	readonly env: NodeJS.ProcessEnv;
	/** Told when a step takes time. */
	readonly sayProgress?: (step: 'making' | 'recovering') => void;
}

/** `LOOPPLANK_ACTS_PER_MINUTE` lets one person act more often than hands do: for an import by API. */
const paceOf = (env: NodeJS.ProcessEnv): Pace => {
	const acts = Number(env['LOOPPLANK_ACTS_PER_MINUTE'] ?? usualPace.act);
	if (!Number.isInteger(acts) || acts < 1) return usualPace;
	return { act: acts, search: Math.max(acts, usualPace.search) };
};

/** An installation with all its connections open. */
export interface OpenInstallation {
	readonly installation: Installation;
	readonly connections: Connections;
	readonly urls: DatabaseUrls;
	/** Rejects when the embedded database was given up; never resolves. */
	readonly lost: Promise<never>;
	/** Closes the connections, and the embedded database with them. */
	close(): Promise<void>;
}

/** A database, embedded in the data folder or the server of DATABASE_URL, checked; the embedded one is migrated too. */
export async function openDatabase(
	wish: Pick<Wish, 'dataFolder' | 'env' | 'sayProgress'>
): Promise<{ urls: DatabaseUrls; lost: Promise<never>; stop(): Promise<void> }> {
	const given = readDatabaseUrls(wish.env);
	if (given) {
		await checkServer(given);
		return { urls: given, lost: new Promise<never>(() => undefined), stop: () => Promise.resolve() };
	}
	const running = await startDatabase({
		folder: path.join(wish.dataFolder, 'database'),
		postgresBin: wish.env['LOOPPLANK_POSTGRES_BIN'],
		...(wish.sayProgress ? { sayProgress: wish.sayProgress } : {})
	});
	try {
		await migrate(running.urls.owner);
	} catch (error) {
		await running.stop();
		throw error;
	}
	return { urls: running.urls, lost: running.lost, stop: () => running.stop() };
}

/** Opens everything that acts and readings stand on. */
export async function openInstallation(wish: Wish): Promise<OpenInstallation> {
	// To be passed through, not read: where root has no user namespaces, the database runs as another user. What lies in it is 0700.
	await mkdir(wish.dataFolder, { recursive: true, mode: 0o711 });
	const database = await openDatabase(wish);
	const connections = openConnections(database.urls);
	const keyring = await openFolderKeyring(path.join(wish.dataFolder, 'keyring'), realWorld.random);
	const installation: Installation = {
		door: openDoor(connections),
		identity: openIdentity({
			pool: connections.identity,
			keyring,
			world: realWorld,
			origin: wish.origin,
			demo: wish.demo,
			pace: paceOf(wish.env)
		}),
		keyring,
		live: openLive(() => connections.single('app')),
		world: realWorld,
		settings: { origin: wish.origin, demo: wish.demo, dataFolder: wish.dataFolder }
	};
	return {
		installation,
		connections,
		urls: database.urls,
		lost: database.lost,
		async close() {
			await installation.live.close();
			await connections.end();
			await database.stop();
		}
	};
}
