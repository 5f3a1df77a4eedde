import { idIn } from '../colleague.ts';
import type { Story } from '../story.ts';

/** A year of the books that is over: closed by two, after it was declined once. As long as there are any. */
const aYear: Story = {
	name: 'a year of the books',
	acts: ['year.close', 'year.confirm_close'],
	play: ({ office, closesYear }) =>
		closesYear(async (year) => {
			for (const answer of ['declined', 'confirmed']) {
				const closeId = idIn(await office.treasurer.does('year.close', '/pot/years', { year: String(year) }), 'closeId');
				await office.governor.does('year.confirm_close', `/pot/years/${closeId}/answer`, { answer });
			}
		})
};

export const bookStories: readonly Story[] = [aYear];
