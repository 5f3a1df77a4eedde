import { addDays, dayAt } from '#foundation/time/days.ts';
import { makeAgreement } from '#rooms/agreements/commands.server.ts';
import { remindOrganisation } from '#rooms/table/attention/commands.server.ts';
import { manyOpen } from '#rooms/table/attention/rules.ts';
import { openChain } from './fill-chain.server.ts';
import type { Scene } from './scene.server.ts';
import { sure } from './sure.ts';

/** Someone with much to do, in a project, so that nobody sits at one case more; a facilitator had their organisation reminded of it. */
export async function fillAttention(scene: Scene): Promise<void> {
	const { installation, actors, officers } = scene;
	const [opener, other] = [officers.administratorTwo, officers.governor];
	const caseId = await openChain(scene, opener, other);
	const dueOn = addDays(dayAt(installation.world.now()), 30);
	for (let count = 0; count < manyOpen; count++)
		sure(await makeAgreement(installation, other, { caseId, what: 'Ik bel', dueOn, receiverId: opener.personId }));
	sure(await remindOrganisation(installation, actors.facilitator, { organisationId: other.organisationId, code: 'overloaded' }));
}
