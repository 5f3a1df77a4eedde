import { acceptInvitation } from '#rooms/cases/commands.server.ts';
import { endPair, openPair } from '#rooms/chain/pairs/commands.server.ts';
import { answerTrust, openRound } from '#rooms/chain/trust/commands.server.ts';
import type { Scene } from './scene.server.ts';
import { sure } from './sure.ts';

/** A pair that answered about each other, and was ended. */
export async function fillTrust({ installation, actors }: Scene): Promise<void> {
	const { holder, invited } = actors;
	const asks = { membershipId: invited.membershipId, message: 'Zullen we eens kijken hoe het gaat?' };
	const { pairId, invitationId } = sure(await openPair(installation, holder, asks));
	sure(await acceptInvitation(installation, invited, { invitationId }));
	const { roundId } = sure(await openRound(installation, holder, { pairId }));
	sure(await answerTrust(installation, holder, { roundId, scores: [4, 3, 4, 4, 5] }));
	sure(await answerTrust(installation, invited, { roundId, scores: [3, 3, 5, 2, 4] }));
	sure(await endPair(installation, invited, { pairId }));
}
