import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { getNetworkStart } from '../read.server.ts';
import { mayWriteStart, nextPart } from '../rules.ts';
import type { TalkPart } from '../rules.ts';
import { findStartTable, listStartTables } from './read.server.ts';
import { addStartNoteSchema, closeStartTableSchema, moveStartTableSchema, openStartTableSchema } from './schema.ts';

const refuseRole = () => refuse('not_allowed', { lift: { kind: 'role', role: 'administrator' } });

/** `after`: when it moved last, if it did. Who waited for another, or moves in the same moment, comes after them all the same. */
async function move(deed: Deed, tableId: string, part: TalkPart | null, after?: Date): Promise<void> {
	const { networkId, personId, membershipId } = deed.actor;
	const at = after !== undefined && after >= deed.now ? new Date(after.getTime() + 1) : deed.now;
	const row = { networkId, moveId: deed.id(), tableId, part, personId, membershipId, at };
	await deed.tx.insertInto('startMove').values(row).execute();
}

/**
 * A table that is open. `waits`: for who closes it or goes on at the same moment; who writes a note does not wait for who writes another.
 */
async function findOpen(deed: Deed, tableId: string, waits: boolean): Promise<Outcome<{ movedAt: Date }>> {
	deed.about('start_table', tableId);
	await (
		waits
			? sql`select pg_advisory_xact_lock(hashtextextended(${tableId}, 0))`
			: sql`select pg_advisory_xact_lock_shared(hashtextextended(${tableId}, 0))`
	).execute(deed.tx);
	const table = await findStartTable(deed.tx, deed.actor, tableId);
	if (!table) return refuse('not_found');
	if (!mayWriteStart(deed.actor.roles)) return refuseRole();
	if (table.part === null) return refuse('table_closed', { lift: { kind: 'role', role: 'yourself' } });
	return ok({ movedAt: table.movedAt });
}

/** Someone opens a table: it begins at what is written next. Whoever of the network opens its page sits at it; one is open at a time. */
export const openStartTable = command({
	act: 'start_table.open',
	schema: openStartTableSchema,
	async run(deed): Promise<Outcome<{ tableId: string }>> {
		if (!mayWriteStart(deed.actor.roles)) return refuseRole();
		const { networkId, personId, membershipId } = deed.actor;
		const tableId = deed.id();
		deed.about('start_table', tableId);
		// Of two who open one at the same moment, one does.
		await sql`select pg_advisory_xact_lock(hashtextextended(${`${networkId}/start-table`}, 0))`.execute(deed.tx);
		// Who opens one may sit down at the one that is open, and close it.
		if ((await listStartTables(deed.tx, deed.actor)).some((table) => table.part !== null))
			return refuse('table_open', { lift: { kind: 'role', role: 'yourself' } });
		const { written } = await getNetworkStart(deed.tx, deed.actor);
		await deed.tx.insertInto('startTable').values({ networkId, tableId, personId, membershipId, at: deed.now }).execute();
		await move(deed, tableId, nextPart(written) ?? 'rules');
		return ok({ tableId });
	}
});

/** Someone at the table says something about a part; all see it at once, with their name. */
export const addStartNote = command({
	act: 'start_table.note',
	schema: addStartNoteSchema,
	async run(deed, { tableId, part, text }): Promise<Outcome<{ noteId: string }>> {
		const open = await findOpen(deed, tableId, false);
		if (!open.ok) return open;
		const { networkId, personId, membershipId } = deed.actor;
		const noteId = deed.id();
		await deed.tx
			.insertInto('startNote')
			.values({ networkId, noteId, tableId, part, text, personId, membershipId, at: deed.now })
			.execute();
		return ok({ noteId });
	}
});

/** The table goes to another part: every phone follows. */
export const moveStartTable = command({
	act: 'start_table.move',
	schema: moveStartTableSchema,
	async run(deed, { tableId, part }): Promise<Outcome<{ tableId: string }>> {
		const open = await findOpen(deed, tableId, true);
		if (!open.ok) return open;
		await move(deed, tableId, part, open.value.movedAt);
		return ok({ tableId });
	}
});

/** The sitting is over: what was said stays to read, and nothing is added. */
export const closeStartTable = command({
	act: 'start_table.close',
	schema: closeStartTableSchema,
	async run(deed, { tableId }): Promise<Outcome<{ tableId: string }>> {
		const open = await findOpen(deed, tableId, true);
		if (!open.ok) return open;
		await move(deed, tableId, null, open.value.movedAt);
		return ok({ tableId });
	}
});
