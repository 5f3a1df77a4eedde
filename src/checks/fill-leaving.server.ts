import { addDays, dayAt } from '#foundation/time/days.ts';
import { confirmLeave, proposeLeave, withdrawLeave } from '#rooms/people/leaving/commands.server.ts';
import type { Scene } from './scene.server.ts';
import { sure } from './sure.ts';

/** An organisation that wanted to leave in a month, and stays. */
export async function fillLeaving({ installation, actors, officers }: Pick<Scene, 'installation' | 'actors' | 'officers'>): Promise<void> {
	const leavesOn = addDays(dayAt(installation.world.now()), 30);
	const leave = sure(await proposeLeave(installation, officers.administratorTwo, { leavesOn }));
	sure(await confirmLeave(installation, actors.administrator, leave));
	sure(await withdrawLeave(installation, officers.administratorTwo, leave));
}
