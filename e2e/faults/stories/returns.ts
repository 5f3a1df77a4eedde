import { idIn } from '../colleague.ts';
import { dayFromNow, opensTable } from '../story.ts';
import type { Story } from '../story.ts';

/** That it worked out is told to who helped. */
const aThanks: Story = {
	name: 'success',
	acts: ['case.open', 'seat.invite', 'seat.accept', 'agreement.make', 'agreement.report', 'agreement.answer', 'case.tell_success'],
	async play(cast) {
		const { holder, partner } = cast;
		const caseId = await opensTable(cast);
		const promise = { what: 'Ik regel het.', dueOn: dayFromNow(7), receiverId: holder.person.personId };
		const agreementId = idIn(await partner.does('agreement.make', `/cases/${caseId}/agreements`, promise), 'agreementId');
		await partner.does('agreement.report', `/agreements/${agreementId}/reports`, { outcome: 'kept' });
		await holder.does('agreement.answer', `/agreements/${agreementId}/answers`, { answer: 'confirmed' });
		await holder.does('case.tell_success', `/cases/${caseId}/success`, {});
	}
};

/** A check of half a year ago is answered, as long as there are any. */
const aFollowUp: Story = {
	name: 'follow-up',
	acts: ['follow_up.answer'],
	async play({ holder }) {
		const { followUps } = (await holder.reads('/follow-ups')) as { followUps: { followUpId: string }[] };
		const [due] = followUps;
		if (due) await holder.does('follow_up.answer', `/follow-ups/${due.followUpId}/answers`, { outcome: 'reached', findings: [] });
	}
};

/** A study stands beside the returns of the network, and is taken away. */
const aStudy: Story = {
	name: 'a study',
	acts: ['study.attach', 'study.withdraw'],
	async play({ office, next }) {
		const study = {
			...{ title: `Wat snel helpen oplevert ${next()}`, source: 'Hogeschool', year: 2021, grade: '2' },
			...{ says: 'Wie snel geholpen wordt, houdt vaker het huis.', url: 'https://onderzoek.example/studie' }
		};
		const studyId = idIn(await office.facilitator.does('study.attach', '/studies', study), 'studyId');
		await office.facilitator.does('study.withdraw', `/studies/${studyId}/withdrawals`);
	}
};

export const returnStories: readonly Story[] = [aThanks, aFollowUp, aStudy];
