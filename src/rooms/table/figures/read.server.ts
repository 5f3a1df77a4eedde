import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { CaseOutcome, CaseState } from '#rooms/cases/rules.ts';
import type { CauseKind, OutsideResponsible } from '#rooms/causes/rules.ts';
import { listSignals } from '#rooms/causes/signals/read.server.ts';
import { listContributions } from '#rooms/fund/contributions/read.server.ts';
import { listOrganisations } from '#rooms/network/read.server.ts';
import { getNetworkParties } from '#rooms/returns/organisations/read.server.ts';
import type { NetworkParties } from '#rooms/returns/organisations/read.server.ts';
import { byOrganisation, withContributions } from '#rooms/returns/organisations/rules.ts';
import type { OrganisationParty } from '#rooms/returns/organisations/rules.ts';
import { getNetworkReturn } from '#rooms/returns/realised/read.server.ts';
import type { NetworkReturn } from '#rooms/returns/realised/read.server.ts';
import { countWithoutMoney } from './rules.ts';
import type { WithoutMoney } from './rules.ts';

/** What the network's page shows of all its cases together. */
export interface NetworkFigures {
	/** Cases by state, and closed ones by how they ended. */
	readonly cases: readonly { readonly state: CaseState; readonly outcome: CaseOutcome | null; readonly cases: number }[];
	/** Causes by kind; who goes about it only from three cases on. */
	readonly causes: readonly {
		readonly kind: CauseKind;
		readonly cases: number;
		readonly responsible: readonly {
			readonly organisationId: string | null;
			readonly outside: OutsideResponsible | null;
			readonly cases: number;
		}[];
	}[];
}

/** Counts over all cases of the network, also those the reader does not sit at: counts only (figure_cases, figure_causes). */
export async function getNetworkFigures(tx: Tx): Promise<NetworkFigures> {
	const { rows: cases } = await sql<{
		state: CaseState;
		outcome: CaseOutcome | null;
		cases: number;
	}>`select state, outcome, cases from app.figure_cases()`.execute(tx);
	const { rows } = await sql<{
		kind: CauseKind;
		cases: number;
		responsibleOrganisationId: string | null;
		responsibleOutside: OutsideResponsible | null;
		responsibleCases: number | null;
	}>`select * from app.figure_causes() order by cases desc, kind, responsible_cases desc nulls last`.execute(tx);
	const causes = new Map<
		CauseKind,
		{ kind: CauseKind; cases: number; responsible: { organisationId: string | null; outside: OutsideResponsible | null; cases: number }[] }
	>();
	for (const row of rows) {
		const cause = causes.get(row.kind) ?? { kind: row.kind, cases: row.cases, responsible: [] };
		if (row.responsibleCases !== null)
			cause.responsible.push({
				organisationId: row.responsibleOrganisationId,
				outside: row.responsibleOutside,
				cases: row.responsibleCases
			});
		causes.set(row.kind, cause);
	}
	return { cases, causes: [...causes.values()] };
}

/** The pot in cents: what is in it and on the cards, what of that is promised, what was pledged and received, given and recovered. */
export interface PotFigures {
	readonly inPotCents: number;
	readonly promisedCents: number;
	readonly onCardsCents: number;
	readonly pledgedCents: number;
	readonly receivedCents: number;
	readonly givenCents: number;
	readonly recoveredCents: number;
}

/** Money that was asked: how often, how often there was a yes, and how long the first decision took in half of the cases; hours from three decisions on. */
export interface RequestFigures {
	readonly asked: number;
	readonly granted: number;
	/** By a team. */
	readonly medianHoursLight: number | null;
	/** By the secretariat. */
	readonly medianHoursFull: number | null;
}

export async function getRequestFigures(tx: Tx): Promise<RequestFigures> {
	const { rows } = await sql<{ asked: string; granted: string; medianHoursLight: number | null; medianHoursFull: number | null }>`
		select asked, granted, median_hours_light, median_hours_full from app.figure_requests()`.execute(tx);
	const found = rows[0];
	return {
		asked: Number(found?.asked ?? 0),
		granted: Number(found?.granted ?? 0),
		medianHoursLight: found?.medianHoursLight ?? null,
		medianHoursFull: found?.medianHoursFull ?? null
	};
}

/** Everything on the network's page: each a number that can be counted again from the export (e2e/recompute.ts). */
export interface NetworkPage extends NetworkFigures {
	readonly withoutMoney: WithoutMoney;
	/** Answered and the median only from three on. */
	readonly questions: { readonly asked: number; readonly answered: number | null; readonly medianHours: number | null };
	readonly requests: RequestFigures;
	readonly pot: PotFigures;
	readonly returns: NetworkReturn;
	/** Who paid and who gained, per organisation: what each laid in the pot beside what was found, or estimated. */
	readonly parties: Omit<NetworkParties, 'parties'> & { readonly parties: readonly OrganisationParty[] };
	/** Cases in which a cause was named, and signals with those of which the cause is gone. */
	readonly named: number;
	readonly signals: { readonly open: number; readonly gone: number };
}

/** Who paid and who gained over the network, per organisation. */
export async function getOrganisationParties(tx: Tx, actor: Actor, now: Date): Promise<NetworkPage['parties']> {
	const { parties, ...counted } = await getNetworkParties(tx);
	const organisations = await listOrganisations(tx, actor, now);
	const received = new Map<string, { organisationId: string; name: string; receivedCents: number }>();
	for (const { organisationId, organisationName, receivedCents } of await listContributions(tx, actor)) {
		const before = received.get(organisationId)?.receivedCents ?? 0;
		received.set(organisationId, { organisationId, name: organisationName, receivedCents: before + receivedCents });
	}
	return { ...counted, parties: withContributions(byOrganisation(parties, organisations), [...received.values()]) };
}

/** The signals of a network, also of causes that no case names any more: one count for every place that tells it. */
export async function countSignals(tx: Tx, networkId: string): Promise<NetworkPage['signals']> {
	const signals = await listSignals(tx, networkId);
	const gone = signals.filter((signal) => signal.state === 'verified').length;
	return { open: signals.length - gone, gone };
}

/** Reads the network's page: counts and sums only, also over what the reader does not see. */
export async function getNetworkPage(tx: Tx, actor: Actor, now: Date): Promise<NetworkPage> {
	const figures = await getNetworkFigures(tx);
	const questions = await sql<{ questions: string; answered: string | null; medianHours: number | null }>`
		select questions, answered, median_hours from app.figure_questions()`.execute(tx);
	const asked = questions.rows[0];
	const pot = (await sql<Record<string, string>>`select * from app.figure_pot()`.execute(tx)).rows[0] ?? {};
	const cents = (...columns: string[]): number => columns.reduce((sum, column) => sum + Number(pot[column] ?? 0), 0);
	return {
		...figures,
		withoutMoney: countWithoutMoney(figures.cases),
		questions: {
			asked: Number(asked?.questions ?? 0),
			answered: asked === undefined || asked.answered === null ? null : Number(asked.answered),
			medianHours: asked?.medianHours ?? null
		},
		requests: await getRequestFigures(tx),
		pot: {
			inPotCents: cents('cashCents', 'cardCents'),
			promisedCents: cents('reservedCents', 'cardReservedCents'),
			onCardsCents: cents('cardCents'),
			pledgedCents: cents('pledgedCents'),
			receivedCents: cents('receivedCents'),
			givenCents: cents('giftsCents'),
			recoveredCents: cents('recoveredCents')
		},
		returns: await getNetworkReturn(tx),
		parties: await getOrganisationParties(tx, actor, now),
		named: figures.causes.reduce((sum, row) => sum + row.cases, 0),
		signals: await countSignals(tx, actor.networkId)
	};
}
