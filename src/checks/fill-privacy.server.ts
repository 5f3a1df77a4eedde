import { linkPath } from '#foundation/links/private-links.server.ts';
import { answerObjection, makeResidentLink, objectAsResident } from '#rooms/privacy/resident/commands.server.ts';
import { readResidentPlan } from '#rooms/privacy/resident/read.server.ts';
import { acceptInvitation, inviteToTable, openCase } from '#rooms/cases/commands.server.ts';
import { sure } from './sure.ts';
import { caseWords } from './case-words.ts';
import type { Scene } from './scene.server.ts';

/** The secret of a resident's link, as it stands in its address. */
export async function residentToken({ installation }: Pick<Scene, 'installation'>, linkId: string): Promise<string> {
	const token = (await linkPath(installation, 'haven', { linkId, purpose: 'resident' })).split('/').at(-1);
	if (token === undefined) throw new Error('A path ends with its secret.');
	return token;
}

/** A resident's link that was used to look and to object, and the answer. */
export async function fillPrivacy(scene: Scene, caseId: string): Promise<void> {
	const { installation, actors } = scene;
	const { linkId } = sure(await makeResidentLink(installation, actors.holder, { caseId }));
	const token = await residentToken(scene, linkId);
	sure(await readResidentPlan(installation, 'haven', token));
	const { objectionId } = sure(
		await objectAsResident(installation, 'haven', token, { key: installation.world.id(), words: 'Ik wil niet dat mijn zus dit weet.' })
	);
	sure(await answerObjection(installation, actors.holder, { objectionId, words: 'Wij zeggen je zus niets.' }));
}

export interface ResidentStage {
	readonly caseId: string;
	readonly linkId: string;
	readonly token: string;
	readonly objectionId: string;
}

/** A case with someone seated and someone invited, a standing link, and an objection that waits. */
export async function stageResident(scene: Scene): Promise<ResidentStage> {
	const { installation, actors } = scene;
	const { caseId } = sure(await openCase(installation, actors.holder, caseWords));
	const seat = sure(
		await inviteToTable(installation, actors.holder, { caseId, membershipId: actors.seated.membershipId, message: 'Doe je mee?' })
	);
	sure(await acceptInvitation(installation, actors.seated, seat));
	sure(await inviteToTable(installation, actors.holder, { caseId, membershipId: actors.invited.membershipId, message: 'En jij?' }));
	const { linkId } = sure(await makeResidentLink(installation, actors.holder, { caseId }));
	const token = await residentToken(scene, linkId);
	const { objectionId } = sure(
		await objectAsResident(installation, 'haven', token, { key: installation.world.id(), words: 'Dit klopt niet.' })
	);
	return { caseId, linkId, token, objectionId };
}
