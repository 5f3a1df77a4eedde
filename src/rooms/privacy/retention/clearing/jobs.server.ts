import { sql } from 'kysely';
import type { Installation } from '#foundation/installation.ts';
import { jobNetwork } from '#foundation/jobs/job.ts';
import type { JobHandlers } from '#foundation/jobs/job.ts';
import { nobody, writeLogLine } from '#foundation/log/line.server.ts';
import type { Cleared } from './rules.ts';

/**
 * Destroys what a network kept for longer than its tables say, with a line in the log in the same transaction; how many rows of which table stands in
 * `destruction` under the id that the line names. A dry run counts what would go, and writes nothing.
 */
export const clearKept = (
	{ door, world }: Pick<Installation, 'door' | 'world'>,
	networkId: string,
	now: Date,
	{ dryRun }: { readonly dryRun: boolean }
): Promise<Cleared[]> =>
	door.job(networkId, now, async (tx, send) => {
		const runId = dryRun ? null : world.id();
		const { rows } = await sql<Cleared>`select c.table_name, c.destroyed from app.clear_kept(${runId}::uuid) c`.execute(tx);
		if (runId !== null && rows.length > 0)
			writeLogLine({ world }, { tx, send }, nobody(networkId, 'job'), now, {
				...{ act: 'retention.clear', result: 'done', objectKind: 'destruction', objectId: runId }
			});
		return rows;
	});

export const retentionJobs: JobHandlers = {
	'daily.retention': async (installation, job) => {
		await clearKept(installation, jobNetwork(job), job.now, { dryRun: false });
	}
};
export const retentionDaily: readonly string[] = ['daily.retention'];
