import { sql } from 'kysely';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Installation } from '#foundation/installation.ts';
import { jobNetwork } from '#foundation/jobs/job.ts';
import type { Job, JobHandler, JobHandlers } from '#foundation/jobs/job.ts';
import { dayAt } from '#foundation/time/days.ts';
import { quarterOf } from '#rooms/causes/publication/rules.ts';
import { notifyPerson } from '#rooms/people/jobs.server.ts';
import { summedWays } from '#rooms/returns/realised/rules.ts';
import type { CountedReturn } from '#rooms/returns/realised/rules.ts';
import { frozenAnew, returnsCounted } from './rules.ts';
import type { Counted, PublicFigureKind } from './rules.ts';

const aboutPage =
	(kind: 'page_proposed' | 'page_answered' | 'page_closed' | 'page_withdrawn'): JobHandler =>
	(installation, job) =>
		notifyPerson(installation, job, { subject: `mail.${kind}.subject`, sentence: `mail.${kind}.text`, path: '/openbaar' });

/** Letters about the page for everyone, and the figures for everyone: frozen when the page is proposed, and looked at each day. */
export const publicPageJobs: JobHandlers = {
	'mail.page_proposed': aboutPage('page_proposed'),
	'mail.page_answered': aboutPage('page_answered'),
	'mail.page_closed': aboutPage('page_closed'),
	'mail.page_withdrawn': aboutPage('page_withdrawn'),
	'public.figures': freezeFigures,
	'daily.public_figures': freezeFigures
};

/** Kinds among those above that are done once a day. */
export const publicPageDaily: readonly string[] = ['daily.public_figures'];

/** Freezes each figure that may be told anew, once a quarter at most; also while there is no page, for the yearly report tells them too. */
async function freezeFigures(installation: Installation, job: Job): Promise<void> {
	const networkId = jobNetwork(job);
	const quarter = quarterOf(dayAt(job.now));
	await installation.door.job(networkId, job.now, async (tx) => {
		const before = await listFrozen(tx, networkId);
		const counted = [...(await countFigures(tx)), ...(await countReturns(tx, networkId))];
		for (const figure of frozenAnew(counted, before, quarter))
			await tx
				.insertInto('publicFigure')
				.values({ networkId, quarter, at: job.now, ...figure })
				.onConflict((conflict) => conflict.doNothing())
				.execute();
	});
}

/** Each figure as it was frozen last. */
async function listFrozen(
	tx: Tx,
	networkId: string
): Promise<Map<PublicFigureKind, { readonly quarter: string; readonly counted: number; readonly amount: number }>> {
	const rows = await tx
		.selectFrom('publicFigure')
		.select(['what', 'quarter', 'counted', 'amount'])
		.where('networkId', '=', networkId)
		.orderBy('quarter')
		.execute();
	return new Map(
		rows.map(({ what, quarter, counted, amount }) => [
			what as PublicFigureKind,
			{ quarter, counted: Number(counted), amount: Number(amount) }
		])
	);
}

async function countFigures(tx: Tx): Promise<Counted[]> {
	const { rows } = await sql<{
		what: PublicFigureKind;
		counted: string;
		amount: string;
	}>`select what, counted, amount from app.publishable_figures()`.execute(tx);
	return rows.map(({ what, counted, amount }) => ({ what, counted: Number(counted), amount: Number(amount), low: null, high: null }));
}

async function countReturns(tx: Tx, networkId: string): Promise<Counted[]> {
	const { rows } = await sql<{ readonly cases: string } & Readonly<Record<keyof CountedReturn, string>>>`
		select * from app.publishable_return()`.execute(tx);
	const [row] = rows;
	if (!row) return [];
	const { cases, ...sums } = row;
	const numbers = Object.fromEntries(Object.entries(sums).map(([name, cents]) => [name, Number(cents)])) as unknown as CountedReturn;
	return returnsCounted(Number(cases), await countFollowed(tx, networkId), summedWays(numbers));
}

/** Of so many cases it was found how things went on. Contact that was lost is no finding. */
async function countFollowed(tx: Tx, networkId: string): Promise<number> {
	const { cases } = await tx
		.selectFrom('followUpAnswer')
		.select((e) => e.fn.count<string>('caseId').distinct().as('cases'))
		.where('networkId', '=', networkId)
		.where('outcome', '<>', 'contact_lost')
		.executeTakeFirstOrThrow();
	return Number(cases);
}
