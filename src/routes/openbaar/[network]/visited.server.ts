import { error } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { toCsv } from '#foundation/text/csv.ts';
import type { MessageKey } from '#foundation/text/text.ts';
import { textFor } from '#foundation/text/say.server.ts';
import { causeName } from '#rooms/causes/rules.ts';
import { findVisitedPage } from '#rooms/table/public/read.server.ts';
import type { VisitedPage } from '#rooms/table/public/read.server.ts';
import { publicFigures, returnFigures } from '#rooms/table/public/rules.ts';

type Visit = Pick<RequestEvent, 'locals' | 'params'>;

/** Where the page for everyone stands in the language that is read, and in the other one. */
export const addressesOf = ({ locals, params }: Visit) => {
	const [dutch, english] = [`/openbaar/${params['network'] ?? ''}`, `/openbaar/${params['network'] ?? ''}/en`];
	return locals.locale === 'en' ? { base: english, other: dutch } : { base: dutch, other: english };
};

/** What anyone reads; a page that is not open is not there. `below` is where the page stands under it. */
export async function visit(event: Visit, below: '' | '/register' = '') {
	const page = await findVisited(event);
	const { base, other } = addressesOf(event);
	return { page, base, visiting: { name: page.name, home: base, other: other + below } };
}

async function findVisited({ locals, params }: Visit): Promise<VisitedPage> {
	const page = await findVisitedPage(locals.installation, params['network'] ?? '');
	if (page === null) error(404);
	return page;
}

/** The figures and the causes as a file of values. */
export async function figuresFile(event: Visit): Promise<Response> {
	const { figures, causes } = await findVisited(event);
	const t = textFor(event.locals.locale);
	const heading = (['what', 'amount', 'low', 'high', 'quarter'] as const).map((column) => t(`public.csv.${column}`));
	const hundredths = new Set<string>([...returnFigures, 'paid']);
	const rows = publicFigures.flatMap((what) => {
		const figure = figures[what];
		if (figure === undefined) return [];
		const shown = (amount: number | null): number | string => (amount === null ? '' : hundredths.has(what) ? amount / 100 : amount);
		return [[t(`public.csv.${what}` as MessageKey), shown(figure.amount), shown(figure.low), shown(figure.high), figure.quarter]];
	});
	const named = causes.flatMap(({ kind, title, cases, quarter, exceptions }) => {
		const cause = title === null ? t(`cause.${kind}`) : causeName(t, { kind, title });
		return [
			[t('public.csv.cause', { cause }), cases, '', '', quarter],
			...exceptions.map((one) => [
				t(one.withMoney ? 'public.csv.exception_money' : 'public.csv.exception', { cause }),
				one.times,
				'',
				'',
				one.quarter
			])
		];
	});
	return new Response(toCsv([heading, ...rows, ...named]), {
		headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="cijfers.csv"' }
	});
}
