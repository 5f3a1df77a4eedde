import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { CauseKind, OutsideResponsible, Responsible } from './rules.ts';

export interface NamedCause {
	readonly namingId: string;
	readonly kind: CauseKind;
	/** The cause that other cases share; null for `none` and `not_known_yet`. */
	readonly causeId: string | null;
	readonly title: string;
	readonly responsible: Responsible;
	readonly at: Date;
}

/** The cause of a case as it was named last, or null. */
export async function findCause(tx: Tx, actor: Actor, caseId: string): Promise<NamedCause | null> {
	const row = await tx
		.selectFrom('causeNaming as n')
		.leftJoin('cause as c', (join) => join.onRef('c.networkId', '=', 'n.networkId').onRef('c.causeId', '=', 'n.causeId'))
		.select(['n.namingId', 'n.kind', 'n.causeId', 'c.title', 'n.responsibleOrganisationId', 'n.responsibleOutside', 'n.at'])
		.where('n.networkId', '=', actor.networkId)
		.where('n.caseId', '=', caseId)
		.orderBy('n.at', 'desc')
		.orderBy('n.namingId', 'desc')
		.limit(1)
		.executeTakeFirst();
	if (!row) return null;
	const responsible: Responsible = row.responsibleOrganisationId
		? { kind: 'organisation', organisationId: row.responsibleOrganisationId }
		: row.responsibleOutside
			? { kind: 'outside', outside: row.responsibleOutside as OutsideResponsible }
			: { kind: 'nobody' };
	return { namingId: row.namingId, kind: row.kind as CauseKind, causeId: row.causeId, title: row.title ?? '', responsible, at: row.at };
}

/** A cause of the network by id, as everyone there may know it, or null. */
export async function findCauseById(
	tx: Tx,
	actor: Actor,
	causeId: string
): Promise<{ readonly causeId: string; readonly kind: CauseKind; readonly title: string } | null> {
	const row = await tx
		.selectFrom('cause')
		.select(['causeId', 'kind', 'title'])
		.where('networkId', '=', actor.networkId)
		.where('causeId', '=', causeId)
		.executeTakeFirst();
	return row ? { ...row, kind: row.kind as CauseKind } : null;
}

/** When the actor last left naming the cause of a case for now, or null. */
export async function findSkip(tx: Tx, actor: Actor, caseId: string): Promise<Date | null> {
	const row = await tx
		.selectFrom('causeSkip')
		.select('at')
		.where('networkId', '=', actor.networkId)
		.where('caseId', '=', caseId)
		.where('personId', '=', actor.personId)
		.orderBy('at', 'desc')
		.limit(1)
		.executeTakeFirst();
	return row?.at ?? null;
}
