import { idIn } from '../colleague.ts';
import { opensTable } from '../story.ts';
import type { Story } from '../story.ts';

/** A closed case is told without names: declined, written anew, released, and taken back. */
const aTold: Story = {
	name: 'a story without names',
	acts: ['case.open', 'seat.invite', 'seat.accept', 'case.close', 'story.write', 'story.confirm', 'story.withdraw'],
	async play(cast) {
		const { holder, partner, next } = cast;
		const path = `/cases/${await opensTable(cast)}`;
		await holder.does('case.close', `${path}/closure`, { outcome: 'helped', cause: 'none', responsible: '' });
		const writes = async (): Promise<string> =>
			idIn(
				await holder.does('story.write', `${path}/stories`, { resident: 'yes', words: `Wie wacht, betaalt dubbel: ${next()}.` }),
				'storyId'
			);
		await partner.does('story.confirm', `/stories/${await writes()}/hand`, { answer: 'declined' });
		const storyId = await writes();
		await partner.does('story.confirm', `/stories/${storyId}/hand`, { answer: 'released' });
		await holder.does('story.withdraw', `/stories/${storyId}/withdrawal`);
	}
};

export const toldStories: readonly Story[] = [aTold];
