import { randomBytes, randomUUID } from 'node:crypto';
import { getRequestListener } from '@hono/node-server';
import { createApi } from '#lib/api/api.ts';
import { listen } from '#lib/cli/http.server.ts';
import { loadPages } from '#lib/cli/serving.server.ts';
import type { Officer, Scene, SceneRole } from '../scene.server.ts';
import { hashOf } from '#foundation/identity/secret.server.ts';
import { installationKey } from '#foundation/installation.ts';
import { startJobs } from '#foundation/jobs/workers.server.ts';
import { sure } from '../sure.ts';

/** Whoever may ask: someone with a role or an office, or nobody. */
export type Asker = SceneRole | Officer | 'visitor';

/** The product itself, pages and API, before the installation of a scene. */
export interface Site {
	readonly address: string;
	/** Asks for a page with the session of `asker`, or for the API with their token. Redirects are answered, not followed. */
	ask(asker: Asker, path: string, init?: RequestInit): Promise<Response>;
	stop(): Promise<void>;
}

/** Serves the built pages and the API over the scene, as `loopplank serve` does; everyone of the scene has a session and a token. */
export async function openSite(scene: Scene): Promise<Site> {
	const { installation, accounts, database } = scene;
	const { origin } = installation.settings;
	Object.assign(globalThis, { [installationKey]: installation });
	const api = getRequestListener(createApi(installation).fetch, { overrideGlobalObjects: false });
	const listening = await listen(
		{
			api: (request, response) => void api(request, response),
			pages: await loadPages(false),
			origin: () => origin,
			trustedProxy: false,
			ready: () => Promise.resolve(true)
		},
		{ port: 0, host: '127.0.0.1' }
	);
	const jobs = await startJobs(installation, {
		connections: database.connections,
		handlers: {},
		env: {},
		post: { send: () => Promise.resolve() },
		tell: () => undefined
	});
	const actors = { ...scene.actors, ...scene.officers };
	const owner = await database.connections.owner();
	const cookies = new Map<Asker, string>();
	const tokens = new Map<Asker, string>();
	try {
		const now = installation.world.now();
		for (const [asker, actor] of Object.entries(actors) as [SceneRole | Officer, (typeof actors)[SceneRole]][]) {
			const secret = randomBytes(32).toString('base64url');
			await owner.query(
				`insert into identity.session (session_id, token_hash, account_id, network_id, membership_id, signed_in_by, device, made_at, seen_at, expires_at)
				values ($1, $2, $3, $4, $5, 'link', 'test', $6, $6, $7)`,
				[...[randomUUID(), hashOf(secret), accounts[asker], actor.networkId, actor.membershipId, now, new Date(now.getTime() + 86_400_000)]]
			);
			cookies.set(asker, `${installation.identity.cookie.name}=${secret}`);
			const unused = { slug: '', networkName: '', personName: '', organisationName: '', functionTitle: '' };
			const who = { account: { accountId: accounts[asker], email: '', locale: 'nl' as const }, acting: { ...actor, ...unused } };
			tokens.set(asker, sure(await installation.identity.makeToken(who, { key: randomUUID(), name: 'test', days: '30' })).token);
		}
	} finally {
		await owner.end();
	}
	const address = `http://127.0.0.1:${listening.port}`;
	return {
		address,
		ask(asker, path, init = {}) {
			const headers = new Headers(init.headers);
			headers.set('origin', origin);
			// Packing thousands of answers only to unpack them takes longer than reading them.
			headers.set('accept-encoding', 'identity');
			const [cookie, token] = [cookies.get(asker), tokens.get(asker)];
			if (path.startsWith('/api/')) {
				if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
			} else if (cookie !== undefined) headers.set('cookie', cookie);
			return fetch(address + path, { ...init, headers, redirect: 'manual' });
		},
		async stop() {
			await installation.live.close();
			await listening.stop();
			await jobs.stop();
		}
	};
}
