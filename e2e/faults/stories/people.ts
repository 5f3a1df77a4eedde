import { idIn } from '../colleague.ts';
import type { Colleague } from '../colleague.ts';
import { dayFromNow, today } from '../story.ts';
import type { Cast, Story } from '../story.ts';

/** A new team with these colleagues in it. */
export async function makesTeam({ office, next }: Cast, members: readonly Colleague[]): Promise<string> {
	const { administrator } = office;
	const teamId = idIn(await administrator.does('team.make', '/teams', { name: `Team ${next()}`, area: 'Noord' }), 'teamId');
	const joins = async (member: Colleague) =>
		member.does('team.join', `/team-invitations/${await proposes(administrator, teamId, member)}/acceptance`);
	await Promise.all(members.map(joins));
	return teamId;
}
const proposes = async (administrator: Colleague, teamId: string, { person }: Colleague): Promise<string> =>
	idIn(await administrator.does('team.invite', `/teams/${teamId}/invitations`, { membershipId: person.membershipId }), 'invitationId');

/** A team, and duty in it: taken, given up, asked of a colleague. */
const aTeam: Story = {
	name: 'a team',
	acts: [
		...(['team.make', 'team.invite', 'team.join', 'team.decline', 'team.leave', 'duty.take', 'duty.give_up', 'duty.ask'] as const),
		...(['duty.accept', 'duty.decline', 'team.withdraw'] as const)
	],
	async play(cast) {
		const { holder, partner, third, office } = cast;
		const teamId = await makesTeam(cast, [holder, partner]);
		await third.does('team.decline', `/team-invitations/${await proposes(office.administrator, teamId, third)}/refusal`);
		const invitationId = await proposes(office.administrator, teamId, third);
		await office.administrator.does('team.withdraw', `/team-invitations/${invitationId}/withdrawal`);
		const days = { fromDay: today(), untilDay: today() };
		const dutyId = idIn(await holder.does('duty.take', `/teams/${teamId}/duties`, days), 'dutyId');
		await holder.does('duty.give_up', `/duties/${dutyId}`, undefined, 'DELETE');
		const wish = { ...days, membershipId: partner.person.membershipId };
		const ask = async () => idIn(await holder.does('duty.ask', `/teams/${teamId}/duty-requests`, wish), 'askId');
		await partner.does('duty.decline', `/duty-requests/${await ask()}/refusal`);
		await partner.does('duty.accept', `/duty-requests/${await ask()}/acceptance`);
		await holder.does('team.leave', `/teams/${teamId}/departure`);
	}
};

/** A table at which the start is spoken of, and a round of the scan: of each one is open at a time. */
async function startTableAndScan({ holder, partner, third, next }: Cast): Promise<void> {
	const tableId = idIn(await holder.does('start_table.open', '/start-tables'), 'tableId');
	const note = (who: Colleague, text: string) =>
		who.does('start_table.note', `/start-tables/${tableId}/notes`, { part: 'relations', text: `${text} ${next()}.` });
	await Promise.all([note(holder, 'Wij bellen'), note(partner, 'Wij komen langs'), note(third, 'Wij vragen het')]);
	await partner.does('start_table.move', `/start-tables/${tableId}/moves`, { part: 'process' });
	await holder.does('start_table.close', `/start-tables/${tableId}/closing`);
	const scan = `/scans/${idIn(await holder.does('scan.open', '/scans', { closesOn: today() }), 'roundId')}`;
	const sheet = (who: Colleague) =>
		who.does('scan.hand_in', `${scan}/sheets`, {
			answers: Array.from({ length: 20 }, (_, index) => (index % 6 === 0 ? null : index % 6))
		});
	await Promise.all([sheet(holder), sheet(partner), sheet(third)]);
	await partner.does('scan.close', `${scan}/closing`);
}

/** What someone writes of themselves, what the network writes at its start, and a colleague who goes. */
const theNetwork: Story = {
	name: 'people and start',
	acts: [
		...(['profile.keep', 'start.write', 'sign.look_back', 'organisation.show_names'] as const),
		...([
			'start.existing',
			'start.record_years',
			'start.state_interest',
			'start_table.open',
			'start_table.note',
			'start_table.move',
			'start_table.close'
		] as const),
		...(['scan.open', 'scan.hand_in', 'scan.close'] as const),
		...(['membership.propose', 'membership.withdraw', 'membership.confirm'] as const),
		...(['membership.propose_end', 'membership.withdraw_end', 'membership.confirm_end'] as const)
	],
	async play(cast) {
		const { holder, office, next } = cast;
		await holder.does('profile.keep', '/profile', { topics: `Huurschuld ${next()}`, languages: ['tr'], available: true, willing: true });
		const write = (part: string) => holder.does('start.write', '/start', { part, text: `Zin ${next()} over ${part}.` });
		for (const part of ['went_before', 'who', 'challenge', 'ambition']) await write(part);
		const startId = idIn(await write('sign_1'), 'startId');
		await holder.does('sign.look_back', `/start/${startId}/looks`, { seen: true, onDay: today() });
		await holder.does('start.state_interest', '/start/interests', { gains: `Rust ${next()}.`, brings: 'Kennis.', keeps: 'Onze naam.' });
		await holder.does('start.existing', '/start/existing', { since: 2016 });
		await holder.does('start.record_years', '/start/earlier-years', {
			years: [{ year: 2020, cases: next(), granted: '1.200,50', source: 'Jaarverslag 2020' }]
		});
		await cast.inTurn(() => startTableAndScan(cast));
		await office.administrator.does('organisation.show_names', '/organisation/names-to-residents', {
			show: next() % 2 === 0 ? 'yes' : 'no'
		});

		const joins = async () =>
			idIn(
				await office.administrator.does('membership.propose', '/membership-proposals', {
					...{ name: `Nieuw ${next()}`, email: `nieuw-${crypto.randomUUID()}@voorbeeld.example` },
					...{ functionTitle: 'wijkwerker', roles: ['professional'] }
				}),
				'proposalId'
			);
		await office.administrator.does('membership.withdraw', `/membership-proposals/${await joins()}/withdrawal`);
		await office.facilitator.does('membership.confirm', `/membership-proposals/${await joins()}/confirmation`);

		const membershipId = cast.spare();
		if (membershipId === null) return;
		const propose = async () =>
			idIn(await office.administratorOfSpares.does('membership.propose_end', `/memberships/${membershipId}/ends`), 'endId');
		await office.administratorOfSpares.does('membership.withdraw_end', `/membership-ends/${await propose()}/withdrawal`);
		await office.facilitator.does('membership.confirm_end', `/membership-ends/${await propose()}/confirmation`);
	}
};

/** An organisation wants to leave in a while: taken back at once, and after another confirmed it. One proposal at a time for an organisation. */
const leaving: Story = {
	name: 'an organisation that stays',
	acts: ['organisation.propose_leave', 'organisation.confirm_leave', 'organisation.withdraw_leave'],
	play: ({ office, inTurn }) =>
		inTurn(async () => {
			const { administratorOfHolder, governor } = office;
			const propose = async () =>
				idIn(
					await administratorOfHolder.does('organisation.propose_leave', '/organisation-leaves', { leavesOn: dayFromNow(90) }),
					'leaveId'
				);
			const withdraw = (leaveId: string) =>
				administratorOfHolder.does('organisation.withdraw_leave', `/organisation-leaves/${leaveId}/withdrawal`);
			await withdraw(await propose());
			const leaveId = await propose();
			await governor.does('organisation.confirm_leave', `/organisation-leaves/${leaveId}/confirmation`);
			await withdraw(leaveId);
		})
};

/** An organisation that left long ago comes back: taken back at first, then confirmed. Nothing when all are back. */
const comingBack: Story = {
	name: 'an organisation that comes back',
	acts: ['organisation.propose_return', 'organisation.confirm_return', 'organisation.withdraw_return'],
	play: ({ office, inTurn }) =>
		inTurn(async () => {
			const { administrator, governor } = office;
			const { left } = (await administrator.reads('/organisation-returns')) as { left: readonly { organisationId: string }[] };
			const [organisation] = left;
			if (!organisation) return;
			const propose = async () =>
				idIn(
					await administrator.does('organisation.propose_return', '/organisation-returns', { organisationId: organisation.organisationId }),
					'returnId'
				);
			await administrator.does('organisation.withdraw_return', `/organisation-returns/${await propose()}/withdrawal`);
			await governor.does('organisation.confirm_return', `/organisation-returns/${await propose()}/confirmation`);
		})
};

export const peopleStories: readonly Story[] = [aTeam, theNetwork, leaving, comingBack];
