import type { ActCode } from '../../src/foundation/command/acts.ts';
import type { Installation } from '../../src/foundation/installation.ts';
import { addDays, dayAt, daysBetween } from '../../src/foundation/time/days.ts';
import { answerReport, makeAgreement, reportAgreement } from '../../src/rooms/agreements/commands.server.ts';
import { askRung } from '../../src/rooms/agreements/escalation/commands.server.ts';
import { acceptInvitation, inviteToTable } from '../../src/rooms/cases/commands.server.ts';
import { nameCause } from '../../src/rooms/causes/commands.server.ts';
import { proposePublication } from '../../src/rooms/causes/publication/commands.server.ts';
import { agreeChange, putInForce, takeUpSignal } from '../../src/rooms/causes/signals/commands.server.ts';
import { askQuestion } from '../../src/rooms/knowledge/commands.server.ts';
import { acceptYearly, bringYearly, recordYearly } from '../../src/rooms/causes/yearly/commands.server.ts';
import { yearlyJobs } from '../../src/rooms/causes/yearly/jobs.server.ts';
import { addItem, callMeeting } from '../../src/rooms/meetings/agenda/commands.server.ts';
import { makeBody, offerSeat } from '../../src/rooms/meetings/bodies/commands.server.ts';
import { keepProfile } from '../../src/rooms/people/profiles/commands.server.ts';
import { followUpJobs } from '../../src/rooms/returns/follow-up/jobs.server.ts';
import { doing, looks, opens } from './long-ago.ts';
import type { Client, Doing } from './long-ago.ts';
import { askedOfSecretariat, fillPot, letGo, makeRichTeam, setAsideBySecretariat, setAsideByTeam } from './money-overdue.ts';
import type { Officers } from './money-overdue.ts';

/** By act of the product itself: the ids of what it has to be done about, each exactly once. */
export type Overdue = Readonly<Partial<Record<ActCode, readonly string[]>>>;

/** What is past its term when the product is first started. */
export interface RunOut {
	readonly overdue: Overdue;
	/** By client: requests of which the money went back already, to be asked again. */
	readonly lapsed: readonly (readonly string[])[];
	/** Years of the books that are over and open, the oldest first. */
	readonly years: readonly number[];
}

/** Lets every kind of term run out for each client, before the product is first started. */
export async function letTermsRunOut(installation: Installation, office: Officers, clients: readonly Client[]): Promise<RunOut> {
	const does = doing(installation);
	const { networkId } = office.administrator;
	const years = await fillPot(does, office);
	const each = <Value>(one: (client: Client, number: number) => Promise<Value>): Promise<Value[]> => Promise.all(clients.map(one));
	// Some checks are planned and asked, and some money has gone back, before the start: then it can be gone on with from the beginning.
	await each(async (client) => [await helped(does, client), await helped(does, client)]);
	await looks(installation, followUpJobs, 'daily.follow_ups', networkId);
	// Some agreements for a year that is over are asked about too, so that parties can look back on them.
	await each((client, number) => yearOver(does, office, client, number));
	await looks(installation, yearlyJobs, 'daily.yearly', networkId);
	const teams = await each((client, number) => makeRichTeam(does, office, client, number));
	const byTeam = (client: Client, number: number) => setAsideByTeam(does, installation, client, teams[number] ?? '');
	const lapsed = await each(async (client, number) => [
		(await byTeam(client, number)).requestId,
		await setAsideBySecretariat(does, office, client)
	]);
	await letGo(installation, networkId);
	const acute = await each((client) => askedOfSecretariat(does, 70, client, true));
	const late = await each((client) => askedOfSecretariat(does, 9, client));
	return {
		...{ lapsed, years },
		overdue: {
			'profile.ask_again': await each(async (client) => {
				await does(400, keepProfile, client.partner, { topics: 'huurschuld', available: true, willing: true });
				return client.partner.personId;
			}),
			'question.pass_on': await each((client) => question(does, client)),
			'reservation.expire': await each(async (client, number) => (await byTeam(client, number)).reservationId),
			'request.term_over': [...late, ...acute],
			'request.completion_over': acute,
			'escalation.overdue': await each((client) => ladder(does, client)),
			'agreement.remind': await each((client) => promise(does, client)),
			'publication.open': await each((client, number) => toBePublic(does, installation, office, client, number)),
			'meeting.remind': await each((client, number) => meetingTomorrow(does, office, client, number)),
			'minutes.ask': await each((client, number) => meetingOver(does, office, client, number)),
			'yearly.remind': await each((client, number) => yearlySoon(does, client, number)),
			'yearly.ask_look_back': await each((client, number) => yearOver(does, office, client, number)),
			'signal.verify': await each((client, number) => signalInForce(does, installation, client, number)),
			'signal.remind': await each((client, number) => signalPromised(does, installation, client, number)),
			'follow_up.plan': (await each(async (client) => [await helped(does, client), await helped(does, client)])).flat()
		}
	};
}

async function question(does: Doing, client: Client): Promise<string> {
	const caseId = await opens(does, 8, client);
	const wish = { caseId, text: 'Wie weet hoe dit kan?', asked: [client.partner.membershipId] };
	return (await does(8, askQuestion, client.holder, wish)).questionId;
}

/** A colleague was asked, and did not answer within two working days. */
async function ladder(does: Doing, client: Client): Promise<string> {
	const caseId = await opens(does, 12, client);
	const wish = { caseId, rung: 'colleagues', words: 'Wie kan dit?', membershipIds: [client.partner.membershipId] };
	return (await does(12, askRung, client.holder, wish)).escalationId;
}

async function seats(does: Doing, daysAgo: number, { holder, partner }: Client, caseId: string): Promise<void> {
	const invited = await does(daysAgo, inviteToTable, holder, { caseId, membershipId: partner.membershipId, message: 'Doe mee' });
	await does(daysAgo, acceptInvitation, partner, invited);
}

async function promises(does: Doing, daysAgo: number, client: Client): Promise<{ agreementId: string; caseId: string }> {
	const caseId = await opens(does, daysAgo, client);
	await seats(does, daysAgo, client, caseId);
	const dueOn = addDays(dayAt(new Date()), 2 - daysAgo);
	const wish = { caseId, what: 'Ik bel de deurwaarder.', dueOn, receiverId: client.holder.personId };
	return { ...(await does(daysAgo, makeAgreement, client.partner, wish)), caseId };
}

/** Promised, due two days later, and nothing heard of it. */
const promise = async (does: Doing, client: Client): Promise<string> => (await promises(does, 5, client)).agreementId;

/** A case that was helped half a year ago; its check is planned and asked now. */
async function helped(does: Doing, client: Client): Promise<string> {
	const { agreementId, caseId } = await promises(does, 200, client);
	await does(199, reportAgreement, client.partner, { agreementId, outcome: 'kept' });
	await does(198, answerReport, client.holder, { agreementId, answer: 'confirmed' });
	return caseId;
}

/** A cause that came up in three cases: a signal. */
async function signal(does: Doing, installation: Installation, client: Client, daysAgo: number, title: string, cases = 3): Promise<string> {
	const { holder, partner } = client;
	const responsible = partner.organisationId;
	for (let time = 0; time < cases; time++)
		await does(daysAgo, nameCause, holder, { caseId: await opens(does, daysAgo, client), cause: 'work_habit', responsible, title });
	const { signalId } = await installation.door.actor(partner, new Date(), (tx) =>
		tx
			.selectFrom('signal')
			.innerJoin('cause', (join) => join.onRef('cause.networkId', '=', 'signal.networkId').onRef('cause.causeId', '=', 'signal.causeId'))
			.select('signalId')
			.where('signal.networkId', '=', partner.networkId)
			.where('cause.title', '=', title)
			.executeTakeFirstOrThrow()
	);
	return signalId;
}

/** A cause that was followed until its rule was changed, and never named again. */
async function signalInForce(does: Doing, installation: Installation, client: Client, number: number): Promise<string> {
	const signalId = await signal(does, installation, client, 410, `Wie ${number} huizen zoekt, wacht`);
	const { partner } = client;
	await does(408, takeUpSignal, partner, { signalId, dueOn: dayAt(new Date()) });
	await does(406, agreeChange, partner, { signalId, words: 'Wij vragen het voortaan.', dueOn: dayAt(new Date()) });
	await does(400, putInForce, partner, { signalId, words: 'Wij vragen het.', changedOn: addDays(dayAt(new Date()), -401) });
	return signalId;
}

/** A cause that was taken up, and the day that was promised comes near. */
async function signalPromised(does: Doing, installation: Installation, client: Client, number: number): Promise<string> {
	const signalId = await signal(does, installation, client, 20, `Wie ${number} keer belt, wacht`);
	await does(18, takeUpSignal, client.partner, { signalId, dueOn: addDays(dayAt(new Date()), 2) });
	return signalId;
}

/** A cause in five cases that someone proposed to make public, and whose owner let their thirty days pass. */
async function toBePublic(does: Doing, installation: Installation, office: Officers, client: Client, number: number): Promise<string> {
	const signalId = await signal(does, installation, client, 60, `Wie ${number} brieven schrijft, wacht`, 5);
	const { causeId } = await installation.door.actor(client.partner, new Date(), (tx) =>
		tx
			.selectFrom('signal')
			.select('causeId')
			.where('networkId', '=', client.partner.networkId)
			.where('signalId', '=', signalId)
			.executeTakeFirstOrThrow()
	);
	return (await does(40, proposePublication, office.secretaryOfHolder, { causeId })).publicationId;
}

/** A meeting of tomorrow, of a group in which a colleague was offered a seat and did not answer. */
async function meetingTomorrow(does: Doing, { administrator }: Officers, { partner }: Client, number: number): Promise<string> {
	const named = { name: `Overleg ${number}`, kind: 'meeting', of: 'network', rule: 'consent', withSeat: true };
	const { bodyId } = await does(9, makeBody, administrator, named);
	await does(8, offerSeat, administrator, { bodyId, membershipId: partner.membershipId });
	const when = { day: addDays(dayAt(new Date()), 1), from: '9:30', until: '11:00' };
	return (await does(7, callMeeting, administrator, { bodyId, ...when })).meetingId;
}

/** A meeting of yesterday, of which an item was left as it was. */
async function meetingOver(does: Doing, { administrator }: Officers, { partner }: Client, number: number): Promise<string> {
	const named = { name: `Overleg van gisteren ${number}`, kind: 'meeting', of: 'network', rule: 'consent', withSeat: true };
	const { bodyId } = await does(9, makeBody, administrator, named);
	const when = { day: addDays(dayAt(new Date()), -1), from: '9:30', until: '11:00' };
	const { meetingId } = await does(7, callMeeting, administrator, { bodyId, ...when });
	await does(6, addItem, partner, { meetingId, title: 'Roosters', text: 'Wie ruilt er?' });
	return meetingId;
}

/** An agreement for a year on which nobody answered, and the day to answer by comes near. */
async function yearlySoon(does: Doing, { holder, partner }: Client, number: number): Promise<string> {
	const wish = { year: '2027', title: `Wie ${number} loketten zoekt, wacht`, organisationIds: [partner.organisationId] };
	return (await does(30, bringYearly, holder, { ...wish, dueOn: addDays(dayAt(new Date()), 7) })).itemId;
}

/** An agreement of a year that is over. */
async function yearOver(does: Doing, office: Officers, { holder, partner }: Client, number: number): Promise<string> {
	const year = Number(dayAt(new Date()).slice(0, 4)) - 1;
	const ago = daysBetween(`${year}-02-01`, dayAt(new Date()));
	const wish = { year: String(year), title: `Wie ${number} formulieren invult, wacht`, organisationIds: [partner.organisationId] };
	const { itemId } = await does(ago, bringYearly, holder, wish);
	await does(ago - 1, recordYearly, holder, { itemId, kind: 'offer', words: 'Wij vragen het één keer.' });
	const { stepId } = await does(ago - 2, recordYearly, partner, { itemId, kind: 'offer', words: 'Wij ook.' });
	for (const actor of [office.administratorOfHolder, office.administrator]) await does(ago - 3, acceptYearly, actor, { itemId, stepId });
	return itemId;
}
