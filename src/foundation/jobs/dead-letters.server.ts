import type { ClientBase, Pool } from 'pg';
import { openQueue, queues } from './queue.server.ts';
import { tellLog } from './tell.ts';

/** Jobs of one kind that were given up. */
export interface DeadLetters {
	readonly kind: string;
	readonly count: number;
	/** Why the last of them was given up: a code. */
	readonly code: string;
	/** When the first of them was asked for. */
	readonly since: Date;
}

/** The jobs that were given up and wait for someone to look, by kind; for `doctor`. As the jobs role. Empty before the first start. */
export async function listDeadLetters(jobs: Pool | ClientBase): Promise<readonly DeadLetters[]> {
	const there = await jobs.query<{ there: boolean }>(`select to_regclass('pgboss.job') is not null as there`);
	if (there.rows[0]?.there !== true) return [];
	const found = await jobs.query<{ kind: string; count: string; code: string | null; since: Date }>(
		`select data ->> 'kind' as kind, count(*)::text as count, min(coalesce(source_created_on, created_on)) as since,
			(array_agg(source_output ->> 'code' order by created_on desc))[1] as code
		from pgboss.job where name = $1 and state < 'active' group by 1 order by 1`,
		[queues.dead]
	);
	return found.rows.map((row) => ({ kind: row.kind, count: Number(row.count), code: row.code ?? 'timed_out', since: row.since }));
}

/** Puts every job that was given up back in the queue. Answers how many. */
export async function reviveDeadLetters(jobs: Pool): Promise<number> {
	const boss = await openQueue(jobs, tellLog);
	try {
		let revived = 0;
		for (;;) {
			const batch = await boss.redrive(queues.dead);
			revived += batch;
			if (batch === 0) return revived;
		}
	} finally {
		await boss.stop({ graceful: true, timeout: 1000, close: false });
	}
}
