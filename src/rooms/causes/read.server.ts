import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { CauseKind, OutsideResponsible, Responsible } from './rules.ts';

export interface NamedCause {
	readonly namingId: string;
	readonly kind: CauseKind;
	readonly responsible: Responsible;
	readonly at: Date;
}

/** The cause of a case as it was named last, or null. */
export async function findCause(tx: Tx, actor: Actor, caseId: string): Promise<NamedCause | null> {
	const row = await tx
		.selectFrom('causeNaming')
		.select(['namingId', 'kind', 'responsibleOrganisationId', 'responsibleOutside', 'at'])
		.where('networkId', '=', actor.networkId)
		.where('caseId', '=', caseId)
		.orderBy('at', 'desc')
		.orderBy('namingId', 'desc')
		.limit(1)
		.executeTakeFirst();
	if (!row) return null;
	const responsible: Responsible = row.responsibleOrganisationId
		? { kind: 'organisation', organisationId: row.responsibleOrganisationId }
		: row.responsibleOutside
			? { kind: 'outside', outside: row.responsibleOutside as OutsideResponsible }
			: { kind: 'nobody' };
	return { namingId: row.namingId, kind: row.kind as CauseKind, responsible, at: row.at };
}
