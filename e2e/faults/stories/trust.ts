import { idIn } from '../colleague.ts';
import { dayFromNow } from '../story.ts';
import type { Cast, Story } from '../story.ts';

/** Two organisations have one pair at a time, and everyone plays for the same two: one after the other. */
let before: Promise<unknown> = Promise.resolve();
const inTurn = (play: () => Promise<void>): Promise<void> => {
	const mine = before.then(play, play);
	before = mine;
	return mine;
};

async function playPair({ holder, partner }: Cast): Promise<void> {
	const asks = { membershipId: partner.person.membershipId, message: 'Zullen we kijken hoe het gaat?' };
	const opened = await holder.does('pair.open', '/pairs', asks);
	const pairId = idIn(opened, 'pairId');
	await partner.does('seat.accept', `/invitations/${idIn(opened, 'invitationId')}/acceptance`);
	const roundId = idIn(await partner.does('trust.open_round', `/pairs/${pairId}/rounds`), 'roundId');
	await partner.does('trust.answer', `/trust-rounds/${roundId}/answers`, { scores: [4, 4, 3, 4, 5] });
	await holder.does('trust.answer', `/trust-rounds/${roundId}/answers`, { scores: [3, 4, 3, 2, 5] });
	const promise = { what: 'Ik bel voordat ik mail.', dueOn: dayFromNow(20), receiverId: partner.person.personId };
	await holder.does('agreement.make', `/cases/${pairId}/agreements`, promise);
	await holder.does('pair.end', `/pairs/${pairId}/end`);
}

/** Trust in a pair: asked, answered by both, one thing promised, and ended. */
const aPair: Story = {
	name: 'trust in a pair',
	acts: ['pair.open', 'seat.accept', 'trust.open_round', 'trust.answer', 'agreement.make', 'pair.end'],
	play: (cast) => inTurn(() => playPair(cast))
};

export const trustStories: readonly Story[] = [aPair];
