import type { Job as BossJob, JobResult, PgBoss } from 'pg-boss';
import type { Installation } from '../installation.ts';
import type { Post } from '../mail/letter.ts';
import { failureCode, isPermanent, JobFailure } from './job.ts';
import type { Job, JobHandlers } from './job.ts';
import { idForName, queued as queuedJob, queues } from './queue.server.ts';
import type { QueuedJob } from './queue.server.ts';
import type { Tell } from './tell.ts';

export interface JobTools {
	readonly installation: Installation;
	readonly handlers: JobHandlers;
	readonly post: Post;
	readonly boss: Pick<PgBoss, 'insert'>;
	readonly tell: Tell;
}

/** Does one job and answers how it went. Never throws: of an error only its code is kept, for its message may quote a person. */
export async function runJob(tools: JobTools, queued: Pick<BossJob<QueuedJob>, 'id' | 'data' | 'retryCount'>): Promise<JobResult> {
	const { kind } = queued.data;
	try {
		const handler = Object.hasOwn(tools.handlers, kind) ? tools.handlers[kind] : undefined;
		// Perhaps a newer process knows it: so it is tried again, and given up at last.
		if (handler === undefined) throw new JobFailure('kind_unknown', false);
		await handler(tools.installation, jobOf(tools, queued));
		return { id: queued.id, status: 'completed' };
	} catch (error) {
		const code = failureCode(error);
		const permanent = isPermanent(error);
		tools.tell({
			level: 'warning',
			event: permanent ? 'job_given_up' : 'job_failed',
			kind,
			job: queued.id,
			tries: queued.retryCount,
			code
		});
		return { id: queued.id, status: permanent ? 'deadletter' : 'failed', output: { code } };
	}
}

function jobOf(
	{ installation, post, boss }: JobTools,
	{ id, data, retryCount }: Pick<BossJob<QueuedJob>, 'id' | 'data' | 'retryCount'>
): Job {
	let letters = 0;
	return {
		id,
		kind: data.kind,
		networkId: data.networkId,
		payload: data.payload,
		now: installation.world.now(),
		tries: retryCount,
		async sendMail(letter) {
			if (++letters > 1) throw new Error('A job sends one letter; ask for another job for another letter.');
			await post.send(letter, id);
		},
		async ask(kind, networkId, payload, once) {
			await boss.insert(queues.work, [queuedJob(idForName(once), { kind, networkId, payload })]);
		}
	};
}
