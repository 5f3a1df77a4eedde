import { answerRung, askRung } from '#rooms/agreements/escalation/commands.server.ts';
import { tellOverdue } from '#rooms/agreements/escalation/jobs.server.ts';
import { firstTerms } from '#rooms/agreements/escalation/rules.ts';
import { confirmTerms, proposeTerms } from '#rooms/agreements/escalation/terms/commands.server.ts';
import { makeAgreement, reportAgreement } from '#rooms/agreements/commands.server.ts';
import { didMore } from '#rooms/agreements/more/commands.server.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import type { Scene } from './scene.server.ts';
import { sure } from './sure.ts';

/** The terms of the ladder as they stand, a ladder of which one rung did not answer in time and the next one said no, a time-out, and more done than agreed. */
export async function fillEscalation({ installation, actors, officers }: Scene, caseId: string): Promise<void> {
	const { holder, seated } = actors;
	const { termsId } = sure(await proposeTerms(installation, officers.governor, firstTerms));
	sure(await confirmTerms(installation, actors.administrator, { termsId, answer: 'confirmed' }));
	const wish = { caseId, wish: 'time_out', words: 'Wacht met de incasso.', amount: '750' };
	sure(await askRung(installation, holder, { ...wish, rung: 'colleagues', membershipIds: [actors.invited.membershipId] }));
	installation.world.tick(8 * 86_400_000);
	await tellOverdue(installation, holder.networkId, installation.world.now());
	const { escalationId } = sure(await askRung(installation, holder, { ...wish, rung: 'secretariat' }));
	sure(await answerRung(installation, officers.secretaryTwo, { escalationId, answer: 'no', words: 'Het is al betaald.' }));
	const { agreementId } = sure(
		await makeAgreement(installation, seated, {
			...{ caseId, kind: 'time_out', insideRoom: true, what: 'Wij wachten met de brief', proof: 'De schuldhulp begint' },
			...{ dueOn: addDays(dayAt(installation.world.now()), 30), receiverId: holder.personId }
		})
	);
	sure(await reportAgreement(installation, seated, { agreementId, outcome: 'kept' }));
	sure(await didMore(installation, holder, { agreementId, words: 'Je belde ook nog.' }));
}
