import { jobHandlers } from '#lib/cli/job-handlers.server.ts';
import type { Job } from '#foundation/jobs/job.ts';
import type { Scene } from './scene.server.ts';

/** Does a daily job or a sweep as the workers would, at the scene's own moment. */
export async function runDaily(
	scene: Scene,
	kind: string,
	ask: (...asked: Parameters<Job['ask']>) => void = () => undefined
): Promise<void> {
	const { installation, actors } = scene;
	const handler = jobHandlers[kind];
	if (!handler) throw new Error(`nobody does ${kind}`);
	const job: Job = {
		...{ id: installation.world.id(), kind, networkId: actors.holder.networkId, payload: {}, now: installation.world.now(), tries: 0 },
		sendMail: () => Promise.resolve(),
		ask: (...asked) => Promise.resolve(ask(...asked))
	};
	await handler(installation, job);
}
