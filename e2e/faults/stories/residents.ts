import { idIn } from '../colleague.ts';
import { opensCase } from '../story.ts';
import type { Story } from '../story.ts';

/** The resident's own link: what they say they do not agree with is answered; then the link is taken back. */
const aResident: Story = {
	name: 'a resident',
	acts: ['case.open', 'resident_link.make', 'resident.object', 'objection.answer', 'resident_link.revoke'],
	async play(cast) {
		const { holder, slug, ledger } = cast;
		const caseId = await opensCase(cast);
		const made = await holder.does('resident_link.make', `/cases/${caseId}/resident-link`);
		const secret = idIn(made, 'address').split('/').at(-1) ?? '';
		await cast.postsForm('resident.object', `/bewoner/${slug}/${secret}/bezwaar`, { words: 'Dit klopt niet.' });
		const { objections } = (await holder.reads(`/cases/${caseId}/objections`)) as { objections: { objectionId: string }[] };
		const [objection] = objections;
		if (!objection || objections.length !== 1) {
			ledger.strange.push(`One objection was sent, ${objections.length} are there.`);
			return;
		}
		await holder.does('objection.answer', `/objections/${objection.objectionId}/answers`, { words: 'Wij passen het aan.' });
		await holder.does('resident_link.revoke', `/cases/${caseId}/resident-link`, undefined, 'DELETE');
	}
};

export const residentStories: readonly Story[] = [aResident];
