import { idIn } from '../colleague.ts';
import { dayFromNow, opensCase, opensTable, seats } from '../story.ts';
import type { Story } from '../story.ts';

/** A case from the first word until it is closed with its cause, and once more open. */
const aCase: Story = {
	name: 'a case',
	acts: [
		...(['case.open', 'seat.invite', 'seat.accept', 'agreement.make', 'agreement.report', 'agreement.answer'] as const),
		...(['value_map.record', 'case.close', 'case.reopen'] as const)
	],
	async play(cast) {
		const { holder, partner, ledger } = cast;
		const caseId = await opensTable(cast);
		const promise = { what: 'Ik bel de deurwaarder.', dueOn: dayFromNow(7), receiverId: holder.person.personId };
		const agreementId = idIn(await partner.does('agreement.make', `/cases/${caseId}/agreements`, promise), 'agreementId');
		await partner.does('agreement.report', `/agreements/${agreementId}/reports`, { outcome: 'kept', words: 'Gelukt.' });
		await holder.does('agreement.answer', `/agreements/${agreementId}/answers`, { answer: 'confirmed' });
		const looming = [{ price: 'huisuitzetting-maatschappelijk', quantity: 1, years: 1, chancePercent: 60 }];
		await partner.does('value_map.record', `/cases/${caseId}/value-maps`, { potCents: 500_00, horizonYears: 1, looming });
		const closing = { outcome: 'helped', cause: 'work_habit', responsible: 'other_outside', words: 'Zo deden we het altijd.' };
		await holder.does('case.close', `/cases/${caseId}/closure`, closing);
		// What was acknowledged is there to be read.
		const table = (await partner.reads(`/cases/${caseId}`)) as { state?: unknown; agreements?: { state?: unknown }[] };
		if (table.state !== 'closed' || table.agreements?.[0]?.state !== 'kept')
			ledger.strange.push(`A closed case reads as ${String(table.state)}, its agreement as ${String(table.agreements?.[0]?.state)}.`);
		await holder.does('case.reopen', `/cases/${caseId}/reopenings`);
	}
};

/** Who is asked to the table, does not come, is not asked after all, comes and goes. */
const aTable: Story = {
	name: 'a table',
	acts: ['case.open', 'seat.invite', 'seat.accept', 'seat.decline', 'seat.withdraw', 'seat.leave'],
	async play(cast) {
		const { holder, partner, third } = cast;
		const caseId = await opensCase(cast);
		const asking = { membershipId: third.person.membershipId, message: 'Doe je mee?' };
		const invite = async () => idIn(await holder.does('seat.invite', `/cases/${caseId}/invitations`, asking), 'invitationId');
		await third.does('seat.decline', `/invitations/${await invite()}/refusal`);
		await holder.does('seat.withdraw', `/invitations/${await invite()}/withdrawal`);
		await seats(cast, caseId, partner);
		await partner.does('seat.leave', `/cases/${caseId}/seats/me`, undefined, 'DELETE');
	}
};

/** A case that goes to another holder, after it was declined and taken back. */
const aHandOver: Story = {
	name: 'handing over',
	acts: [
		...(['case.open', 'seat.invite', 'seat.accept', 'seat.offer_hand_over', 'seat.decline_hand_over'] as const),
		...(['seat.withdraw_hand_over', 'seat.take_over'] as const)
	],
	async play(cast) {
		const { holder, partner } = cast;
		const path = `/cases/${await opensTable(cast)}/hand-overs`;
		const offers = () =>
			holder.does('seat.offer_hand_over', path, {
				...{ membershipId: partner.person.membershipId, stays: 'yes', message: 'Neem jij het over?' }
			});
		await offers();
		await partner.does('seat.decline_hand_over', `${path}/refusal`);
		await offers();
		await holder.does('seat.withdraw_hand_over', path, undefined, 'DELETE');
		await offers();
		await partner.does('seat.take_over', `${path}/acceptance`);
	}
};

export const caseStories: readonly Story[] = [aCase, aTable, aHandOver];
