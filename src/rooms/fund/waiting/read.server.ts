import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { sql } from 'kysely';
import { addDays, dayAt, startOfDay } from '#foundation/time/days.ts';
import { bindsOrganisation, listClaims } from '../claims/read.server.ts';
import { listToRelease, listTransfers } from '../payments/read.server.ts';
import { countSplitsToAnswer } from '../splits/read.server.ts';
import { listContributions } from '../contributions/read.server.ts';
import { listReversals } from '../ledger/read.server.ts';
import { keepsPot } from '../ledger/rules.ts';
import { listYears } from '../years/read.server.ts';
import { mayClose } from '../years/rules.ts';
import { inOrder } from './rules.ts';
import type { Owed } from './rules.ts';
import { listWaitingFunding } from '../team-money/read.server.ts';

/** What of the pot waits for the actor: payments to let go, transfers to tick off, money for teams to confirm, claims to answer. */
export interface PotWaits {
	readonly releases: number;
	readonly transfers: number;
	readonly fundings: number;
	readonly claims: number;
	/** Journals to take back, and years to close, that another proposed. */
	readonly reversals: number;
	readonly years: number;
	/** Ways to share that their organisation has not accepted yet. */
	readonly splits: number;
}

/** Only what the actor can do now: who ticked one off, or proposed it, does not wait for it again. */
export async function countPotWaits(tx: Tx, actor: Actor, now: Date): Promise<PotWaits> {
	const treasurer = actor.roles.includes('treasurer');
	const keeps = keepsPot(actor);
	const binds = bindsOrganisation(actor, actor.organisationId);
	if (!keeps && !binds) return { releases: 0, transfers: 0, fundings: 0, claims: 0, reversals: 0, years: 0, splits: 0 };
	return {
		releases: (await listToRelease(tx, actor)).length,
		transfers: keeps
			? (await listTransfers(tx, actor)).filter((one) => (one.tickedBy.length === 0 ? treasurer : !one.tickedBy.includes(actor.personId)))
					.length
			: 0,
		fundings: keeps ? (await listWaitingFunding(tx, actor)).filter((one) => one.personId !== actor.personId).length : 0,
		claims: binds
			? (await listClaims(tx, actor)).filter((claim) => claim.state === 'proposed' && bindsOrganisation(actor, claim.organisationId)).length
			: 0,
		reversals: keeps ? (await listReversals(tx, actor)).filter((one) => one.personId !== actor.personId).length : 0,
		years: keeps ? (await listYears(tx, actor)).filter((one) => one.closeId !== null && one.proposedBy !== actor.personId).length : 0,
		splits: await countSplitsToAnswer(tx, actor, now)
	};
}

/** Days ahead in which money that is about to go back is told. */
const aheadDays = 14;

/** Everything that is open in the pot, for the treasurer, each with where it is done. */
export async function listOwed(tx: Tx, actor: Actor, now: Date): Promise<Owed[]> {
	if (!actor.roles.includes('treasurer')) return [];
	const today = dayAt(now);
	const owed: Owed[] = [];
	for (const one of await listToRelease(tx, actor))
		owed.push({
			...{ kind: 'release', id: one.requestId, who: null, cents: one.amountCents, day: one.at },
			...{ late: false, path: '/pot/overboeken' }
		});
	for (const one of await listTransfers(tx, actor))
		owed.push({
			kind: one.tickedBy.length === 0 ? 'transfer' : 'transfer_second',
			id: one.paymentId,
			who: null,
			cents: one.amountCents,
			day: one.at,
			late: false,
			path: '/pot/overboeken'
		});
	for (const one of await listReversals(tx, actor))
		owed.push({
			kind: 'reversal',
			id: one.reversalId,
			who: null,
			cents: one.amountCents,
			day: one.at,
			late: false,
			path: '/pot#terugdraaien'
		});
	for (const one of await listWaitingFunding(tx, actor))
		owed.push({
			kind: 'funding',
			id: one.fundingId,
			who: one.teamName,
			cents: one.amountCents,
			day: one.at,
			late: false,
			path: '/pot/teams'
		});
	const years = (await listYears(tx, actor)).map((one) => ({ ...one, closed: one.closedAt !== null }));
	for (const { year } of years)
		if (mayClose(year, Number(today.slice(0, 4)), years))
			owed.push({ kind: 'year', id: String(year), who: null, cents: null, day: null, late: false, path: `/pot/jaren#jaar-${year}` });
	for (const one of await listClaims(tx, actor)) {
		const path = `/pot/terugbetalen#${one.claimId}`;
		if (one.state === 'accepted')
			owed.push({
				...{ kind: 'claim_due', id: one.claimId, who: one.organisationName, cents: one.openCents, day: one.dueOn },
				...{ late: one.dueOn < today, path }
			});
		if (one.state === 'proposed')
			owed.push({
				kind: 'claim_asked',
				id: one.claimId,
				who: one.organisationName,
				cents: one.amountCents,
				day: one.at,
				late: false,
				path
			});
	}
	for (const one of await listContributions(tx, actor))
		if (one.openCents > 0)
			owed.push({
				...{ kind: one.dueOn === null ? 'contribution_open' : 'contribution_due', id: one.contributionId, who: one.organisationName },
				...{ cents: one.openCents, day: one.dueOn, late: one.dueOn !== null && one.dueOn < today },
				path: `/pot/bijdragen#${one.contributionId}`
			});
	const { rows: lapsing } = await sql<{ requestId: string; name: string; cents: number; expiresAt: Date }>`
		select r.request_id, o.name, r.amount_cents - app.request_paid_cents(r.request_id) as cents, r.expires_at from reservation r
		join request q on q.network_id = r.network_id and q.request_id = r.request_id
		join organisation o on o.network_id = q.network_id and o.organisation_id = q.organisation_id
		where r.network_id = ${actor.networkId} and r.expires_at <= ${startOfDay(addDays(today, aheadDays + 1))}
			and not exists (select from reservation_end e where e.network_id = r.network_id and e.reservation_id = r.reservation_id)`.execute(tx);
	for (const one of lapsing)
		owed.push({
			...{ kind: 'lapses', id: one.requestId, who: one.name, cents: one.cents, day: one.expiresAt, late: false },
			path: `/pot/aanvraag/${one.requestId}`
		});
	const { rows: bare } = await sql<{ paymentId: string; requestId: string; name: string; cents: number; at: Date }>`
		select p.payment_id, p.request_id, o.name, p.amount_cents as cents, p.at from payment p
		join organisation o on o.network_id = p.network_id and o.organisation_id = p.organisation_id
		where p.network_id = ${actor.networkId} and p.at > ${startOfDay(addDays(today, -365))}
			and exists (select from payment_event e where e.network_id = p.network_id and e.payment_id = p.payment_id and e.kind = 'paid')
			and not exists (select from payment_event e where e.network_id = p.network_id and e.payment_id = p.payment_id and e.kind = 'reversed')
			and not exists (select from receipt c where c.network_id = p.network_id and c.payment_id = p.payment_id)`.execute(tx);
	for (const one of bare)
		owed.push({
			...{ kind: 'no_receipt', id: one.paymentId, who: one.name, cents: one.cents, day: one.at, late: false },
			path: `/pot/aanvraag/${one.requestId}#betaling-${one.paymentId}`
		});
	return inOrder(owed);
}
