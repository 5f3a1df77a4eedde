import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome, RefusalCode } from '#foundation/outcome.ts';
import { dayAt } from '#foundation/time/days.ts';
import { mayOpenScan } from './rules.ts';
import { closeScanSchema, handInScanSchema, openScanSchema } from './schema.ts';

const refuseRole = () => refuse('not_allowed', { lift: { kind: 'role', role: 'administrator' } });
const refuseClosed = () => refuse('scan_closed', { lift: { kind: 'role', role: 'facilitator' } });

/** Someone opens a round of the scan, until the end of a day. One stands open at a time: who opens one may also close the one that does. */
export const openScan = command({
	act: 'scan.open',
	schema: openScanSchema,
	async run(deed, { closesOn }): Promise<Outcome<{ roundId: string }>> {
		if (!mayOpenScan(deed.actor.roles)) return refuseRole();
		if (closesOn < dayAt(deed.now)) return refuse('invalid', { fields: [{ path: ['closesOn'], code: 'date_in_past' }] });
		const { networkId, personId, membershipId } = deed.actor;
		const roundId = deed.id();
		deed.about('scan', roundId);
		// Of two who open one at the same moment, one does.
		await sql`select pg_advisory_xact_lock(hashtextextended(${`${networkId}/scan`}, 0))`.execute(deed.tx);
		const { rows } = await sql`
			select from scan_round r where r.network_id = ${networkId} and not app.scan_is_over(r.round_id, (select app.now())) limit 1`.execute(
			deed.tx
		);
		if (rows.length > 0) return refuse('scan_open', { lift: { kind: 'role', role: 'yourself' } });
		await deed.tx.insertInto('scanRound').values({ networkId, roundId, closesOn, personId, membershipId, at: deed.now }).execute();
		return ok({ roundId });
	}
});

/** Someone closes a round before its day is over: from then on it is read. */
export const closeScan = command({
	act: 'scan.close',
	schema: closeScanSchema,
	async run(deed, { roundId }): Promise<Outcome<{ roundId: string }>> {
		deed.about('scan', roundId);
		// Waits for who is handing in: nothing comes in after the figures can be read.
		await sql`select pg_advisory_xact_lock(hashtextextended(${roundId}::text, 0))`.execute(deed.tx);
		const { networkId, personId, membershipId } = deed.actor;
		const { rows } = await sql<{ isOver: boolean }>`
			select app.scan_is_over(r.round_id, (select app.now())) as is_over from scan_round r
			where r.network_id = ${networkId} and r.round_id = ${roundId}`.execute(deed.tx);
		const [round] = rows;
		if (!round) return refuse('not_found');
		if (!mayOpenScan(deed.actor.roles)) return refuseRole();
		if (round.isOver) return refuseClosed();
		await deed.tx.insertInto('scanRoundEnd').values({ networkId, roundId, personId, membershipId, at: deed.now }).execute();
		return ok({ roundId });
	}
});

/** A UUID of the fourth version. */
function sheetIdOf(random: Uint8Array): string {
	const bytes = Buffer.from(random);
	bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
	bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
	return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Someone hands their sheet in, of the organisation they act for: once a round, also who works for two. */
export const handInScan = command({
	act: 'scan.hand_in',
	schema: handInScanSchema,
	async run(deed, { roundId, answers }): Promise<Outcome<{ roundId: string }>> {
		deed.about('scan', roundId);
		// Drawn at random, and not made in order of time as other ids are: the order would tell whose it is.
		const sheetId = sheetIdOf(deed.random(16));
		const { rows } = await sql<{ said: 'done' | RefusalCode }>`
			select app.hand_in_scan(${roundId}::uuid, ${sheetId}::uuid, ${answers}::smallint[]) as said`.execute(deed.tx);
		const said = rows[0]?.said ?? 'not_found';
		if (said === 'done') return ok({ roundId });
		if (said === 'scan_closed') return refuseClosed();
		return said === 'not_allowed' ? refuseRole() : refuse(said);
	}
});
