import { acceptAsk, askDecider } from '#rooms/agreements/asks/commands.server.ts';
import { acceptChange, changeAgreement } from '#rooms/agreements/changes/commands.server.ts';
import { makeAgreement } from '#rooms/agreements/commands.server.ts';
import { disputeRoom, nudge } from '#rooms/agreements/turns/commands.server.ts';
import { remindOfAgreements } from '#rooms/agreements/turns/jobs.server.ts';
import { acceptInvitation, inviteToTable } from '#rooms/cases/commands.server.ts';
import { acceptMandate, endMandate, proposeMandate } from '#rooms/people/mandates/commands.server.ts';
import { stateRoom } from '#rooms/people/room/commands.server.ts';
import { sure } from './sure.ts';
import type { Scene, SceneRole } from './scene.server.ts';

/** A mandate for money of someone of the neighbourhood team, proposed by its administrator and accepted. */
export async function giveMandate(
	{ installation, actors }: Scene,
	role: SceneRole,
	amounts: { readonly caseAmount: string; readonly periodAmount: string; readonly validFrom?: string; readonly validUntil?: string }
): Promise<string> {
	const { mandateId } = sure(
		await proposeMandate(installation, actors.administrator, {
			...{ membershipId: actors[role].membershipId, kind: 'money', validFrom: '2026-01-01', validUntil: '2030-12-31' },
			...amounts
		})
	);
	sure(await acceptMandate(installation, actors[role], { mandateId }));
	return mandateId;
}

/** Room, mandates and agreements of every kind, so that none of their tables is empty. */
export async function fillAgreements(scene: Scene, caseId: string): Promise<void> {
	const { installation, actors } = scene;
	sure(await stateRoom(installation, actors.administrator, { sentence: 'Alles, behalve een huurcontract.' }));
	await giveMandate(scene, 'facilitator', { caseAmount: '1000', periodAmount: '5000' });
	const ended = await giveMandate(scene, 'seated', { caseAmount: '10', periodAmount: '10' });
	sure(await endMandate(installation, actors.administrator, { mandateId: ended }));
	const wording = { caseId, what: 'Wij betalen de borg', dueOn: '2026-12-01', receiverId: actors.holder.personId };
	const { askId } = sure(
		await askDecider(installation, actors.seated, {
			...{ ...wording, kind: 'on_behalf', amount: '750', insideRoom: true, deciderMembershipId: actors.facilitator.membershipId }
		})
	);
	sure(await acceptAsk(installation, actors.facilitator, { askId }));
	const { mandateId: formal } = sure(
		await proposeMandate(installation, actors.administrator, {
			...{ membershipId: actors.seated.membershipId, kind: 'formal_decision', validFrom: '2026-01-01', validUntil: '2030-12-31' }
		})
	);
	sure(await acceptMandate(installation, actors.seated, { mandateId: formal }));
	sure(await makeAgreement(installation, actors.seated, { ...wording, kind: 'decision_follows', what: 'De urgentie' }));
	const { agreementId } = sure(await makeAgreement(installation, actors.seated, { ...wording, kind: 'on_behalf', insideRoom: true }));
	sure(await nudge(installation, actors.holder, { agreementId: await dueToday(scene, wording) }));
	const { versionId } = sure(
		await changeAgreement(installation, actors.holder, { agreementId, what: 'Wij betalen de huur', dueOn: '2026-12-02' })
	);
	sure(await acceptChange(installation, actors.seated, { agreementId, versionId }));
	const { membershipId } = actors.invited;
	sure(
		await acceptInvitation(
			installation,
			actors.invited,
			sure(await inviteToTable(installation, actors.holder, { caseId, membershipId, message: 'Kijk mee' }))
		)
	);
	sure(await disputeRoom(installation, actors.invited, { agreementId, words: 'Dit mag niet.' }));
	await remindOfAgreements(installation, actors.holder.networkId, new Date('2026-12-20T09:00:00Z'));
}

async function dueToday({ installation, actors }: Scene, wording: object): Promise<string> {
	const dueOn = installation.world.now().toISOString().slice(0, 10);
	return sure(await makeAgreement(installation, actors.seated, { ...wording, dueOn })).agreementId;
}
