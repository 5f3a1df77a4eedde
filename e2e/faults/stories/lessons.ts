import { idIn } from '../colleague.ts';
import { dayFromNow, opensTable } from '../story.ts';
import type { Story } from '../story.ts';

/** A lesson: written down, taken over in a case, and put away. */
const aLesson: Story = {
	name: 'a lesson',
	acts: ['lesson.make', 'lesson.use', 'lesson.retire'],
	async play(cast) {
		const { holder, partner, next } = cast;
		const words = {
			...{ form: 'fixed_contact', title: `Een vaste monteur ${next()}` },
			...{ did: 'Elke straat een monteur.', changed: 'Bewoners bellen eerder.' }
		};
		const lessonId = idIn(await holder.does('lesson.make', '/lessons', words), 'lessonId');
		const caseId = await opensTable(cast);
		const promise = { what: 'Ik kom elke week langs.', dueOn: dayFromNow(20), receiverId: holder.person.personId };
		const made = await partner.does('agreement.make', `/cases/${caseId}/agreements`, promise);
		await partner.does('lesson.use', `/agreements/${idIn(made, 'agreementId')}/lessons`, { lessonId });
		await holder.does('lesson.retire', `/lessons/${lessonId}/retirement`);
	}
};

export const lessonStories: readonly Story[] = [aLesson];
