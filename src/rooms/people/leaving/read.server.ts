import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { foldLeave, leavingKinds } from './rules.ts';
import { binds } from '../memberships/rules.ts';
import type { LeaveState, LeavingKind } from './rules.ts';

/** An organisation that wants to leave the network. */
export interface Leave {
	readonly leaveId: string;
	readonly organisationId: string;
	readonly organisationName: string;
	/** `YYYY-MM-DD`, in the network's zone. */
	readonly leavesOn: string;
	readonly proposedBy: string;
	readonly proposerName: string;
	readonly at: Date;
	/** The organisation that confirmed it, when one did. */
	readonly confirmedBy: string | null;
	readonly state: LeaveState;
}

async function select(tx: Tx, networkId: string, now: Date, only?: { leaveId: string }): Promise<Leave[]> {
	let query = tx
		.selectFrom('organisationLeave as l')
		.innerJoin('organisation as o', (join) =>
			join.onRef('o.networkId', '=', 'l.networkId').onRef('o.organisationId', '=', 'l.organisationId')
		)
		.innerJoin('person as p', (join) => join.onRef('p.networkId', '=', 'l.networkId').onRef('p.personId', '=', 'l.personId'))
		.leftJoin('organisationLeaveAnswer as c', (join) =>
			join.onRef('c.networkId', '=', 'l.networkId').onRef('c.leaveId', '=', 'l.leaveId').on('c.answer', '=', 'confirmed')
		)
		.leftJoin('organisation as by', (join) =>
			join.onRef('by.networkId', '=', 'c.networkId').onRef('by.organisationId', '=', 'c.organisationId')
		)
		.leftJoin('organisationLeaveAnswer as w', (join) =>
			join.onRef('w.networkId', '=', 'l.networkId').onRef('w.leaveId', '=', 'l.leaveId').on('w.answer', '=', 'withdrawn')
		)
		.select(['l.leaveId', 'l.organisationId', 'o.name as organisationName', 'l.leavesOn', 'l.personId as proposedBy'])
		.select(['p.displayName as proposerName', 'l.at', 'o.leftAt', 'c.at as confirmedAt', 'by.name as confirmedBy', 'w.at as withdrawnAt'])
		.where('l.networkId', '=', networkId);
	if (only) query = query.where('l.leaveId', '=', only.leaveId);
	const rows = await query.orderBy('l.at').orderBy('l.leaveId').execute();
	return rows.map(({ leftAt, confirmedAt, withdrawnAt, ...row }) => ({
		...row,
		state: foldLeave({ at: row.at, leftAt, confirmedAt, withdrawnAt }, now)
	}));
}

export const findLeave = async (tx: Tx, actor: Pick<Actor, 'networkId'>, now: Date, leaveId: string): Promise<Leave | null> =>
	(await select(tx, actor.networkId, now, { leaveId }))[0] ?? null;

/** The organisations that want to leave: waiting for another organisation, or for their day. */
export const listLeaving = async (tx: Tx, actor: Pick<Actor, 'networkId'>, now: Date): Promise<Leave[]> =>
	(await select(tx, actor.networkId, now)).filter(({ state }) => state === 'waiting' || state === 'confirmed');

/** The organisations of which who binds another has to say that they leave; none for everyone else. */
export const listLeavesToConfirm = async (tx: Tx, actor: Actor, now: Date): Promise<Leave[]> =>
	binds(actor.roles)
		? (await listLeaving(tx, actor, now)).filter(
				(leave) => leave.state === 'waiting' && leave.organisationId !== actor.organisationId && leave.proposedBy !== actor.personId
			)
		: [];

export interface LeavingCount {
	readonly what: LeavingKind;
	readonly amount: number;
}

/** What is open of an organisation, by kind; nothing for who may not know. */
export async function countOpen(tx: Tx, organisationId: string): Promise<LeavingCount[]> {
	const { rows } = await sql<{ what: string; amount: string }>`select * from app.figure_leaving(${organisationId})`.execute(tx);
	const amounts = new Map(rows.map(({ what, amount }) => [what, Number(amount)]));
	return leavingKinds.flatMap((what) => (amounts.has(what) ? [{ what, amount: amounts.get(what) ?? 0 }] : []));
}

/** Who binds the other organisations, to be told that one wants to leave. */
export const listOtherBinders = async (tx: Tx, actor: Actor, now: Date): Promise<string[]> => {
	const rows = await tx
		.selectFrom('membership as m')
		.innerJoin('organisation as o', (join) =>
			join.onRef('o.networkId', '=', 'm.networkId').onRef('o.organisationId', '=', 'm.organisationId')
		)
		.select('m.personId')
		.distinct()
		.where('m.networkId', '=', actor.networkId)
		.where('m.organisationId', '<>', actor.organisationId)
		.where('m.personId', '<>', actor.personId)
		.where('m.validFrom', '<=', now)
		.where((e) => e.or([e('m.validUntil', 'is', null), e('m.validUntil', '>', now)]))
		.where((e) => e.or([e('o.leftAt', 'is', null), e('o.leftAt', '>', now)]))
		.where(sql<boolean>`m.roles && array['governor', 'administrator']`)
		.orderBy('m.personId')
		.execute();
	return rows.map(({ personId }) => personId);
};

/** Proposals whose day has come and that nobody took back. For the product. */
export const listDueLeaves = async (tx: Tx, networkId: string, now: Date, today: string): Promise<Leave[]> =>
	(await select(tx, networkId, now)).filter(({ state, leavesOn }) => state === 'confirmed' && leavesOn <= today);
