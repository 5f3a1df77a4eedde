import { attachStudy } from '#rooms/returns/studies/commands.server.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { invoiceContribution, pledgeContribution, receiveContribution } from '#rooms/fund/contributions/commands.server.ts';
import { confirmTeamFunding, fundTeam } from '#rooms/fund/team-money/commands.server.ts';
import { lookBackOnSign } from '#rooms/network/start/commands.server.ts';
import { keepProfile } from '#rooms/people/profiles/commands.server.ts';
import { acceptMandate, confirmMandate, proposeMandate } from '#rooms/people/mandates/commands.server.ts';
import { stateRoom } from '#rooms/people/room/commands.server.ts';
import { inviteToTeam, joinTeam, makeTeam, takeDuty } from '#rooms/people/teams/commands.server.ts';
import { tellStart } from './telling-start.server.ts';
import { done, euros } from './cast.ts';
import type { Cast } from './cast.ts';
import { contributions, dutyWeeks, mandates, profiles, rooms, teamMembers } from './stories/beginning.ts';

/** How the demo network began: who, why, its team, what each keeps of themselves, and the pot. */
export async function tellBeginning(cast: Cast): Promise<void> {
	await tellWhy(cast);
	await tellPeople(cast);
	await tellMandates(cast);
	await tellTeam(cast);
	await tellPot(cast);
	await tellStudy(cast);
}

/** The facilitator sets a study beside the returns; it is invented, as everything of this network, and says so. */
async function tellStudy({ installation, actor }: Cast): Promise<void> {
	done(
		await attachStudy(installation, actor('marieke@wijkteam.example'), {
			title: 'Eerst rust, dan verder (verzonnen voorbeeld)',
			source: 'Hogeschool Havenstad',
			year: 2024,
			says: 'In 40 gezinnen, met 40 vergelijkbare gezinnen ernaast: 1,40 euro per euro, met alle uren erbij.',
			url: 'https://example.org/eerst-rust',
			grade: '3'
		})
	);
}

async function tellWhy(cast: Cast): Promise<void> {
	const { installation, actor, clock } = cast;
	const [first] = await tellStart(cast);
	if (first !== undefined)
		done(
			await lookBackOnSign(installation, actor('marieke@wijkteam.example'), {
				...{ startId: first, seen: true, onDay: dayAt(clock.now()) }
			})
		);
	for (const { by, sentence } of rooms) done(await stateRoom(installation, actor(by), { sentence }));
}

async function tellPeople({ installation, actor }: Cast): Promise<void> {
	for (const { who, ...profile } of profiles)
		done(await keepProfile(installation, actor(who), { available: true, willing: true, ...profile }));
}

/** Who may promise up to which amount on behalf of an organisation: proposed, accepted, and confirmed where there is a second pair of eyes. */
async function tellMandates({ installation, actor, today }: Cast): Promise<void> {
	for (const { who, caseCents, periodCents, ...mandate } of mandates) {
		const { mandateId } = done(
			await proposeMandate(installation, actor('petra@kade.example'), {
				...{ membershipId: actor(who).membershipId, kind: 'money', caseAmount: euros(caseCents), periodAmount: euros(periodCents) },
				...{ validFrom: dayAt(installation.world.now()), validUntil: addDays(today, 365) }
			})
		);
		done(await acceptMandate(installation, actor(who), { mandateId }));
		if ('second' in mandate) done(await confirmMandate(installation, actor(mandate.second), { mandateId }));
	}
}

async function tellTeam(cast: Cast): Promise<void> {
	const { installation, actor, clock } = cast;
	const facilitator = actor('marieke@wijkteam.example');
	const { teamId } = done(await makeTeam(installation, facilitator, { name: 'Team Noord', area: 'Havenstad Noord' }));
	for (const who of teamMembers) {
		const { membershipId } = actor(who);
		const { invitationId } = done(await inviteToTeam(installation, facilitator, { teamId, membershipId }));
		clock.on(440);
		done(await joinTeam(installation, actor(who), { invitationId }));
	}
	cast.teamId = teamId;
}

async function tellPot({ installation, actor, clock, teamId }: Cast): Promise<void> {
	if (teamId === undefined) throw new Error('The team comes before its money.');
	const treasurer = actor('willem@kade.example');
	for (const { by, cents } of contributions) {
		clock.on(430);
		const amount = euros(cents);
		const { contributionId } = done(
			await pledgeContribution(installation, actor(by), { amount, year: Number(dayAt(clock.now()).slice(0, 4)) })
		);
		done(await invoiceContribution(installation, treasurer, { contributionId, amount, dueOn: addDays(dayAt(clock.now()), 30) }));
		clock.on(410);
		done(await receiveContribution(installation, treasurer, { contributionId, amount }));
	}
	clock.on(405);
	const { fundingId } = done(await fundTeam(installation, treasurer, { teamId, amount: euros(400_000) }));
	done(await confirmTeamFunding(installation, actor('ineke@schuldhulp.example'), { fundingId, answer: 'confirmed' }));
}

/** The rota of the team from today on: who is on duty in which week. */
export async function tellDuty({ installation, actor, clock, teamId }: Cast): Promise<void> {
	if (teamId === undefined) throw new Error('The team comes before its rota.');
	for (const { who, fromDay, untilDay } of dutyWeeks) {
		const today = dayAt(clock.now());
		done(await takeDuty(installation, actor(who), { teamId, fromDay: addDays(today, fromDay), untilDay: addDays(today, untilDay) }));
	}
}
