import type { Actor } from '../../src/foundation/actor.ts';
import type { ActCode } from '../../src/foundation/command/acts.ts';
import type { Command } from '../../src/foundation/command/command.server.ts';
import type { Installation } from '../../src/foundation/installation.ts';
import { addDays, dayAt } from '../../src/foundation/time/days.ts';
import { answerReport, makeAgreement, reportAgreement } from '../../src/rooms/agreements/commands.server.ts';
import { acceptInvitation, inviteToTable, openCase } from '../../src/rooms/cases/commands.server.ts';
import { nameCause } from '../../src/rooms/causes/commands.server.ts';
import { agreeChange, putInForce, takeUpSignal } from '../../src/rooms/causes/signals/commands.server.ts';
import { invoiceContribution, pledgeContribution, receiveContribution } from '../../src/rooms/fund/contributions/commands.server.ts';
import { askRequest, prepareRequest, sendRequest } from '../../src/rooms/fund/requests/commands.server.ts';
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
import { askQuestion } from '../../src/rooms/knowledge/commands.server.ts';
import { inviteToTeam, joinTeam, makeTeam } from '../../src/rooms/people/teams/commands.server.ts';
import { followUpJobs } from '../../src/rooms/returns/follow-up/jobs.server.ts';
import type { Office, Part } from './people.ts';
import { scheme, steps } from './stories/larger-requests.ts';

/** By act of the product itself: the ids of what it has to be done about, each exactly once. */
export type Overdue = Readonly<Partial<Record<ActCode, readonly string[]>>>;

const day = 86_400_000;
const words = { stuck: 'De huur loopt achter.', firstNeed: 'Tijd.', ownOrganisation: 'Uitstel geven.', residentKnows: 'yes' };

/** Does acts as if it were so many days ago; each must be done. */
type Doing = <Value>(daysAgo: number, command: Command<Value>, actor: Actor, input: object) => Promise<Value>;

const doing =
	(installation: Installation): Doing =>
	async (daysAgo, command, actor, input) => {
		const now = () => new Date(Date.now() - daysAgo * day);
		const outcome = await command({ ...installation, world: { ...installation.world, now } }, actor, input);
		if (!outcome.ok) throw new Error(`${command.act}: ${JSON.stringify(outcome.refusal)}`);
		return outcome.value;
	};

/** Lets every kind of term run out for each client, before the product is first started. */
export async function letTermsRunOut(
	installation: Installation,
	office: Readonly<Record<Office, Actor>>,
	clients: readonly Readonly<Record<Part, Actor>>[]
): Promise<Overdue> {
	const does = doing(installation);
	const { contributionId } = await does(400, pledgeContribution, office.administratorOfHolder, { amount: '5000000', year: '2026' });
	await does(399, invoiceContribution, office.treasurer, { contributionId, amount: '5000000', dueOn: dayAt(new Date()) });
	await does(398, receiveContribution, office.treasurer, { contributionId, amount: '5000000' });
	const each = async (one: (client: Readonly<Record<Part, Actor>>, number: number) => Promise<string[]>): Promise<string[]> =>
		(await Promise.all(clients.map(one))).flat();
	// Some checks are planned and asked before the start, so that they can be answered from the beginning.
	await each(async (client) => [await helped(does, client), await helped(does, client)]);
	await planFollowUps(installation, office.administrator.networkId);
	return {
		'question.pass_on': await each(async (client) => [await question(does, client)]),
		'reservation.expire': await each(async (client, number) => [await reservation(does, installation, office, client, number)]),
		'request.term_over': await each(async (client) => [await before(does, client)]),
		'agreement.remind': await each(async (client) => [await promise(does, client)]),
		'signal.verify': await each(async (client, number) => [await signal(does, installation, client, number)]),
		'follow_up.plan': await each(async (client) => [await helped(does, client), await helped(does, client)])
	};
}

/** A case of so long ago. In what is recent a cause is named, so that there is something to compare a cause that is gone with. */
async function opens(does: Doing, daysAgo: number, { holder }: Readonly<Record<Part, Actor>>): Promise<string> {
	const { caseId } = await does(daysAgo, openCase, holder, words);
	if (daysAgo < 180) await does(daysAgo, nameCause, holder, { caseId, cause: 'none', responsible: '' });
	return caseId;
}

async function question(does: Doing, client: Readonly<Record<Part, Actor>>): Promise<string> {
	const caseId = await opens(does, 8, client);
	const wish = { caseId, text: 'Wie weet hoe dit kan?', asked: [client.partner.membershipId] };
	return (await does(8, askQuestion, client.holder, wish)).questionId;
}

/** Money set aside for a small request, and never paid. */
async function reservation(
	does: Doing,
	installation: Installation,
	office: Readonly<Record<Office, Actor>>,
	client: Readonly<Record<Part, Actor>>,
	number: number
): Promise<string> {
	const { holder, partner, second, third } = client;
	const { teamId } = await does(100, makeTeam, office.administrator, { name: `Team van ${number}`, area: 'Noord' });
	for (const { membershipId, ...who } of [holder, partner, second, third]) {
		const { invitationId } = await does(100, inviteToTeam, office.administrator, { teamId, membershipId });
		await does(99, joinTeam, { ...who, membershipId }, { invitationId });
	}
	const { fundingId } = await does(98, fundTeam, office.treasurer, { teamId, amount: '300' });
	await does(97, confirmTeamFunding, office.governor, { fundingId, answer: 'confirmed' });
	const caseId = await opens(does, 90, client);
	const small = { caseId, teamId, what: 'Een bed.', supplier: 'Beddenwinkel', why: 'Het duurt zes weken.', amount: '75' };
	const { requestId, questionId } = await does(90, askRequest, holder, small);
	for (const voter of [partner, second, third]) {
		const { askId } = await installation.door.actor(voter, new Date(), (tx) =>
			tx
				.selectFrom('questionAsk')
				.select('askId')
				.where('networkId', '=', voter.networkId)
				.where('questionId', '=', questionId)
				.where('personId', '=', voter.personId)
				.executeTakeFirstOrThrow()
		);
		await does(89, voteOnRequest, voter, { askId });
	}
	const { reservationId } = await installation.door.job(holder.networkId, new Date(), (tx) =>
		tx
			.selectFrom('reservation')
			.select('reservationId')
			.where('networkId', '=', holder.networkId)
			.where('requestId', '=', requestId)
			.executeTakeFirstOrThrow()
	);
	return reservationId;
}

const recording: Readonly<Record<string, Command<unknown>>> = {
	...{ goal: recordGoal, problems: recordProblem, triangle: recordTriangle, durability: recordDurability, effects: recordEffects },
	precedents: recordPrecedents
};

/** A request before the secretariat, which has not decided in time. */
async function before(does: Doing, client: Readonly<Record<Part, Actor>>): Promise<string> {
	const { holder } = client;
	const caseId = await opens(does, 9, client);
	const wish = { caseId, what: 'De eerste huur.', supplier: 'De Kade', why: 'Er is geen regeling.', amount: '2.500' };
	const { requestId } = await does(9, prepareRequest, holder, wish);
	for (const [path, body] of steps) {
		const record = recording[path];
		if (!record) throw new Error(`Nothing records ${path}.`);
		await does(9, record, holder, { requestId, ...body });
	}
	await does(9, recordScheme, holder, { requestId, ...scheme });
	await does(8, sendRequest, holder, { requestId });
	return requestId;
}

async function seats(does: Doing, daysAgo: number, { holder, partner }: Readonly<Record<Part, Actor>>, caseId: string): Promise<void> {
	const invited = await does(daysAgo, inviteToTable, holder, { caseId, membershipId: partner.membershipId, message: 'Doe mee' });
	await does(daysAgo, acceptInvitation, partner, invited);
}

async function promises(
	does: Doing,
	daysAgo: number,
	client: Readonly<Record<Part, Actor>>
): Promise<{ agreementId: string; caseId: string }> {
	const caseId = await opens(does, daysAgo, client);
	await seats(does, daysAgo, client, caseId);
	const dueOn = addDays(dayAt(new Date()), 2 - daysAgo);
	const wish = { caseId, what: 'Ik bel de deurwaarder.', dueOn, receiverId: client.holder.personId };
	return { ...(await does(daysAgo, makeAgreement, client.partner, wish)), caseId };
}

/** Promised, due two days later, and nothing heard of it. */
const promise = async (does: Doing, client: Readonly<Record<Part, Actor>>): Promise<string> =>
	(await promises(does, 5, client)).agreementId;

/** A case that was helped half a year ago; its check is planned and asked now. */
async function helped(does: Doing, client: Readonly<Record<Part, Actor>>): Promise<string> {
	const { agreementId, caseId } = await promises(does, 200, client);
	await does(199, reportAgreement, client.partner, { agreementId, outcome: 'kept' });
	await does(198, answerReport, client.holder, { agreementId, answer: 'confirmed' });
	return caseId;
}

async function planFollowUps(installation: Installation, networkId: string): Promise<void> {
	const never = () => Promise.reject(new Error('A look at what is due sends nothing.'));
	const job = { id: installation.world.id(), kind: 'daily.follow_ups', networkId, payload: {}, now: new Date(), tries: 0 };
	await followUpJobs['daily.follow_ups']?.(installation, { ...job, sendMail: never, ask: never });
}

/** A cause that was followed until its rule was changed, and never named again. */
async function signal(does: Doing, installation: Installation, client: Readonly<Record<Part, Actor>>, number: number): Promise<string> {
	const { holder, partner } = client;
	const responsible = partner.organisationId;
	for (let time = 0; time < 3; time++) {
		const caseId = await opens(does, 410, client);
		const title = `Wie ${number} huizen zoekt, wacht`;
		await does(410, nameCause, holder, { caseId, cause: 'work_habit', responsible, title });
	}
	const { signalId } = await installation.door.actor(partner, new Date(), (tx) =>
		tx
			.selectFrom('signal')
			.innerJoin('cause', (join) => join.onRef('cause.networkId', '=', 'signal.networkId').onRef('cause.causeId', '=', 'signal.causeId'))
			.select('signalId')
			.where('signal.networkId', '=', partner.networkId)
			.where('cause.title', '=', `Wie ${number} huizen zoekt, wacht`)
			.executeTakeFirstOrThrow()
	);
	await does(408, takeUpSignal, partner, { signalId, dueOn: dayAt(new Date()) });
	await does(406, agreeChange, partner, { signalId, words: 'Wij vragen het voortaan.', dueOn: dayAt(new Date()) });
	await does(400, putInForce, partner, { signalId, words: 'Wij vragen het.', changedOn: addDays(dayAt(new Date()), -401) });
	return signalId;
}
