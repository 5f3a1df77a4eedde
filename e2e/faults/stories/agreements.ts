import { idIn } from '../colleague.ts';
import { dayFromNow, opensTable, seats, today } from '../story.ts';
import type { Cast, Story } from '../story.ts';

const roomOf = (cast: Cast) =>
	cast.office.administrator.does('room.state', '/rooms-to-agree', { sentence: `Alles, behalve huurcontract ${cast.next()}.` });

/** A mandate of the second colleague, that three different people put their hand to. */
async function givesMandate({ office, second }: Cast): Promise<string> {
	const wish = {
		...{ membershipId: second.person.membershipId, kind: 'money', caseAmount: '10000', periodAmount: '1000000' },
		...{ validFrom: dayFromNow(-1), validUntil: dayFromNow(365) }
	};
	return idIn(await office.administrator.does('mandate.propose', '/mandates', wish), 'mandateId');
}

/** What an organisation lets its people agree, and a colleague with a mandate who is asked to decide: yes, no, and not any more. */
const aMandate: Story = {
	name: 'a mandate',
	acts: [
		...(['case.open', 'seat.invite', 'seat.accept', 'room.state', 'mandate.propose', 'mandate.accept', 'mandate.confirm'] as const),
		...(['mandate.decline', 'mandate.end', 'agreement.ask_decider', 'agreement.accept_ask', 'agreement.decline_ask'] as const),
		...(['agreement.withdraw_ask', 'agreement.ask_change', 'agreement.change', 'agreement.accept_change'] as const)
	],
	async play(cast) {
		const { holder, partner, second, office } = cast;
		await roomOf(cast);
		const mandateId = await givesMandate(cast);
		await second.does('mandate.accept', `/mandates/${mandateId}/acceptance`);
		await office.governorOfTeam.does('mandate.confirm', `/mandates/${mandateId}/confirmation`);
		await second.does('mandate.decline', `/mandates/${await givesMandate(cast)}/decline`);

		const caseId = await opensTable(cast);
		const wish = {
			...{ what: 'Wij betalen de borg.', dueOn: dayFromNow(3), kind: 'on_behalf', insideRoom: true, amount: '750' },
			...{ receiverId: holder.person.personId, deciderMembershipId: second.person.membershipId }
		};
		const ask = async () => idIn(await partner.does('agreement.ask_decider', `/cases/${caseId}/asked-agreements`, wish), 'askId');
		const asked = await partner.does('agreement.ask_decider', `/cases/${caseId}/asked-agreements`, wish);
		await second.does('agreement.accept_ask', `/asks/${idIn(asked, 'askId')}/acceptance`);
		await changesBeyond(cast, idIn(asked, 'agreementId'));
		await second.does('agreement.decline_ask', `/asks/${await ask()}/decline`);
		await partner.does('agreement.withdraw_ask', `/asks/${await ask()}`, undefined, 'DELETE');
		await office.administrator.does('mandate.end', `/mandates/${mandateId}/end`);
	}
};

/** A change above what the promiser may decide: wanted by the promiser, and offered by the other party. Each is decided by who can, and then accepted. */
async function changesBeyond({ holder, partner, second }: Cast, agreementId: string): Promise<void> {
	const path = `/agreements/${agreementId}`;
	const change = (amount: string) => ({ what: 'Wij betalen de borg en de huur.', dueOn: dayFromNow(4), insideRoom: true, amount });
	const deciderMembershipId = second.person.membershipId;
	const wanted = await partner.does('agreement.ask_change', `${path}/asked-versions`, { ...change('800'), deciderMembershipId });
	await second.does('agreement.accept_ask', `/asks/${idIn(wanted, 'askId')}/acceptance`);
	await holder.does('agreement.accept_change', `${path}/versions/${idIn(wanted, 'versionId')}/acceptance`);
	const offered = idIn(await holder.does('agreement.change', `${path}/versions`, change('850')), 'versionId');
	const asked = await partner.does('agreement.ask_change', `${path}/versions/${offered}/asks`, { deciderMembershipId });
	await second.does('agreement.accept_ask', `/asks/${idIn(asked, 'askId')}/acceptance`);
	await partner.does('agreement.accept_change', `${path}/versions/${offered}/acceptance`);
}

/**
 * A formal decision of an organisation that said who takes them. Who has the mandate announces one; who has not asks in one tap, and hears yes and no.
 * The mandate is never ended: a newer one, also of another client, takes its place.
 */
const aDecision: Story = {
	name: 'a formal decision',
	acts: [
		...(['case.open', 'seat.invite', 'seat.accept', 'mandate.propose', 'mandate.accept', 'mandate.confirm', 'agreement.make'] as const),
		...(['agreement.ask_decider', 'agreement.accept_ask', 'agreement.decline_ask'] as const)
	],
	async play(cast) {
		const { holder, third, office } = cast;
		const { administratorOfCity, governor, secretaryOfCity } = office;
		const deciderMembershipId = secretaryOfCity.person.membershipId;
		const given = { membershipId: deciderMembershipId, kind: 'formal_decision', validFrom: dayFromNow(-1), validUntil: dayFromNow(365) };
		const mandateId = idIn(await administratorOfCity.does('mandate.propose', '/mandates', given), 'mandateId');
		await secretaryOfCity.does('mandate.accept', `/mandates/${mandateId}/acceptance`);
		await governor.does('mandate.confirm', `/mandates/${mandateId}/confirmation`);

		const caseId = await opensTable(cast);
		await seats(cast, caseId, third);
		await seats(cast, caseId, secretaryOfCity);
		const wish = { what: 'Een besluit over bijstand.', dueOn: dayFromNow(9), kind: 'decision_follows', receiverId: holder.person.personId };
		await secretaryOfCity.does('agreement.make', `/cases/${caseId}/agreements`, wish);
		for (const answer of ['accept', 'decline'] as const) {
			const asked = { ...wish, deciderMembershipId };
			const askId = idIn(await third.does('agreement.ask_decider', `/cases/${caseId}/asked-agreements`, asked), 'askId');
			if (answer === 'accept') await secretaryOfCity.does('agreement.accept_ask', `/asks/${askId}/acceptance`);
			else await secretaryOfCity.does('agreement.decline_ask', `/asks/${askId}/decline`);
		}
	}
};

/** Agreements of three kinds, changed, nudged and doubted. */
const threeKinds: Story = {
	name: 'agreements',
	acts: [
		...([
			'case.open',
			'seat.invite',
			'seat.accept',
			'room.state',
			'agreement.make',
			'agreement.change',
			'agreement.accept_change'
		] as const),
		...(['agreement.decline_change', 'agreement.nudge', 'agreement.dispute_room', 'agreement.report', 'agreement.answer'] as const)
	],
	async play(cast) {
		const { holder, partner, second } = cast;
		await roomOf(cast);
		const caseId = await opensTable(cast);
		const make = async (more: object) => {
			const wish = { what: 'Wij wachten met de huur.', dueOn: today(), receiverId: holder.person.personId, ...more };
			return idIn(await partner.does('agreement.make', `/cases/${caseId}/agreements`, wish), 'agreementId');
		};
		await make({ kind: 'i_do' });
		const decision = await make({ kind: 'decision_follows' });
		await partner.does('agreement.report', `/agreements/${decision}/reports`, { outcome: 'taken' });
		await holder.does('agreement.answer', `/agreements/${decision}/answers`, { answer: 'confirmed' });

		const agreementId = await make({ kind: 'on_behalf', insideRoom: true });
		const path = `/agreements/${agreementId}/versions`;
		const change = async () =>
			idIn(await holder.does('agreement.change', path, { what: 'Wij betalen de huur.', dueOn: today() }), 'versionId');
		await partner.does('agreement.accept_change', `${path}/${await change()}/acceptance`);
		await partner.does('agreement.decline_change', `${path}/${await change()}/decline`);
		await holder.does('agreement.nudge', `/agreements/${agreementId}/nudges`);
		await seats(cast, caseId, second);
		await second.does('agreement.dispute_room', `/agreements/${agreementId}/room-dispute`, { words: 'Dit mag niet.' });
	}
};

export const agreementStories: readonly Story[] = [aMandate, aDecision, threeKinds];
