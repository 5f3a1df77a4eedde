import { idIn } from '../colleague.ts';
import { dayFromNow, opensTable, today } from '../story.ts';
import type { Story } from '../story.ts';

/** A ladder that is climbed to outside the network, each rung with another answer, and a time-out that did more than agreed. */
const aLadder: Story = {
	name: 'a ladder',
	acts: [
		...(['case.open', 'seat.invite', 'seat.accept', 'escalation.ask', 'escalation.answer'] as const),
		...(['agreement.make', 'agreement.report', 'agreement.answer', 'agreement.did_more'] as const)
	],
	async play(cast) {
		const { holder, partner, third, office } = cast;
		const caseId = await opensTable(cast);
		const asks = async (more: object) =>
			idIn(
				await holder.does('escalation.ask', `/cases/${caseId}/escalations`, { words: 'Wacht met de incasso.', ...more }),
				'escalationId'
			);
		const answered = (who: typeof holder, escalationId: string, more: object) =>
			who.does('escalation.answer', `/escalations/${escalationId}/answer`, more);
		const foot = await asks({ rung: 'colleagues', membershipIds: [third.person.membershipId] });
		await answered(third, foot, { answer: 'next', words: 'Dit ligt hoger.' });
		await answered(office.secretaryOfCity, await asks({ rung: 'secretariat' }), { answer: 'no', words: 'Dit kan niet.' });
		const organisationId = office.governor.person.organisationId;
		await answered(office.governor, await asks({ rung: 'governors', organisationId }), { answer: 'next', words: 'Vraag het buiten.' });
		const outside = await asks({ rung: 'outside', outside: 'bailiff' });
		await answered(holder, outside, { answer: 'outside_said', words: 'Zij wachten.', proof: 'Een brief.' });

		const wish = { what: 'Wij wachten met de huur.', proof: 'De schuldhulp begint.', dueOn: today(), receiverId: holder.person.personId };
		const pause = { ...wish, kind: 'time_out', insideRoom: true, dueOn: dayFromNow(9) };
		const agreementId = idIn(await partner.does('agreement.make', `/cases/${caseId}/agreements`, pause), 'agreementId');
		await partner.does('agreement.report', `/agreements/${agreementId}/reports`, { outcome: 'kept' });
		await holder.does('agreement.answer', `/agreements/${agreementId}/answers`, { answer: 'confirmed' });
		await holder.does('agreement.did_more', `/agreements/${agreementId}/did-more`, { words: 'Je belde ook nog.' });
	}
};

/** How long each rung has is proposed by the one, and confirmed or declined by the other; the terms with which a network begins, so that the ladder beside it keeps its days. */
const terms: Story = {
	name: 'the terms of the ladder',
	acts: ['ladder_terms.propose', 'ladder_terms.confirm'],
	async play({ office }) {
		for (const answer of ['confirmed', 'declined']) {
			const wish = { colleagues: 2, secretariat: 2, governors: 5, outside: 10 };
			const termsId = idIn(await office.administrator.does('ladder_terms.propose', '/ladder-terms/proposals', wish), 'termsId');
			await office.governor.does('ladder_terms.confirm', `/ladder-terms/proposals/${termsId}/answer`, { answer });
		}
	}
};

export const escalationStories: readonly Story[] = [aLadder, terms];
