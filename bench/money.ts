import type pg from 'pg';
import type { Installation } from '../src/foundation/installation.ts';
import type { Outcome } from '../src/foundation/outcome.ts';
import { pledgeContribution, receiveContribution } from '../src/rooms/fund/contributions/commands.server.ts';
import { prepareRequest } from '../src/rooms/fund/requests/commands.server.ts';
import { confirmTeamFunding, fundTeam } from '../src/rooms/fund/team-money/commands.server.ts';
import { inviteToTeam, joinTeam, makeTeam } from '../src/rooms/people/teams/commands.server.ts';
import type { Asker } from './prepare.ts';

/** People of a team, who stand by turns in the one and the other organisation. */
export interface MoneyTeam {
	readonly teamId: string;
	readonly members: readonly Asker[];
}

export interface Money {
	readonly teams: readonly MoneyTeam[];
	/** Who may note that money came in. */
	readonly keepers: readonly Asker[];
	/** Pledges on which a cent can come in very often. */
	readonly contributionIds: readonly string[];
	/** A larger request of the first who asks, being prepared. */
	readonly larger: { readonly caseId: string; readonly requestId: string };
}

/** Someone who asks and three who can decide, with one to spare. */
const teamSize = 5;
const pledges = 200;

const sure = <T>(outcome: Outcome<T>): T => {
	if (!outcome.ok) throw new Error(`Refused: ${outcome.refusal.code}`);
	return outcome.value;
};

/** So many, the first of those who ask, keep the pot too; the others are colleagues who do nothing else. */
export const keepers = 2;

/** Lets the keepers do what the money of the network needs. Before anyone has signed in. */
export async function giveRoles(owner: pg.Client, membershipIds: readonly string[]): Promise<void> {
	await owner.query(`update membership set roles = $2 where membership_id = any($1)`, [membershipIds, moneyRoles]);
}
export const moneyRoles = ['professional', 'administrator', 'treasurer', 'governor', 'facilitator', 'secretariat', 'checker'] as const;

/** Makes teams of those who ask, puts money in the pot and on the teams' cards, and pledges on which postings can be made: by the product's own commands. */
export async function prepareMoney(installation: Installation, askers: readonly Asker[]): Promise<Money> {
	const [first, second] = askers;
	if (!first || !second || askers.length < teamSize) throw new RangeError(`Money takes ${teamSize} people or more.`);
	const contributionIds: string[] = [];
	for (let number = 0; number < pledges; number++)
		contributionIds.push(
			sure(await pledgeContribution(installation, first.actor, { amount: '10000000', year: String(2000 + number) })).contributionId
		);
	sure(await receiveContribution(installation, first.actor, { contributionId: contributionIds[0], amount: '5000000' }));
	const teams: MoneyTeam[] = [];
	for (let from = 0; from + teamSize <= askers.length; from += teamSize) {
		const rest = askers.length - from;
		// Who is left over is in the last team.
		const members = askers.slice(from, rest < 2 * teamSize ? askers.length : from + teamSize);
		const { teamId } = sure(await makeTeam(installation, first.actor, { name: `Team ${teams.length + 1}`, area: 'Noord' }));
		for (const { actor } of members) {
			const proposer = actor === first.actor ? second.actor : first.actor;
			const invited = sure(await inviteToTeam(installation, proposer, { teamId, membershipId: actor.membershipId }));
			sure(await joinTeam(installation, actor, invited));
		}
		const { fundingId } = sure(await fundTeam(installation, first.actor, { teamId, amount: '100000' }));
		sure(await confirmTeamFunding(installation, second.actor, { fundingId, answer: 'confirmed' }));
		teams.push({ teamId, members });
	}
	const [seat] = first.open;
	if (!seat) throw new RangeError('Who asks sits at a case that is open.');
	const words = { what: 'De borg van een kamer.', supplier: 'De verhuurder', why: 'De bijzondere bijstand komt te laat.' };
	const { requestId } = sure(await prepareRequest(installation, first.actor, { caseId: seat.caseId, amount: '900', ...words }));
	return { teams, keepers: askers.slice(0, keepers), contributionIds, larger: { caseId: seat.caseId, requestId } };
}
