import { idIn } from '../colleague.ts';
import type { Colleague } from '../colleague.ts';
import { opensCase } from '../story.ts';
import type { Cast, Story } from '../story.ts';
import { makesTeam } from './people.ts';
import { cardPayment } from './receipts.ts';

const small = { what: 'Een bed.', supplier: 'Beddenwinkel Zacht', why: 'De bijzondere bijstand duurt zes weken.', amount: '75' };

interface Asked {
	readonly requestId: string;
	readonly questionId: string;
}

/** Asks a small amount of a team. */
async function asksSmall(cast: Cast, teamId: string): Promise<Asked> {
	const path = `/cases/${await opensCase(cast)}/small-requests`;
	const asked = await cast.holder.does('request.ask', path, { ...small, teamId });
	return { requestId: idIn(asked, 'requestId'), questionId: idIn(asked, 'questionId') };
}

/** How someone of the team is asked for their vote. */
async function askOf(who: Colleague, { questionId }: Asked): Promise<string> {
	const { asks } = (await who.reads('/asks')) as { asks: { askId: string; questionId: string }[] };
	return idIn({ askId: asks.find((ask) => ask.questionId === questionId)?.askId }, 'askId');
}

const vote = async (who: Colleague, asked: Asked) => who.does('request.vote', `/asks/${await askOf(who, asked)}/vote`);

/** The light lane: agreed to before there is money and after it, paid with the card of the team and its receipt; one found to deserve more, one taken back. */
const aSmallRequest: Story = {
	name: 'a small request',
	acts: [
		...(['case.open', 'team.make', 'team.invite', 'team.join', 'request.ask', 'request.vote', 'team.fund', 'team.confirm_fund'] as const),
		...(['request.ask_more', 'request.withdraw', 'payment.submit'] as const)
	],
	async play(cast) {
		const { holder, partner, second, third, office } = cast;
		const voters = [partner, second, third];
		const teamId = await makesTeam(cast, [holder, ...voters]);
		const short = await asksSmall(cast, teamId);
		// All at once: one of them decides.
		await Promise.all(voters.map((voter) => vote(voter, short)));
		const funding = async (answer: 'confirmed' | 'declined') => {
			const fundingId = idIn(await office.treasurer.does('team.fund', '/team-fundings', { teamId, amount: '500' }), 'fundingId');
			await office.governor.does('team.confirm_fund', `/team-fundings/${fundingId}/answer`, { answer });
		};
		await funding('declined');
		await funding('confirmed');
		const granted = await asksSmall(cast, teamId);
		await Promise.all(voters.map((voter) => vote(voter, granted)));
		await holder.does('payment.submit', `/requests/${granted.requestId}/payments`, await cardPayment(cast, '70'));

		const more = await asksSmall(cast, teamId);
		await partner.does('request.ask_more', `/asks/${await askOf(partner, more)}/more`, { text: 'Hier speelt meer.' });
		await holder.does('request.withdraw', `/requests/${more.requestId}/withdrawal`);
	}
};

export const requestStories: readonly Story[] = [aSmallRequest];
