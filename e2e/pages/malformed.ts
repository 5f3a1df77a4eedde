import type { APIRequestContext } from 'playwright-core';
import { pageRoutes } from './routes.ts';

/** What may stand in an address after the question mark, from the pages themselves. */
const asked = [
	'q',
	'antwoord',
	'tafel',
	'voor',
	'id',
	'na',
	'collega',
	'project',
	'knelpunt',
	'casus',
	'overleg',
	'taal',
	'niet',
	'kind',
	'rekening'
];
const askedAs = (value: string): string => asked.map((name) => `${name}=${value}`).join('&');
const fill = (route: string, value: string): string => route.replace('[network]', 'havenstad').replace(/\[[^\]]+\]/g, value);

/** Asks for every page by ids that are none, and with anything after the question mark; answers the addresses that were a fault of the product, with their status. */
export async function listFaults(request: APIRequestContext, addresses: readonly string[]): Promise<string[]> {
	const malformed = pageRoutes.flatMap((route) => [
		...['x', '%00', '00000000-0000-4000-8000-000000000000'].map((value) => fill(route, value)),
		...(/\[(?!network)/.test(route)
			? []
			: ['x', '%00', '%F0%9F%A6', '9'.repeat(400)].map((value) => `${fill(route, '')}?${askedAs(value)}`))
	]);
	const bare = addresses.filter((address) => !address.includes('?')).map((address) => `${address}?${askedAs('%00x')}`);
	const faults: string[] = [];
	for (const address of new Set([...malformed, '/haven%00stad', ...bare])) {
		const status = (await request.get(address, { maxRedirects: 0 })).status();
		if (status >= 500) faults.push(`${address}: ${status}`);
	}
	return faults;
}
