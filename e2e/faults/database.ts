import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { dailyKinds, sweepKinds } from '../../src/cli/job-handlers.server.ts';
import { valueTypes } from '../../src/foundation/database/connections.server.ts';
import { findRunning } from '../../src/foundation/database/running.server.ts';
import { signInDaily } from '../../src/foundation/identity/jobs.server.ts';
import type { Overdue } from './overdue.ts';

/** Seconds in which a database that was killed is back. */
const patience = 30;

/** Connects as the owner and as the jobs role, as soon as the database lets them in. */
async function connect(folder: string): Promise<readonly [owner: pg.Client, jobs: pg.Client]> {
	for (const deadline = performance.now() + patience * 1000; ; await sleep(100)) {
		const urls = findRunning(path.join(folder, 'database'));
		if (!urls && performance.now() > deadline) throw new Error(`The database did not run within ${patience} s.`);
		if (!urls) continue;
		const [owner, jobs] = [urls.owner, urls.jobs].map((connectionString) => new pg.Client({ connectionString, types: valueTypes }));
		if (!owner || !jobs) throw new Error('There are two roles.');
		// A connection that is lost is told by the query that fails on it.
		for (const client of [owner, jobs]) client.on('error', () => undefined);
		try {
			await owner.connect();
			await jobs.connect();
			return [owner, jobs];
		} catch (error) {
			if (performance.now() > deadline) throw error;
			await Promise.allSettled([owner.end(), jobs.end()]);
		}
	}
}

/** Looks into the database of a data folder as its owner, and into its queue as the jobs role. */
export async function inDatabase<Value>(folder: string, work: (owner: pg.Client, jobs: pg.Client) => Promise<Value>): Promise<Value> {
	const [owner, jobs] = await connect(folder);
	try {
		return await work(owner, jobs);
	} finally {
		await Promise.allSettled([owner.end(), jobs.end()]);
	}
}

/** What the product does by itself, each minute or each day, in each network. */
const jobKinds = [...sweepKinds, ...dailyKinds.filter((kind) => !signInDaily.includes(kind))];

/** Asks for what the product does by itself, as if its minute and its day had come: a message in the outbox, which the relay hands to the queue. */
export async function askForJobs(owner: pg.ClientBase, networkId: string): Promise<void> {
	for (const kind of jobKinds)
		await owner.query(`insert into outbox (network_id, outbox_id, kind, payload, at) values ($1, $2, $3, '{}', now())`, [
			...[networkId, randomUUID(), kind]
		]);
}

/** What is left to be done a moment after the last act. */
export interface Left {
	readonly unsealed: number;
	readonly untold: number;
	readonly unindexed: number;
	/** Of what had to be done because its term ran out, or because it was confirmed. */
	readonly undone: number;
}

/**
 * Waits until the log is sealed, the outbox handed over, the search index filled and what was overdue done. At most sixty seconds: a process
 * that fills the index and dies is taken for dead after thirty.
 */
export async function settle(owner: pg.ClientBase, networkId: string, overdue: Overdue): Promise<Left> {
	const due = Object.entries(overdue).flatMap(([act, ids]) => ids.map((id) => `${act} ${id}`));
	for (let tries = 0; ; tries++) {
		const { rows } = await owner.query<Left>(
			`select (select count(*)::int from log_line l where l.network_id = $1
					and (l.epoch, l.xid) > (select coalesce(max(s.epoch), 0), coalesce(max(s.upto_xid), '0'::xid8) from log_seal s where s.network_id = $1)) as unsealed,
				(select count(*)::int from outbox where network_id = $1) as untold,
				(select count(*)::int from case_words w where w.network_id = $1
					and not exists (select from search_document d where d.network_id = w.network_id and d.words_id = w.words_id)) as unindexed,
				(select count(*)::int from unnest($2::text[]) t (due)
					where due <> all (array(select l.act || ' ' || l.object_id from log_line l where l.network_id = $1 and l.result = 'done' and l.origin = 'job')))
				+ (select count(*)::int from membership_proposal p
					join membership_proposal_answer a on a.network_id = p.network_id and a.proposal_id = p.proposal_id and a.answer = 'confirmed'
					where p.network_id = $1 and not exists (select from membership m where m.network_id = p.network_id and m.membership_id = p.membership_id)) as undone`,
			[networkId, due]
		);
		const left = rows[0];
		if (!left) throw new Error('A count answers one row.');
		if (tries === 300 || left.unsealed + left.untold + left.unindexed + left.undone === 0) return left;
		await sleep(200);
	}
}
