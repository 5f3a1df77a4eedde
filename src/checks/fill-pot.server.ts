import { jobHandlers } from '#lib/cli/job-handlers.server.ts';
import type { Job } from '#foundation/jobs/job.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { invoiceContribution, pledgeContribution, receiveContribution } from '#rooms/fund/contributions/commands.server.ts';
import { releaseReservation, reserve } from '#rooms/fund/ledger/commands.server.ts';
import { addPerson } from './more-people.server.ts';
import type { Scene } from './scene.server.ts';

const sure = <T>(outcome: Outcome<T>): T => {
	if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.refusal)}`);
	return outcome.value;
};

/** A pot with something in it, and every table of it with a row. */
export async function fillPot(scene: Scene): Promise<void> {
	const { installation } = scene;
	const treasurer = await addPerson(scene, ['treasurer']);
	const { contributionId } = sure(await pledgeContribution(installation, scene.actors.administrator, { amount: '1000', year: '2026' }));
	sure(await invoiceContribution(installation, treasurer, { contributionId, amount: '1000', dueOn: '2026-12-31' }));
	sure(await receiveContribution(installation, treasurer, { contributionId, amount: '600' }));
	const now = installation.world.now();
	const requestId = installation.world.id();
	const expiresAt = new Date(now.getTime() + 86_400_000);
	await installation.door.actor(scene.actors.seated, now, async (tx) => {
		const deed = { tx, id: () => installation.world.id() };
		sure(await reserve(deed, { requestId, amountCents: 10_000, from: { kind: 'pot' }, expiresAt }));
		await releaseReservation(deed, { requestId });
	});
	await runDaily(scene, 'daily.ledger_check');
}

/** Does a daily job or a sweep as the workers would, at the scene's own moment. */
export async function runDaily(scene: Scene, kind: string): Promise<void> {
	const { installation, actors } = scene;
	const handler = jobHandlers[kind];
	if (!handler) throw new Error(`nobody does ${kind}`);
	const nothing = (): Promise<void> => Promise.resolve();
	const job: Job = {
		...{ id: installation.world.id(), kind, networkId: actors.holder.networkId, payload: {}, now: installation.world.now(), tries: 0 },
		...{ sendMail: nothing, ask: nothing }
	};
	await handler(installation, job);
}
