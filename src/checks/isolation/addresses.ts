import { readdirSync } from 'node:fs';
import path from 'node:path';
import { operations } from '#lib/api/all-operations.ts';
import { basePath } from '#lib/api/operation.ts';

const routes = path.resolve(import.meta.dirname, '../../routes');

/** Every address that can be opened, from the route tree: `/[network]/casus/[id]`. A page that is added later is there from its first day. */
export const listRoutes = (): string[] =>
	readdirSync(routes, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && /^\+(?:page\.svelte|page\.server\.ts|server\.ts)$/.test(entry.name))
		.map((entry) => path.relative(routes, entry.parentPath).split(path.sep).join('/'))
		.filter((route, index, all) => all.indexOf(route) === index)
		// Opening it as a stream is asked apart.
		.filter((route) => route !== '[network]/live')
		.toSorted();

/** What stands in a case: its own id, and those of everything under it. */
export interface CaseIds {
	readonly caseId: string;
	readonly ids: readonly string[];
}

/** Whose id a parameter is: a case's where its name or its place says so, else that of anything in a case. */
const idsFor = (isCase: boolean, cases: readonly CaseIds[]): readonly string[] =>
	isCase ? cases.map(({ caseId }) => caseId) : cases.flatMap(({ ids }) => ids);

/** The addresses of a route: each of the ids in the place of every other parameter than the network and a secret. */
export function fillRoute(route: string, slug: string, cases: readonly CaseIds[]): string[] {
	const at = `/${route}`.replace('[network]', slug).replaceAll(/\[token[^\]]*\]/g, 'A'.repeat(43));
	return /\[[^\]]+\]/.test(at) ? idsFor(route.includes('casus/'), cases).map((id) => at.replaceAll(/\[[^\]]+\]/g, id)) : [at];
}

/** Every operation of the API, with each of the ids in the place of its parameters. */
export const listCalls = (cases: readonly CaseIds[]): { readonly method: string; readonly path: string }[] =>
	operations.flatMap(({ method, path: at }) =>
		(at.includes('{') ? idsFor(at.includes('{caseId}'), cases) : ['']).map((id) => ({
			method,
			path: basePath + at.replaceAll(/\{\w+\}/g, id)
		}))
	);
