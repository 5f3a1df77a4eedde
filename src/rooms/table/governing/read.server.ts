import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { listCauseOverviews } from '#rooms/causes/overview/read.server.ts';
import type { CauseOverview } from '#rooms/causes/overview/read.server.ts';
import type { SignalState } from '#rooms/causes/signals/rules.ts';
import { listWaitingLetters } from '#rooms/causes/letters/read.server.ts';
import type { WaitingLetter } from '#rooms/causes/letters/read.server.ts';
import { listStoriesBeside } from '#rooms/causes/stories/read.server.ts';
import type { StoriesBeside } from '#rooms/causes/stories/read.server.ts';
import { listYearly } from '#rooms/causes/yearly/read.server.ts';
import type { YearlyItem } from '#rooms/causes/yearly/read.server.ts';
import { bindsOrganisation, listClaims } from '#rooms/fund/claims/read.server.ts';
import { listContributions } from '#rooms/fund/contributions/read.server.ts';
import { listOrganisationNames } from '#rooms/network/read.server.ts';
import { getNetworkStart } from '#rooms/network/start/read.server.ts';
import type { NetworkStart } from '#rooms/network/start/read.server.ts';
import { getNetworkPage } from '../figures/read.server.ts';
import type { NetworkPage } from '../figures/read.server.ts';
import { getOrganisationFigures } from '../roles/read.server.ts';
import type { OrganisationCells } from '../roles/rules.ts';
import { byDay, debtOfClaim, toChange } from './rules.ts';
import type { Debt, ToChange } from './rules.ts';

/** What who governs asks of a network: does it work, what must we change, what do we owe (F6). Counts and sums; of no case, of no person. */
export interface Governing {
	/** The organisation that the reader acts for. */
	readonly organisationId: string;
	readonly names: ReadonlyMap<string, string>;
	readonly works: {
		readonly figures: NetworkPage;
		readonly signs: NetworkStart['signs'];
		/** Agreements of the people of that organisation; a cell that is too small is null, and of a small organisation each is. */
		readonly own: OrganisationCells | null;
	};
	readonly change: ToChange<CauseOverview>;
	/** Letters to who can change a law, on which nothing came back yet. */
	readonly letters: readonly WaitingLetter[];
	/** What happened in words, beside what was counted. */
	readonly stories: StoriesBeside;
	readonly owe: {
		readonly debts: readonly Debt[];
		/** What is paid back is seen by who may bind the organisation to it: for another, nothing is said of it. */
		readonly claimsSeen: boolean;
	};
}

/** Null for who neither governs, oversees nor facilitates. */
export async function getGoverning(tx: Tx, actor: Actor, now: Date): Promise<Governing | null> {
	const organisations = await getOrganisationFigures(tx, actor, now);
	if (!organisations) return null;
	const { organisationId } = actor;
	const causes = await listCauseOverviews(tx, actor, now);
	const change = toChange(causes, organisationId);
	const figures = await getNetworkPage(tx, actor, now);
	return {
		organisationId,
		names: await listOrganisationNames(tx, actor),
		works: {
			figures,
			signs: (await getNetworkStart(tx, actor)).signs,
			own: organisations.find((one) => one.organisationId === organisationId) ?? null
		},
		// As the network's page counts them: also of a cause that no case names any more.
		change: { ...change, gone: figures.signals.gone },
		letters: await listWaitingLetters(tx, actor),
		stories: await listStoriesBeside(tx, actor),
		owe: {
			debts: byDay([
				...(await listMoneyOwed(tx, actor)),
				...promised(change.own),
				...(await listYearly(tx, actor.networkId)).flatMap(yearlyOf(actor))
			]),
			claimsSeen: bindsOrganisation(actor, organisationId)
		}
	};
}

/** What the actor's organisation pledged and did not pay yet, and what it pays back, as far as the actor sees that. */
async function listMoneyOwed(tx: Tx, actor: Actor): Promise<Debt[]> {
	const own = <T extends { readonly organisationId: string }>(rows: readonly T[]): T[] =>
		rows.filter(({ organisationId }) => organisationId === actor.organisationId);
	const contributions = own(await listContributions(tx, actor)).flatMap(({ contributionId, year, openCents, dueOn }): Debt[] =>
		openCents > 0 ? [{ kind: 'contribution', id: contributionId, year, cents: openCents, day: dueOn }] : []
	);
	const claims = bindsOrganisation(actor, actor.organisationId) ? own(await listClaims(tx, actor)) : [];
	return [...contributions, ...claims.flatMap((claim) => debtOfClaim(claim) ?? [])];
}

/** Causes that the organisation goes about: the day it promised, or the one on which an answer is hoped for. */
const promised = (own: readonly CauseOverview[]): Debt[] =>
	own.flatMap(({ causeId, kind, title, signal }): Debt[] => {
		if (signal === null || signal.dueOn === null || !waiting.has(signal.state)) return [];
		const asked = signal.state === 'seen' || signal.state === 'reopened';
		return [{ kind: asked ? 'cause_answer' : 'cause_promise', id: causeId, cause: { kind, title }, day: signal.dueOn }];
	});
const waiting: ReadonlySet<SignalState> = new Set(['seen', 'reopened', 'acknowledged', 'change_agreed']);

/** What an agreement for a year still asks of the organisation: an offer, a yes, to keep what it offered, or to say what came of it. */
const yearlyOf =
	({ organisationId }: Actor) =>
	({ itemId: id, title, parties, state, offers, toAccept, acceptedBy, dueOn, lookBack }: YearlyItem): Debt[] => {
		if (!parties.some((party) => party.organisationId === organisationId)) return [];
		const debt = (kind: 'yearly_offer' | 'yearly_accept' | 'yearly_kept'): Debt[] => [
			{ kind, id, title, day: kind === 'yearly_kept' ? null : dueOn }
		];
		if (state === 'challenge') return offers.has(organisationId) ? [] : debt('yearly_offer');
		if (toAccept !== null && !acceptedBy.has(organisationId)) return debt('yearly_accept');
		if (lookBack !== null)
			return lookBack.shown || lookBack.said.has(organisationId) ? [] : [{ kind: 'yearly_look_back', id, title, day: lookBack.last }];
		return state === 'agreed' ? debt('yearly_kept') : [];
	};
