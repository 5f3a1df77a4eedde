import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Lift, NamedPerson } from '#foundation/outcome.ts';
import { listDeciders } from '#rooms/people/mandates/read.server.ts';
import type { Formal } from '#rooms/people/mandates/read.server.ts';
import type { Colleague } from '#rooms/people/read.server.ts';
import { foldAgreement, foldVersions } from './rules.ts';
import type { AgreementKind, AgreementState, Ask, LeftParty, Report, Version } from './rules.ts';

/** An agreement with its versions and reports; its words stand with the words of the case, by version. */
export interface Agreement {
	readonly agreementId: string;
	readonly caseId: string;
	readonly kind: AgreementKind;
	readonly personId: string;
	readonly membershipId: string;
	readonly organisationId: string;
	readonly receiverId: string;
	/** Of the version that counts now: its id, under which its words stand; its day, `YYYY-MM-DD` in the network's zone; its amount. */
	readonly versionId: string;
	readonly dueOn: string;
	readonly amountCents: number | null;
	readonly at: Date;
	readonly versions: readonly Version[];
	/** A change that waits for the other party. */
	readonly pending: Version | null;
	/** Who was asked to decide, in order of time. */
	readonly asks: readonly Ask[];
	/** A colleague of the promiser's organisation said that it falls outside the room of that organisation. */
	readonly dispute: { readonly personId: string; readonly membershipId: string; readonly at: Date } | null;
	/** Within whose mandate an announced decision falls, and until when that runs; null where the organisation named nobody for that. */
	readonly decision: { readonly personId: string; readonly membershipId: string; readonly validUntil: string } | null;
	readonly nudges: readonly { readonly round: number; readonly personId: string }[];
	readonly reports: readonly Report[];
	readonly state: AgreementState;
}

interface Row {
	readonly versionId: string;
	readonly agreementId: string;
	readonly number: number;
	readonly dueOn: string;
	readonly amountCents: number | null;
	readonly offeredBy: string;
	readonly at: Date;
	readonly acceptances: readonly { personId: string; answer: 'accepted' | 'declined'; at: string }[];
	readonly asks: readonly {
		askId: string;
		deciderId: string;
		membershipId: string;
		at: string;
		answer: Ask['answer'];
		answeredAt: string | null;
	}[];
}

/** The versions of an agreement, or of all agreements of a case, with who accepted them and who was asked. */
async function listVersions(
	tx: Tx,
	actor: Pick<Actor, 'networkId'>,
	column: 'caseId' | 'agreementId',
	id: string
): Promise<(Version & { agreementId: string })[]> {
	const { rows } = await sql<Row>`
		select v.version_id, v.agreement_id, v.number, v.due_on, v.amount_cents, v.offered_by, v.at,
			(select coalesce(json_agg(json_build_object('personId', b.person_id, 'answer', b.answer, 'at', b.at) order by b.at), '[]')
				from agreement_acceptance b where b.network_id = v.network_id and b.case_id = v.case_id and b.version_id = v.version_id) as acceptances,
			(select coalesce(json_agg(json_build_object('askId', k.ask_id, 'deciderId', k.decider_id, 'membershipId', k.membership_id, 'at', k.at,
					'answer', n.answer, 'answeredAt', n.at) order by k.at, k.ask_id), '[]')
				from agreement_ask k left join agreement_ask_answer n on n.network_id = k.network_id and n.ask_id = k.ask_id
				where k.network_id = v.network_id and k.version_id = v.version_id) as asks
		from agreement_version v
		where v.network_id = ${actor.networkId} and ${column === 'caseId' ? sql.ref('v.case_id') : sql.ref('v.agreement_id')} = ${id}
		order by v.agreement_id, v.number`.execute(tx);
	return rows.map((row) => ({
		...row,
		acceptances: row.acceptances.map((entry) => ({ ...entry, at: new Date(entry.at) })),
		asks: row.asks.map((ask) => ({ ...ask, at: new Date(ask.at), answeredAt: ask.answeredAt === null ? null : new Date(ask.answeredAt) }))
	}));
}

const select = async (tx: Tx, actor: Pick<Actor, 'networkId'>, by: { caseId: string } | { agreementId: string }): Promise<Agreement[]> => {
	const [column, id] = 'caseId' in by ? (['caseId', by.caseId] as const) : (['agreementId', by.agreementId] as const);
	const agreements = await tx
		.selectFrom('agreement as a')
		.leftJoin('roomDispute as d', (join) => join.onRef('d.networkId', '=', 'a.networkId').onRef('d.agreementId', '=', 'a.agreementId'))
		.select(['a.agreementId', 'a.caseId', 'a.kind', 'a.personId', 'a.membershipId', 'a.organisationId', 'a.receiverId', 'a.at'])
		.leftJoin('decisionMandate as m', (join) => join.onRef('m.networkId', '=', 'a.networkId').onRef('m.agreementId', '=', 'a.agreementId'))
		.select(['m.personId as decidedBy', 'm.membershipId as decidingMembershipId', 'm.validUntil as decidedUntil'])
		.select(['d.personId as disputedBy', 'd.membershipId as disputedMembershipId', 'd.at as disputedAt'])
		// Asked of one agreement only where an organisation did leave.
		.select(
			sql<LeftParty>`case when exists (select from organisation o where o.network_id = a.network_id and o.left_at <= (select app.now()))
				then app.left_party(a.agreement_id) end`.as('left')
		)
		.where('a.networkId', '=', actor.networkId)
		.where(`a.${column}`, '=', id)
		.orderBy('a.at')
		.orderBy('a.agreementId')
		.execute();
	if (agreements.length === 0) return [];
	const reports = await tx
		.selectFrom('agreementReport as r')
		.leftJoin('agreementAnswer as a', (join) => join.onRef('a.networkId', '=', 'r.networkId').onRef('a.reportId', '=', 'r.reportId'))
		.select(['r.reportId', 'r.agreementId', 'r.outcome', 'r.at', 'a.answer', 'a.at as answeredAt'])
		.where('r.networkId', '=', actor.networkId)
		.where(`r.${column}`, '=', id)
		.orderBy('r.at')
		.orderBy('r.reportId')
		.execute();
	const versions = await listVersions(tx, actor, column, id);
	const nudges = await tx
		.selectFrom('agreementNudge')
		.select(['agreementId', 'round', 'personId'])
		.where('networkId', '=', actor.networkId)
		.where(column, '=', id)
		.execute();
	const own = <R extends { readonly agreementId: string }>(rows: readonly R[], agreementId: string): R[] =>
		rows.filter((row) => row.agreementId === agreementId);
	return agreements.map(
		({ disputedBy, disputedMembershipId, disputedAt, decidedBy, decidingMembershipId, decidedUntil, left, ...agreement }) => {
			const said = own(reports, agreement.agreementId) as unknown as Report[];
			const mine = own(versions, agreement.agreementId);
			const { current, pending } = foldVersions(mine);
			const asks = mine.flatMap((version) => version.asks);
			return {
				...agreement,
				kind: agreement.kind as AgreementKind,
				...{ versionId: current.versionId, dueOn: current.dueOn, amountCents: current.amountCents },
				...{ versions: mine, pending, asks, reports: said, nudges: own(nudges, agreement.agreementId) },
				dispute:
					disputedBy === null || disputedMembershipId === null || disputedAt === null
						? null
						: { personId: disputedBy, membershipId: disputedMembershipId, at: disputedAt },
				decision:
					decidedBy === null || decidingMembershipId === null || decidedUntil === null
						? null
						: { personId: decidedBy, membershipId: decidingMembershipId, validUntil: decidedUntil },
				state: foldAgreement(said, mine[0]?.asks ?? [], left)
			};
		}
	);
};

/** The agreements of a case at whose table the actor sits, in order of time; else none. */
export const listAgreements = (tx: Tx, actor: Pick<Actor, 'networkId'>, caseId: string): Promise<Agreement[]> =>
	select(tx, actor, { caseId });

/** One agreement, or null when it is not for this actor to see. */
export const findAgreement = async (tx: Tx, actor: Pick<Actor, 'networkId'>, agreementId: string): Promise<Agreement | null> =>
	(await select(tx, actor, { agreementId }))[0] ?? null;

const named = ({ personId, membershipId, displayName }: Colleague): NamedPerson => ({ personId, membershipId, name: displayName });

/** Who can decide on an amount that is above the actor's own mandate: never a blank no (C3). */
export async function liftDeciders(
	{ tx, actor, now }: { readonly tx: Tx; readonly actor: Actor; readonly now: Date },
	wish: { readonly cents: number; readonly caseId: string; readonly agreementId: string | null }
): Promise<Lift> {
	const { deciders, administrators } = await listDeciders(tx, actor, now, wish);
	return { kind: 'deciders', deciders: deciders.map(named), administrators: administrators.map(named) };
}

/** Who can announce a formal decision when the actor may not. */
export const liftFormal = ({ deciders, administrators }: Pick<Formal, 'deciders' | 'administrators'>): Lift => ({
	...{ kind: 'deciders', deciders: deciders.map(named), administrators: administrators.map(named) }
});
