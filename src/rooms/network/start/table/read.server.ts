import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { TalkPart } from '../rules.ts';

export interface StartNote {
	readonly noteId: string;
	readonly part: TalkPart;
	readonly text: string;
	readonly personId: string;
	readonly at: Date;
}

export interface StartTableHead {
	readonly tableId: string;
	readonly at: Date;
	/** Who opened it. */
	readonly personId: string;
	/** The part it is at; null: it is closed. */
	readonly part: TalkPart | null;
	/** Since when it is there. */
	readonly movedAt: Date;
}

export interface StartTable extends StartTableHead {
	/** The oldest first. */
	readonly notes: readonly StartNote[];
}

/** The tables of the network, the newest first, each with the part it is at. */
export async function listStartTables(tx: Tx, actor: Actor): Promise<readonly StartTableHead[]> {
	const rows = await tx
		.selectFrom('startTable as t')
		.innerJoin('startMove as m', (join) => join.onRef('m.networkId', '=', 't.networkId').onRef('m.tableId', '=', 't.tableId'))
		.distinctOn(['t.at', 't.tableId'])
		.select(['t.tableId', 't.at', 't.personId', 'm.part', 'm.at as movedAt'])
		.where('t.networkId', '=', actor.networkId)
		.orderBy('t.at', 'desc')
		.orderBy('t.tableId', 'desc')
		.orderBy('m.at', 'desc')
		.orderBy('m.moveId', 'desc')
		.execute();
	return rows.map((row) => ({ ...row, part: row.part as TalkPart | null }));
}

/** One table with everything that was said at it, or null. */
export async function findStartTable(tx: Tx, actor: Actor, tableId: string): Promise<StartTable | null> {
	const head = (await listStartTables(tx, actor)).find((table) => table.tableId === tableId);
	if (!head) return null;
	const notes = await tx
		.selectFrom('startNote')
		.select(['noteId', 'part', 'text', 'personId', 'at'])
		.where('networkId', '=', actor.networkId)
		.where('tableId', '=', tableId)
		.orderBy('at')
		.orderBy('noteId')
		.execute();
	return { ...head, notes: notes.map((note) => ({ ...note, part: note.part as TalkPart })) };
}

/** What the page of a table shows changes when one of these ids does; null when there is no such table for the actor. */
export async function listStartTableTopics(tx: Tx, actor: Actor, tableId: string): Promise<readonly string[] | null> {
	const table = await tx
		.selectFrom('startTable')
		.select('tableId')
		.where('networkId', '=', actor.networkId)
		.where('tableId', '=', tableId)
		.executeTakeFirst();
	return table ? [table.tableId] : null;
}
