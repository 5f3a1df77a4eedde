import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import { readLogged } from '#foundation/command/reading.server.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Installation } from '#foundation/installation.ts';
import { checkLastSeals } from '#foundation/log/check-seals.server.ts';
import type { CheckedSeals } from '#foundation/log/check-seals.server.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { endOfDay, isCalendarDay, startOfDay } from '#foundation/time/days.ts';
import { listOrganisations } from '#rooms/network/read.server.ts';
import type { Organisation } from '#rooms/network/read.server.ts';
import { listNames } from '#rooms/people/read.server.ts';
import { cellsOf, firstIdOf, isSmall, maySeeOrganisations } from './rules.ts';
import type { FigureRow, OrganisationCells } from './rules.ts';

/** Figures per organisation for who looks after the whole (C5): counts of three and more, of no person. Null for everyone else. */
export async function getOrganisationFigures(tx: Tx, actor: Actor, now: Date): Promise<(Organisation & OrganisationCells)[] | null> {
	if (!maySeeOrganisations(actor.roles)) return null;
	const { rows } = await sql<{ organisationId: string; what: string; amount: string | number | null }>`
		select organisation_id, what, amount from app.figure_organisations()`.execute(tx);
	const counted: FigureRow[] = rows.map((row) => ({ ...row, amount: row.amount === null ? null : Number(row.amount) }));
	const organisations = await listOrganisations(tx, actor, now);
	return organisations.map((organisation) => ({
		...organisation,
		cells: cellsOf(counted, organisation.organisationId),
		small: isSmall(counted, organisation.organisationId)
	}));
}

export interface MyFigures {
	readonly kept: number;
	readonly late: number;
	readonly ended: number;
	readonly unfinished: number;
	readonly open: number;
	readonly overdue: number;
	readonly held: number;
	readonly seated: number;
}

/** One's own figures, for oneself alone. */
export async function getMyFigures(tx: Tx): Promise<MyFigures> {
	const { rows } = await sql<{ what: string; amount: string | number }>`select what, amount from app.figure_mine()`.execute(tx);
	const of = (what: string): number => Number(rows.find((row) => row.what === what)?.amount ?? 0);
	return {
		...{ kept: of('kept'), late: of('late'), ended: of('ended'), unfinished: of('unfinished') },
		...{ open: of('open'), overdue: of('overdue'), held: of('held'), seated: of('seated') }
	};
}

/** Which lines of the log a checker looks for. Days are `YYYY-MM-DD`; what is no day, act or result is passed over. */
export interface LogWish {
	readonly from?: string | undefined;
	readonly until?: string | undefined;
	readonly act?: string | undefined;
	readonly result?: string | undefined;
	/** Only what was about this case. */
	readonly caseId?: string | undefined;
	/** The id of the last line seen. */
	readonly before?: string | undefined;
}

export interface CheckerLine {
	readonly lineId: string;
	readonly at: Date;
	readonly act: string;
	readonly result: string;
	readonly reason: string | null;
	readonly objectKind: string;
	readonly objectId: string | null;
	readonly caseId: string | null;
	readonly membershipId: string | null;
	readonly origin: string;
}

export interface CheckerLog {
	readonly seals: CheckedSeals;
	readonly lines: readonly CheckerLine[];
	/** The id to go on from, when there is more. */
	readonly next: string | null;
	readonly names: Awaited<ReturnType<typeof listNames>>;
}

const linesOnPage = 50;

/** The log for a checker: ids and codes, never what a case holds; whether the last seals hold. That they looked is itself logged. */
export const readLogAsChecker = (installation: Installation, actor: Actor, wish: LogWish): Promise<Outcome<CheckerLog>> =>
	readLogged(installation, actor, { act: 'log.read', kind: 'network', id: actor.networkId }, async (tx) => {
		if (!actor.roles.includes('checker')) return null;
		let query = tx
			.selectFrom('logLine')
			.select(['lineId', 'at', 'act', 'result', 'reason', 'objectKind', 'objectId', 'caseId', 'membershipId', 'origin'])
			.where('networkId', '=', actor.networkId);
		if (wish.from !== undefined && isCalendarDay(wish.from)) query = query.where('lineId', '>=', firstIdOf(startOfDay(wish.from)));
		if (wish.until !== undefined && isCalendarDay(wish.until)) query = query.where('lineId', '<', firstIdOf(endOfDay(wish.until)));
		if (wish.act !== undefined) query = query.where('act', '=', wish.act);
		if (wish.result !== undefined) query = query.where('result', '=', wish.result);
		if (wish.caseId !== undefined) query = query.where('caseId', '=', wish.caseId);
		if (wish.before !== undefined) query = query.where('lineId', '<', wish.before);
		const found = await query
			.orderBy('lineId', 'desc')
			.limit(linesOnPage + 1)
			.execute();
		const lines = found.slice(0, linesOnPage);
		return {
			seals: await checkLastSeals(tx, actor.networkId),
			lines,
			next: found.length > linesOnPage ? (lines.at(-1)?.lineId ?? null) : null,
			names: await listNames(
				tx,
				actor,
				lines.flatMap((line) => (line.membershipId === null ? [] : [line.membershipId]))
			)
		};
	});
