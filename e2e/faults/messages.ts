import type pg from 'pg';

/**
 * Watches what acts leave in the outbox: which transaction told what. The relay takes a message out of it, so that without this nobody could say
 * afterwards whether one was lost. Stands in a schema of its own, in the database of the harness only.
 * @param owner a connection as the owner of the database
 * @returns the number of the first transaction after it
 */
export async function watchMessages(owner: pg.ClientBase): Promise<bigint> {
	await owner.query(`
		create schema faults;
		create table faults.told (network_id uuid not null, outbox_id uuid not null, kind text not null, xid bigint not null, primary key (network_id, outbox_id));
		create function faults.note_message() returns trigger language plpgsql security definer set search_path = '' as $$
			begin
				insert into faults.told values (new.network_id, new.outbox_id, new.kind, pg_catalog.pg_current_xact_id()::text::bigint);
				return null;
			end $$;
		create trigger note_message after insert on outbox for each row execute function faults.note_message();`);
	const { rows } = await owner.query<{ xid: string }>('select pg_current_xact_id()::text as xid');
	return BigInt(rows[0]?.xid ?? '0') + 1n;
}

/** Messages that were told and are not in the outbox any more, as of the transaction of `owner`: the queue must have them. Kind by id. */
export async function readHandedOver(owner: pg.ClientBase, networkId: string): Promise<ReadonlyMap<string, string>> {
	const { rows } = await owner.query<{ outbox_id: string; kind: string }>(
		`select t.outbox_id, t.kind from faults.told t where t.network_id = $1 and t.kind <> 'live.changed'
			and not exists (select from outbox o where o.network_id = t.network_id and o.outbox_id = t.outbox_id)`,
		[networkId]
	);
	return new Map(rows.map(({ outbox_id, kind }) => [outbox_id, kind]));
}

/**
 * Which of these messages are nowhere. Asked after it was seen that they left the outbox: the relay takes them out in the transaction in which it
 * puts them in the queue, and the queue keeps what is done for a day.
 * @param jobs a connection as the jobs role; without one there is no queue
 */
export async function findLostMessages(jobs: pg.ClientBase | undefined, handedOver: ReadonlyMap<string, string>): Promise<string[]> {
	const queued = jobs
		? await jobs.query<{ id: string }>('select id from pgboss.job where id = any($1)', [[...handedOver.keys()]])
		: { rows: [] };
	const there = new Set(queued.rows.map(({ id }) => id));
	return [...handedOver].filter(([id]) => !there.has(id)).map(([id, kind]) => `a message that was told and is nowhere: ${kind} ${id}`);
}
