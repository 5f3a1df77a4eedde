import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { partWords } from '../src/rooms/network/start/rules.ts';
import type { Asker, Prepared } from './prepare.ts';
import { tableOf } from './report.ts';
import { weighPage } from './weight.ts';
import { one } from './works.ts';

const routes = path.resolve(import.meta.dirname, '../src/routes');
const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(1);

/** The addresses of all pages of a network, as the route tree has them, with their parameters still in it. */
async function listRoutes(): Promise<string[]> {
	const files = await readdir(path.join(routes, '[network]'), { recursive: true });
	return files
		.filter((file) => path.basename(file) === '+page.svelte')
		.map((file) => path.dirname(file).split(path.sep).join('/'))
		.map((route) => (route === '.' ? '' : route))
		.toSorted();
}

/** What the parameters of a route stand for in the network that was measured: by the beginning of the route, the first that fits. */
async function findParameters(
	plain: pg.Pool,
	{ networkId, askers, money }: Prepared,
	asker: Asker
): Promise<Record<string, Record<string, string>>> {
	const id = async (query: string): Promise<string> => {
		const { rows } = await plain.query<{ id: string }>(query, [networkId, asker.actor.personId]);
		return rows[0]?.id ?? '';
	};
	const request = await id(
		"select request_id as id from request where network_id = $1 and asked_by = $2 and lane = 'light' order by at limit 1"
	);
	const caseId = await id(
		`select c.case_id as id from case_request c join request r on r.network_id = c.network_id and r.request_id = c.request_id
		where c.network_id = $1 and r.asked_by = $2 and r.lane = 'light' order by r.at limit 1`
	);
	const { rows } = await plain.query<{ id: string }>('select agreement_id as id from agreement where case_id = $1 limit 1', [caseId]);
	return {
		'casus/[id]/geld/[request]': { id: money.larger.caseId, request: money.larger.requestId, step: 'goal' },
		'casus/[id]': { id: caseId, request, agreement: rows[0]?.id ?? '' },
		'collega/[id]': { id: one(askers).actor.personId },
		'team/[id]': { id: await id('select team_id as id from team where network_id = $1 and made_by = $2 limit 1') },
		'vraag/[id]': { id: await id('select question_id as id from question where network_id = $1 and asked_by = $2 limit 1') },
		'begin/[deel]': { deel: partWords.challenge }
	};
}

/** Weighs every page of the network that can be reached in what was filled, and names those that cannot. */
export async function weighAll(address: string, plain: pg.Pool, prepared: Prepared): Promise<string> {
	const asker = one(prepared.askers.slice(0, 1));
	const parameters = await findParameters(plain, prepared, asker);
	const rows: string[][] = [];
	const left: string[] = [];
	let compressed = true;
	for (const route of await listRoutes()) {
		const known = Object.entries(parameters).find(([beginning]) => route.startsWith(beginning))?.[1] ?? {};
		const url = route.replaceAll(/\[(\w+)\]/g, (whole, name: string) => known[name] || whole);
		const page = `${address}/${prepared.slug}${url === '' ? '' : `/${url}`}`;
		const response = url.includes('[') ? null : await fetch(page, { headers: { cookie: asker.cookie }, redirect: 'manual' });
		if (response?.status !== 200) {
			left.push(`\`${route}\``);
			continue;
		}
		const weight = await weighPage(page, asker.cookie);
		compressed &&= weight.sentCompressed;
		rows.push([
			`\`${route === '' ? '/' : route}\``,
			kilobytes(weight.htmlGzip),
			kilobytes(weight.cssGzip),
			kilobytes(weight.htmlGzip + weight.cssGzip),
			kilobytes(weight.scriptGzip),
			kilobytes(weight.html + weight.css)
		]);
	}
	const table = tableOf(['page', 'HTML', 'CSS', 'first view (HTML and CSS)', 'script', 'first view, not compressed'], rows);
	return [
		table,
		`kB (1000 bytes) after gzip.${compressed ? '' : ' The server sends HTML as it is: a proxy in front of it is to compress.'}`,
		`Not weighed, since the network that is measured has nothing to show there: ${left.join(', ')}.`
	].join('\n\n');
}
