import { addDays, dayAt } from '#foundation/time/days.ts';
import { confirmLeave, proposeLeave, withdrawLeave } from '#rooms/people/leaving/commands.server.ts';
import { confirmReturn, proposeReturn } from '#rooms/people/coming-back/commands.server.ts';
import type { Scene } from './scene.server.ts';
import { sure } from './sure.ts';

/** An organisation that wanted to leave in a month, and stays; another that came back. */
export async function fillLeaving({
	installation,
	actors,
	officers,
	database
}: Pick<Scene, 'installation' | 'actors' | 'officers' | 'database'>): Promise<void> {
	const leavesOn = addDays(dayAt(installation.world.now()), 30);
	const leave = sure(await proposeLeave(installation, officers.administratorTwo, { leavesOn }));
	sure(await confirmLeave(installation, actors.administrator, leave));
	sure(await withdrawLeave(installation, officers.administratorTwo, leave));
	// And one that left before the network of a test began, and came back.
	const gone = installation.world.id();
	const owner = await database.connections.owner();
	await owner.query(
		`insert into organisation (network_id, organisation_id, name, name_sort, kind, joined_at, left_at) values ($1, $2, 'Buurthuis Oost', 'buurthuis oost', 'welfare', $3, $3)`,
		[actors.holder.networkId, gone, installation.world.now()]
	);
	await owner.end();
	const back = sure(await proposeReturn(installation, officers.governor, { organisationId: gone }));
	sure(await confirmReturn(installation, actors.administrator, back));
}
