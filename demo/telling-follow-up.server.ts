import { answerFollowUp } from '#rooms/returns/follow-up/commands.server.ts';
import { followUpDaily, followUpJobs } from '#rooms/returns/follow-up/jobs.server.ts';
import { listFollowUps } from '#rooms/returns/follow-up/read.server.ts';
import { findValueMap } from '#rooms/returns/read.server.ts';
import { done } from './cast.ts';
import type { Cast } from './cast.ts';
import type { Step } from './stories/story.ts';
import type { Told } from './telling.server.ts';

/** The product plans the checks of helped cases that are due by now and asks about them, as it does each day. */
export async function askFollowUps({ installation, networkId, clock }: Cast): Promise<void> {
	for (const kind of followUpDaily)
		await followUpJobs[kind]?.(installation, {
			...{ id: clock.id(), kind, networkId, payload: {}, now: clock.now(), tries: 0 },
			sendMail: () => Promise.resolve(),
			ask: () => Promise.resolve()
		});
}

/** The holder answers the first check of this case that is due. */
export async function lookBack({ cast, holder, caseId }: Told, step: Extract<Step, { act: 'follow_up' }>): Promise<void> {
	const { installation, actor, clock } = cast;
	await askFollowUps(cast);
	const me = actor(holder);
	const { due, looming } = await installation.door.actor(me, clock.now(), async (tx) => ({
		due: (await listFollowUps(tx, me, clock.now(), caseId())).find((one) => one.answerable && one.state !== 'answered'),
		looming: (await findValueMap(tx, me, caseId()))?.facts.looming ?? []
	}));
	if (!due) throw new Error(`No check of this case is due ${step.day} days ago.`);
	done(
		await answerFollowUp(installation, me, {
			...{ followUpId: due.followUpId, outcome: step.result },
			findings: looming.map((_, flow) => ({ flow, happened: step.happened ? 'yes' : 'no' }))
		})
	);
}
