import type { Actor } from '../../src/foundation/actor.ts';
import type { Command } from '../../src/foundation/command/command.server.ts';
import type { Installation } from '../../src/foundation/installation.ts';
import type { JobHandlers } from '../../src/foundation/jobs/job.ts';
import { openCase } from '../../src/rooms/cases/commands.server.ts';
import { nameCause } from '../../src/rooms/causes/commands.server.ts';
import type { Part } from './people.ts';

export type Client = Readonly<Record<Part, Actor>>;

/** Does acts as if it were so many days ago; each must be done. */
export type Doing = <Value>(daysAgo: number, command: Command<Value>, actor: Actor, input: object) => Promise<Value>;

const day = 86_400_000;

export const doing =
	(installation: Installation): Doing =>
	async (daysAgo, command, actor, input) => {
		const now = () => new Date(Date.now() - daysAgo * day);
		const outcome = await command({ ...installation, world: { ...installation.world, now } }, actor, input);
		if (!outcome.ok) throw new Error(`${command.act}: ${JSON.stringify(outcome.refusal)}`);
		return outcome.value;
	};

const words = { stuck: 'De huur loopt achter.', firstNeed: 'Tijd.', ownOrganisation: 'Uitstel geven.', residentKnows: 'yes' };

/** A case of so long ago. In what is recent a cause is named, so that there is something to compare a cause that is gone with. */
export async function opens(does: Doing, daysAgo: number, { holder }: Client): Promise<string> {
	const { caseId } = await does(daysAgo, openCase, holder, words);
	if (daysAgo < 180) await does(daysAgo, nameCause, holder, { caseId, cause: 'none', responsible: '' });
	return caseId;
}

/** Does now what the product does by itself, each minute or each day. */
export async function looks(installation: Installation, jobs: JobHandlers, kind: string, networkId: string): Promise<void> {
	const never = () => Promise.reject(new Error('A look at what is due sends nothing.'));
	const job = { id: installation.world.id(), kind, networkId, payload: {}, now: new Date(), tries: 0 };
	await jobs[kind]?.(installation, { ...job, sendMail: never, ask: never });
}
