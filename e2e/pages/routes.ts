import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { APIRequestContext, Browser } from 'playwright-core';
import type { ServedDemo } from '../served-demo.ts';
import { signInAs } from '../signed-in.ts';

const folder = fileURLToPath(new URL('../../src/routes', import.meta.url));

/** Every page of the product by its route, from the files: a page that is added is in it. */
export const pageRoutes: readonly string[] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
	.filter((file) => file.endsWith('+page.svelte'))
	.map((file) => `/${dirname(file).replaceAll('\\', '/')}`.replace(/\/\.$/, '/'))
	.toSorted();

/** With fewer names in it a route comes first, as the router itself has it. */
const patterns = pageRoutes
	.map((route) => ({ route, names: route.split('[').length, pattern: new RegExp(`^${route.replace(/\[[^\]]+\]/g, '[^/]+')}$`) }))
	.toSorted((a, b) => a.names - b.names);

/** The page on which an address leads, or undefined when it is none: a file, or another site. */
export const routeOf = (address: string): string | undefined => {
	const path = new URL(address, 'http://localhost').pathname.replace(/(.)\/$/, '$1');
	return patterns.find(({ pattern }) => pattern.test(path))?.route;
};

/** A page, and someone who finds it by links. */
export interface FoundPage {
	readonly route: string;
	readonly address: string;
	/** Someone of the demo; null: a visitor who is not signed in. */
	readonly who: string | null;
}

/** Of each route so many pages are read for links, for each person. */
const examples = 4;

/** Follows links from the first pages of one person, until nothing new is found. Answers one address of each route. */
async function follow(request: APIRequestContext, from: readonly string[], origin: string): Promise<Map<string, string>> {
	const found = new Map<string, string>();
	const read = new Map<string, number>();
	const queue = [...from];
	const known = new Set(queue);
	for (let address = queue.shift(); address !== undefined; address = queue.shift()) {
		const route = routeOf(address);
		if (route === undefined || (read.get(route) ?? 0) >= examples) continue;
		read.set(route, (read.get(route) ?? 0) + 1);
		const response = await request.get(address);
		if (response.status() !== 200) continue;
		if (!found.has(route)) found.set(route, address);
		for (const [, href = ''] of (await response.text()).matchAll(/<a [^>]*href="([^"#]+)/g)) {
			const next = (href.startsWith(origin) ? href.slice(origin.length) : href).replaceAll('&amp;', '&');
			if (!next.startsWith('/') || known.has(next)) continue;
			known.add(next);
			queue.push(next);
		}
	}
	return found;
}

/** One page of each route that someone reaches by links from where they begin; the first of `people` who does. */
export async function findPages(
	browser: Browser,
	demo: ServedDemo,
	people: readonly { readonly who: string | null; readonly from: readonly string[] }[]
): Promise<Map<string, FoundPage>> {
	const each = await Promise.all(
		people.map(async ({ who, from }) => {
			const context =
				who === null ? await browser.newContext({ baseURL: demo.address }) : (await signInAs(browser, demo.address, who)).context;
			const found = await follow(context.request, from, demo.address);
			await context.close();
			return [...found].map(([route, address]): FoundPage => ({ route, address, who }));
		})
	);
	const pages = new Map<string, FoundPage>();
	for (const page of each.flat()) if (!pages.has(page.route)) pages.set(page.route, page);
	return pages;
}
