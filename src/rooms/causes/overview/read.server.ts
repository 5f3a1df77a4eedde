import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { dayAt } from '#foundation/time/days.ts';
import { asResponsible } from '../rules.ts';
import type { CauseKind, OutsideResponsible, Responsible } from '../rules.ts';
import { findHeldBack, findResponsible, listSignals } from '../signals/read.server.ts';
import type { Signal } from '../signals/read.server.ts';
import type { HeldBack } from '../signals/rules.ts';
import { fillMonths, monthsShown } from './rules.ts';
import type { HelpedStretch, Month, MonthCount, Stretch } from './rules.ts';

/** A cause of the network as a whole: counts over all its cases, also those the reader does not see. */
export interface CauseOverview {
	readonly causeId: string;
	readonly kind: CauseKind;
	/** Empty where only the kind and who goes about it are known. */
	readonly title: string;
	/** Cases in which it was named last. */
	readonly cases: number;
	/** What was granted from the pot in those cases; nothing is said of it under three with money. */
	readonly cents: number;
	/** Households that were helped in those cases, with money or without: a case is one household. 0 under three. */
	readonly households: number;
	/** From three cases or a signal on; nobody before. */
	readonly responsible: Responsible;
	readonly signal: Signal | null;
	/** All of one length: the months that are shown. */
	readonly months: readonly MonthCount[];
	/** What was granted in those cases over time; nothing under three cases with money. */
	readonly stretches: readonly Stretch[];
	/** The households that were helped over time, by when their case was closed; nothing under three. */
	readonly helped: readonly HelpedStretch[];
}

/** One cause with what keeps it from being called gone, where its changed rule has held long enough. */
export interface CauseFound extends CauseOverview {
	readonly heldBack: HeldBack | null;
}

/** What everyone in the network may choose from when naming: by how often it was named, then by title. */
export async function listNamedCauses(tx: Tx): Promise<Pick<CauseOverview, 'causeId' | 'kind' | 'title' | 'cases' | 'responsible'>[]> {
	const { rows } = await sql<{
		causeId: string;
		kind: CauseKind;
		title: string;
		cases: string;
		organisationId: string | null;
		outside: OutsideResponsible | null;
		gone: boolean;
	}>`select * from app.figure_causes_named() order by cases desc, title, cause_id`.execute(tx);
	return rows.map(({ causeId, kind, title, cases, ...who }) => ({
		...{ causeId, kind, title, cases: Number(cases) },
		responsible: asResponsible(who)
	}));
}

/** The causes of the network, those that cost most and came most first; each with its line over time and its signal. */
export async function listCauseOverviews(tx: Tx, actor: Actor, now: Date): Promise<CauseOverview[]> {
	const causes = (await listNamedCauses(tx)).filter((cause) => cause.cases > 0);
	const { rows } = await sql<{ causeId: string; month: Month; cases: string }>`
		select cause_id, month, cases from app.figure_cause_months() order by month`.execute(tx);
	const euros = await sql<{ causeId: string; cents: string }>`select cause_id, cents from app.figure_cause_euros()`.execute(tx);
	const cents = new Map(euros.rows.map((row) => [row.causeId, Number(row.cents)]));
	const stretches = await listStretches(tx);
	const helped = await listHelped(tx);
	const signals = new Map((await listSignals(tx, actor.networkId)).map((signal) => [signal.causeId, signal]));
	const counted = new Map<string, MonthCount[]>();
	for (const row of rows) counted.set(row.causeId, [...(counted.get(row.causeId) ?? []), { month: row.month, cases: Number(row.cases) }]);
	const { first, last } = monthsShown(rows[0]?.month ?? null, dayAt(now));
	return causes
		.map((cause) => {
			const months = counted.get(cause.causeId) ?? [];
			return {
				...cause,
				cents: cents.get(cause.causeId) ?? 0,
				households: (helped.get(cause.causeId) ?? []).reduce((sum, stretch) => sum + stretch.households, 0),
				signal: signals.get(cause.causeId) ?? null,
				months: fillMonths(months, first, last),
				stretches: stretches.get(cause.causeId) ?? [],
				helped: helped.get(cause.causeId) ?? []
			};
		})
		.toSorted((a, b) => b.cents - a.cents || b.cases - a.cases);
}

/** One cause of the network, also one that stands in no case any more; null when there is none. Who sits at a case with it sees who goes about it. */
export async function findCauseOverview(tx: Tx, actor: Actor, now: Date, causeId: string): Promise<CauseFound | null> {
	const found = (await listCauseOverviews(tx, actor, now)).find((cause) => cause.causeId === causeId);
	const heldBackOf = async (signal: Signal | null) => (signal ? await findHeldBack(tx, actor.networkId, signal) : null);
	if (found) return { ...found, responsible: await findResponsible(tx, causeId), heldBack: await heldBackOf(found.signal) };
	const cause = (await listNamedCauses(tx)).find((one) => one.causeId === causeId);
	if (!cause) return null;
	const signal = (await listSignals(tx, actor.networkId, { causeId }))[0] ?? null;
	const { first, last } = monthsShown(null, dayAt(now));
	return {
		...cause,
		responsible: await findResponsible(tx, causeId),
		heldBack: await heldBackOf(signal),
		...{ cents: 0, households: 0 },
		signal,
		months: fillMonths([], first, last),
		...{ stretches: [], helped: [] }
	};
}

/** What was granted in the cases of each cause, by stretch of quarters (figure_cause_quarters). */
async function listStretches(tx: Tx): Promise<Map<string, Stretch[]>> {
	const { rows } = await sql<{ causeId: string; fromQuarter: string; untilQuarter: string; cases: string; cents: string }>`
		select cause_id, from_quarter, until_quarter, cases, cents from app.figure_cause_quarters() order by cause_id, from_quarter`.execute(tx);
	const stretches = new Map<string, Stretch[]>();
	for (const { causeId, fromQuarter, untilQuarter, cases, cents } of rows) {
		const stretch = { fromQuarter, untilQuarter, cases: Number(cases), cents: Number(cents) };
		stretches.set(causeId, [...(stretches.get(causeId) ?? []), stretch]);
	}
	return stretches;
}

/** The households that were helped in the cases of each cause, by stretch of quarters (figure_cause_households). */
async function listHelped(tx: Tx): Promise<Map<string, HelpedStretch[]>> {
	const { rows } = await sql<{ causeId: string; fromQuarter: string; untilQuarter: string; households: string }>`
		select cause_id, from_quarter, until_quarter, households from app.figure_cause_households() order by cause_id, from_quarter`.execute(tx);
	const helped = new Map<string, HelpedStretch[]>();
	for (const { causeId, households, ...quarters } of rows)
		helped.set(causeId, [...(helped.get(causeId) ?? []), { ...quarters, households: Number(households) }]);
	return helped;
}

/** How many cases were brought in, by month. */
export async function listIntake(tx: Tx): Promise<{ readonly month: Month; readonly cases: number }[]> {
	const { rows } = await sql<{ month: Month; cases: string }>`select month, cases from app.figure_intake() order by month`.execute(tx);
	return rows.map((row) => ({ month: row.month, cases: Number(row.cases) }));
}
