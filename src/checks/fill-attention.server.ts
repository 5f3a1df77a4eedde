import { addDays, dayAt } from '#foundation/time/days.ts';
import { makeAgreement } from '#rooms/agreements/commands.server.ts';
import { acceptInvitation, inviteToTable, openCase } from '#rooms/cases/commands.server.ts';
import { remindOrganisation } from '#rooms/table/attention/commands.server.ts';
import { manyOpen } from '#rooms/table/attention/rules.ts';
import { caseWords } from './case-words.ts';
import type { Scene } from './scene.server.ts';
import { sure } from './sure.ts';

/** Someone with much to do, at a table of another organisation, of which a facilitator had their organisation reminded. */
export async function fillAttention({ installation, actors }: Scene): Promise<void> {
	const { holder, seated, facilitator } = actors;
	const { caseId } = sure(await openCase(installation, holder, caseWords));
	const wish = { caseId, membershipId: seated.membershipId, message: 'Doe je mee?' };
	sure(await acceptInvitation(installation, seated, sure(await inviteToTable(installation, holder, wish))));
	const dueOn = addDays(dayAt(installation.world.now()), 30);
	for (let count = 0; count < manyOpen; count++)
		sure(await makeAgreement(installation, seated, { caseId, what: 'Ik bel', dueOn, receiverId: holder.personId }));
	sure(await remindOrganisation(installation, facilitator, { organisationId: seated.organisationId, code: 'overloaded' }));
}
