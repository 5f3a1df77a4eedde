import type { Actor } from '../../src/foundation/actor.ts';
import type { Command } from '../../src/foundation/command/command.server.ts';
import type { Installation } from '../../src/foundation/installation.ts';
import { dayAt, daysBetween } from '../../src/foundation/time/days.ts';
import { invoiceContribution, pledgeContribution, receiveContribution } from '../../src/rooms/fund/contributions/commands.server.ts';
import { ledgerJobs } from '../../src/rooms/fund/ledger/jobs.server.ts';
import { askRequest, prepareRequest, sendRequest } from '../../src/rooms/fund/requests/commands.server.ts';
import { judgeRequest } from '../../src/rooms/fund/requests/judging/commands.server.ts';
import {
	recordDurability,
	recordEffects,
	recordGoal,
	recordPrecedents,
	recordProblem,
	recordScheme,
	recordTriangle
} from '../../src/rooms/fund/requests/steps/commands.server.ts';
import { voteOnRequest } from '../../src/rooms/fund/requests/votes/commands.server.ts';
import { confirmTeamFunding, fundTeam } from '../../src/rooms/fund/team-money/commands.server.ts';
import { inviteToTeam, joinTeam, makeTeam } from '../../src/rooms/people/teams/commands.server.ts';
import { looks, opens } from './long-ago.ts';
import type { Client, Doing } from './long-ago.ts';
import type { Office } from './people.ts';
import { scheme, steps } from './stories/larger-requests.ts';

export type Officers = Readonly<Record<Office, Actor>>;

/** How many years of the books are over and open. */
const yearsOver = 6;

/**
 * Fills the pot, so long ago that several years of its books are over.
 * @returns those years, the oldest first
 */
export async function fillPot(does: Doing, office: Officers): Promise<number[]> {
	const today = dayAt(new Date());
	const thisYear = Number(today.slice(0, 4));
	const years = Array.from({ length: yearsOver }, (_, index) => thisYear - yearsOver + index);
	for (const year of years) {
		const ago = daysBetween(`${year}-06-01`, today);
		const { contributionId } = await does(ago, pledgeContribution, office.administratorOfHolder, { amount: '5000000', year: String(year) });
		await does(ago - 1, invoiceContribution, office.treasurer, { contributionId, amount: '5000000', dueOn: today });
		await does(ago - 2, receiveContribution, office.treasurer, { contributionId, amount: '5000000' });
	}
	return years;
}

/** A team with money of its own. */
export async function makeRichTeam(does: Doing, office: Officers, { holder, partner, second, third }: Client, number: number) {
	const { teamId } = await does(100, makeTeam, office.administrator, { name: `Team van ${number}`, area: 'Noord' });
	for (const { membershipId, ...who } of [holder, partner, second, third]) {
		const { invitationId } = await does(100, inviteToTeam, office.administrator, { teamId, membershipId });
		await does(99, joinTeam, { ...who, membershipId }, { invitationId });
	}
	const { fundingId } = await does(98, fundTeam, office.treasurer, { teamId, amount: '300' });
	await does(97, confirmTeamFunding, office.governor, { fundingId, answer: 'confirmed' });
	return teamId;
}

/** Money that was set aside for a small request, and never paid: its term is over. */
export async function setAsideByTeam(
	does: Doing,
	installation: Installation,
	client: Client,
	teamId: string
): Promise<{ requestId: string; reservationId: string }> {
	const { holder, partner, second, third } = client;
	const { networkId } = holder;
	const caseId = await opens(does, 90, client);
	const small = { caseId, teamId, what: 'Een bed.', supplier: 'Beddenwinkel', why: 'Het duurt zes weken.', amount: '75' };
	const { requestId, questionId } = await does(90, askRequest, holder, small);
	for (const voter of [partner, second, third]) {
		const { askId } = await installation.door.actor(voter, new Date(), (tx) =>
			tx
				.selectFrom('questionAsk')
				.select('askId')
				.where('networkId', '=', networkId)
				.where('questionId', '=', questionId)
				.where('personId', '=', voter.personId)
				.executeTakeFirstOrThrow()
		);
		await does(89, voteOnRequest, voter, { askId });
	}
	const { reservationId } = await installation.door.job(networkId, new Date(), (tx) =>
		tx
			.selectFrom('reservation')
			.select('reservationId')
			.where('networkId', '=', networkId)
			.where('requestId', '=', requestId)
			.executeTakeFirstOrThrow()
	);
	return { requestId, reservationId };
}

const recording: Readonly<Record<string, Command<unknown>>> = {
	...{ goal: recordGoal, problems: recordProblem, triangle: recordTriangle, durability: recordDurability, effects: recordEffects },
	precedents: recordPrecedents
};

/** A request before the secretariat, which has not decided in time. An acute one has only the steps that it cannot do without. */
export async function askedOfSecretariat(does: Doing, daysAgo: number, client: Client, acute = false): Promise<string> {
	const { holder } = client;
	const caseId = await opens(does, daysAgo, client);
	const wish = { caseId, what: 'De eerste huur.', supplier: 'De Kade', why: 'Er is geen regeling.', amount: '2.500', acute };
	const { requestId } = await does(daysAgo, prepareRequest, holder, wish);
	const needed = acute ? steps.filter(([path]) => ['goal', 'durability', 'effects'].includes(path)) : steps;
	for (const [path, body] of needed) {
		const record = recording[path];
		if (!record) throw new Error(`Nothing records ${path}.`);
		await does(daysAgo, record, holder, { requestId, ...body });
	}
	if (!acute) await does(daysAgo, recordScheme, holder, { requestId, ...scheme });
	await does(daysAgo, sendRequest, holder, { requestId });
	return requestId;
}

/** What the secretariat granted, and of which the money was never used. */
export async function setAsideBySecretariat(does: Doing, office: Officers, client: Client): Promise<string> {
	const requestId = await askedOfSecretariat(does, 95, client);
	for (const judge of [office.secretaryOfTeam, office.secretaryOfCity])
		await does(94, judgeRequest, judge, { requestId, verdict: 'grant' });
	return requestId;
}

/** Lets what is set aside and past its term go back into the pot. */
export const letGo = (installation: Installation, networkId: string): Promise<void> =>
	looks(installation, ledgerJobs, 'sweep.reservations', networkId);
