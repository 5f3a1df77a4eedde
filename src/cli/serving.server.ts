import { pathToFileURL } from 'node:url';
import path from 'node:path';
import { existsSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { createApi } from '#lib/api/api.ts';
import { StartError } from '#foundation/database/start-problem.ts';
import { installationKey } from '#foundation/installation.ts';
import { startJobs } from '#foundation/jobs/workers.server.ts';
import { dailyKinds, jobHandlers, sweepKinds } from './job-handlers.server.ts';
import { largestReceiptForm, listen } from './http.server.ts';
import type { Listening } from './http.server.ts';
import { openInstallation } from './installation.server.ts';
import type { OpenInstallation, Wish } from './installation.server.ts';

/** The built pages: SvelteKit's own request handler. */
const handlerFile = path.resolve(import.meta.dirname, '../../build/handler.js');

export interface ServeWish extends Wish {
	readonly port: number;
	readonly host: string;
	/** True when a proxy stands before us whose x-forwarded-for can be believed. */
	readonly trustedProxy: boolean;
}

export interface Serving extends OpenInstallation {
	readonly listening: Listening;
	/** Stops listening, then the jobs, then the database. May be called twice. */
	stop(): Promise<void>;
}

/** SvelteKit's built handler, told where it stands. Throws StartError `pages_not_built`. */
export async function loadPages(trustedProxy: boolean): Promise<RequestListener> {
	if (!existsSync(handlerFile)) throw new StartError('pages_not_built');
	// Read by the handler when it is loaded; our own server sets these headers from the origin.
	Object.assign(process.env, {
		PROTOCOL_HEADER: 'x-forwarded-proto',
		HOST_HEADER: 'x-forwarded-host',
		BODY_SIZE_LIMIT: String(largestReceiptForm)
	});
	if (trustedProxy) process.env['ADDRESS_HEADER'] = 'x-forwarded-for';
	const built = (await import(pathToFileURL(handlerFile).href)) as { handler: RequestListener };
	return built.handler;
}

/**
 * Starts the product: database, connections, pages, API, and after these the jobs.
 * @param prepare runs when the installation is open and before anyone is served (the demo fills its network here)
 */
export async function serve(wish: ServeWish, prepare?: (open: OpenInstallation) => Promise<void>): Promise<Serving> {
	const open = await openInstallation(wish);
	let listening: Listening | undefined;
	let jobs: { stop(): Promise<void> } | undefined;
	let stopping: Promise<void> | undefined;
	const stop = (): Promise<void> =>
		(stopping ??= (async () => {
			await open.installation.live.close();
			await listening?.stop();
			await jobs?.stop();
			await open.close();
		})());
	try {
		Object.assign(globalThis, { [installationKey]: open.installation });
		await prepare?.(open);
		// Not its own Request and Response in place of Node's: the pages use those.
		const api = getRequestListener(createApi(open.installation).fetch, { overrideGlobalObjects: false });
		listening = await listen(
			{
				api: (request, response) => void api(request, response),
				pages: await loadPages(wish.trustedProxy),
				origin: () => wish.origin,
				trustedProxy: wish.trustedProxy,
				ready: () => canServe(open)
			},
			wish
		);
		jobs = await startJobs(open.installation, {
			connections: open.connections,
			handlers: jobHandlers,
			daily: dailyKinds,
			sweeps: sweepKinds,
			env: wish.env
		});
		return { ...open, listening, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

async function canServe(open: OpenInstallation): Promise<boolean> {
	try {
		await open.connections.app.query('select 1');
		return true;
	} catch (error) {
		console.error(
			JSON.stringify({
				time: new Date().toISOString(),
				level: 'error',
				event: 'not_ready',
				error: error instanceof Error ? error.name : typeof error
			})
		);
		return false;
	}
}
