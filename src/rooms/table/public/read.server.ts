import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Installation } from '#foundation/installation.ts';
import type { Day } from '#foundation/time/days.ts';
import { listPublicCauses } from '#rooms/causes/publication/read.server.ts';
import type { PublicCause } from '#rooms/causes/publication/read.server.ts';
import { asTold, mayConfirmPage, pageState } from './rules.ts';
import type { PageState, PageStep, PublicFigureKind } from './rules.ts';

/** A figure for everyone, as it stands. */
export interface PublicFigure {
	/** A count, cents, or hundredths of a euro per euro. */
	readonly amount: number;
	readonly low: number | null;
	readonly high: number | null;
	/** Counted in that quarter, by its first day. */
	readonly quarter: Day;
}

export type PublicFigures = Readonly<Partial<Record<PublicFigureKind, PublicFigure>>>;

/** Everything that a network tells everyone. */
export interface PublicPage {
	readonly figures: PublicFigures;
	readonly causes: readonly PublicCause[];
	/** The organisations that are in it now, by name. */
	readonly organisations: readonly { readonly organisationId: string; readonly name: string }[];
	/** Names of all that ever were, for who goes about a cause. */
	readonly names: ReadonlyMap<string, string>;
}

/** The figures as they stand; none to a visitor while the page is closed. */
export async function getPublicFigures(tx: Tx): Promise<PublicFigures> {
	const { rows } = await sql<FigureRow>`select what, quarter, amount, low, high from app.public_figures()`.execute(tx);
	return asFigures(rows);
}

interface FigureRow {
	readonly what: string;
	readonly quarter: Day;
	readonly amount: string;
	readonly low: string | null;
	readonly high: string | null;
}

function asFigures(rows: readonly FigureRow[]): PublicFigures {
	const number = (text: string | null): number | null => (text === null ? null : Number(text));
	return Object.fromEntries(
		rows.map(({ what, quarter, ...row }) => {
			// What was frozen before per euro was told in tenths is rounded as the rest: every reader gets the same number.
			const frozen = {
				what: what as PublicFigureKind,
				counted: 0,
				amount: Number(row.amount),
				low: number(row.low),
				high: number(row.high)
			};
			const { amount, low, high } = asTold(frozen);
			return [what, { quarter, amount, low, high }];
		})
	);
}

/** The figures as they stood at the end of a year: by the count of New Year's night, once it was made. Those of a year that is over stay as they are. */
export async function getFiguresOfYear(tx: Tx, networkId: string, year: number): Promise<PublicFigures> {
	const { rows } = await sql<FigureRow>`
		select distinct on (what) what, quarter, amount, low, high from public_figure
		where network_id = ${networkId} and (at at time zone 'Europe/Amsterdam')::date <= ${`${year + 1}-01-01`}::date
		order by what, quarter desc`.execute(tx);
	return asFigures(rows);
}

/** What everyone reads once the page is open; read by who acts in the network also before. */
export async function getPublicPage(tx: Tx, networkId: string, now: Date): Promise<PublicPage> {
	const organisations = await tx
		.selectFrom('organisation')
		.select(['organisationId', 'name', 'leftAt'])
		.where('networkId', '=', networkId)
		.orderBy('nameSort')
		.orderBy('organisationId')
		.execute();
	return {
		figures: await getPublicFigures(tx),
		causes: await listPublicCauses(tx),
		organisations: organisations
			.filter(({ leftAt }) => leftAt === null || leftAt > now)
			.map(({ organisationId, name }) => ({ organisationId, name })),
		names: new Map(organisations.map(({ organisationId, name }) => [organisationId, name]))
	};
}

/** The page of a network by the word in its address, as a visitor reads it, whoever they are. */
export interface VisitedPage extends PublicPage {
	readonly slug: string;
	readonly name: string;
	readonly invented: boolean;
}

/** Null when there is no such network, or its page is not open: a visitor cannot tell which. */
export async function findVisitedPage(installation: Installation, slug: string): Promise<VisitedPage | null> {
	const network = await installation.door.findNetwork(slug);
	if (!network) return null;
	const { networkId } = network;
	const now = installation.world.now();
	return installation.door.visitor(networkId, now, async (tx) => {
		const { rows } = await sql<{ open: boolean }>`select app.page_is_open() as open`.execute(tx);
		if (rows[0]?.open !== true) return null;
		const { name, invented } = await tx
			.selectFrom('network')
			.select(['name', 'invented'])
			.where('networkId', '=', networkId)
			.executeTakeFirstOrThrow();
		return { slug, name, invented, ...(await getPublicPage(tx, networkId, now)) };
	});
}

/** What was proposed and closed, the newest first. Also for the jobs' role. */
export const listPageSteps = async (tx: Tx, networkId: string): Promise<PageStep[]> =>
	(await tx
		.selectFrom('publicPage as p')
		.leftJoin('publicPageAnswer as a', (join) => join.onRef('a.networkId', '=', 'p.networkId').onRef('a.pageId', '=', 'p.pageId'))
		.select(['p.pageId', 'p.wanted', 'p.at', 'p.personId', 'p.membershipId', 'p.organisationId'])
		.select(['a.answer', 'a.at as answeredAt', 'a.membershipId as answeredByMembership'])
		.where('p.networkId', '=', networkId)
		.orderBy('p.at', 'desc')
		.orderBy('p.pageId', 'desc')
		.execute()) as PageStep[];

/** Where the page stands for the actor. */
export interface PageStanding {
	readonly state: PageState;
	/** Who proposed it, opened it or closed it last; undefined when nobody ever did. */
	readonly newest: PageStep | undefined;
}

export async function getPageStanding(tx: Tx, actor: Actor): Promise<PageStanding> {
	const [newest] = await listPageSteps(tx, actor.networkId);
	return { state: pageState(newest), newest };
}

/** Whether a page that was proposed waits for the actor. */
export async function waitsForMyPage(tx: Tx, actor: Actor): Promise<boolean> {
	const { state, newest } = await getPageStanding(tx, actor);
	return state === 'proposed' && newest !== undefined && mayConfirmPage(newest, actor);
}
