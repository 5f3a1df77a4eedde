import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { foldAgreement } from './rules.ts';
import type { AgreementState, Report } from './rules.ts';

/** An agreement with its reports; its words stand with the words of the case. */
export interface Agreement {
	readonly agreementId: string;
	readonly caseId: string;
	readonly kind: 'i_do';
	readonly personId: string;
	readonly membershipId: string;
	readonly receiverId: string;
	/** `YYYY-MM-DD`, in the network's zone. */
	readonly dueOn: string;
	readonly at: Date;
	readonly reports: readonly Report[];
	readonly state: AgreementState;
}

const select = async (tx: Tx, actor: Actor, by: { caseId: string } | { agreementId: string }): Promise<Agreement[]> => {
	const [column, id] = 'caseId' in by ? (['caseId', by.caseId] as const) : (['agreementId', by.agreementId] as const);
	const agreements = await tx
		.selectFrom('agreement')
		.select(['agreementId', 'caseId', 'personId', 'membershipId', 'receiverId', 'dueOn', 'at'])
		.where('networkId', '=', actor.networkId)
		.where(column, '=', id)
		.orderBy('at')
		.orderBy('agreementId')
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
	return agreements.map((agreement) => {
		const own = reports.filter((report) => report.agreementId === agreement.agreementId) as unknown as Report[];
		return { ...agreement, kind: 'i_do', reports: own, state: foldAgreement(own) };
	});
};

/** The agreements of a case at whose table the actor sits, in order of time; else none. */
export const listAgreements = (tx: Tx, actor: Actor, caseId: string): Promise<Agreement[]> => select(tx, actor, { caseId });

/** One agreement, or null when it is not for this actor to see. */
export const findAgreement = async (tx: Tx, actor: Actor, agreementId: string): Promise<Agreement | null> =>
	(await select(tx, actor, { agreementId }))[0] ?? null;
