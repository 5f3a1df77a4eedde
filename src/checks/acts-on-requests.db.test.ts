import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { acceptInvitation, inviteToTable, reopenCase } from '#rooms/cases/commands.server.ts';
import { closeCase } from '#rooms/causes/commands.server.ts';
import { makeAgreement } from '#rooms/agreements/commands.server.ts';
import { askRequest, prepareRequest, sendRequest, withdrawRequest } from '#rooms/fund/requests/commands.server.ts';
import { grantWaiting, passCompletions, passTerms } from '#rooms/fund/requests/jobs.server.ts';
import { judgeRequest, standAside } from '#rooms/fund/requests/judging/commands.server.ts';
import { getRequestPaper } from '#rooms/fund/requests/paper/read.server.ts';
import {
	dropEntry,
	recordDurability,
	recordEffects,
	recordGoal,
	recordPrecedents,
	recordProblem,
	recordReply,
	recordScheme,
	recordTriangle
} from '#rooms/fund/requests/steps/commands.server.ts';
import { askAgain } from '#rooms/fund/requests/again/commands.server.ts';
import { askMore, voteOnRequest } from '#rooms/fund/requests/votes/commands.server.ts';
import { cellsOf, said, tableUnder } from './acts-document.ts';
import { lapse } from './granted.server.ts';
import { lightWords, openRequestScene } from './request-scene.server.ts';
import type { RequestScene } from './request-scene.server.ts';
import { openScene } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { sure } from './sure.ts';

/** Every act x role x state on requests of docs/ACTIONS.md, done for real. */

let scene: Scene;
let room: RequestScene;
const people: Record<string, Actor> = {};
beforeAll(async () => {
	scene = await openScene(62);
	room = await openRequestScene(scene);
	const { actors, officers } = scene;
	Object.assign(people, {
		...{
			asker: actors.holder,
			seated: actors.seated,
			voter: room.voters.gemeente,
			colleague: actors.invited,
			secretary: officers.secretaryTwo
		},
		...{
			'own secretary': officers.secretaryOne,
			governor: officers.governor,
			treasurer: officers.treasurer,
			facilitator: actors.facilitator
		},
		stranger: actors.stranger
	});
});
beforeEach(() => scene.installation.world.tick(60_000));
afterAll(() => scene.drop());

const actorOf = (name: string): Actor => {
	const actor = people[name];
	if (!actor) throw new Error(`nobody is ${name}`);
	return actor;
};

interface At {
	readonly caseId: string;
	readonly requestId: string;
	readonly askId: string;
}

async function seat(caseId: string): Promise<void> {
	const { installation, actors } = scene;
	const invitation = { caseId, membershipId: actors.seated.membershipId, message: 'Doe je mee?' };
	sure(await acceptInvitation(installation, actors.seated, sure(await inviteToTable(installation, actors.holder, invitation))));
}

const verdict = (actor: Actor, requestId: string, what: 'grant' | 'refuse') =>
	judgeRequest(scene.installation, actor, {
		...{ requestId, verdict: what },
		...(what === 'refuse' ? { reason: 'Het kan anders.', whoHelps: 'Het wijkteam.' } : {})
	});

async function decide(requestId: string, what: 'grant' | 'refuse'): Promise<void> {
	sure(await verdict(scene.officers.secretaryThree, requestId, what));
	// Another decides along, so that the secretary of the table has no hand in it.
	sure(await verdict(await secondSecretary(), requestId, what));
}
let second: Actor | undefined;
async function secondSecretary(): Promise<Actor> {
	const { addPerson } = await import('./more-people.server.ts');
	return (second ??= await addPerson(scene, ['secretariat'], scene.officers.treasurerTwo));
}

async function stage(state: string): Promise<At> {
	const { installation, actors } = scene;
	if (state.startsWith('team')) {
		const asked = await room.ask();
		await seat(asked.caseId);
		const at = { ...asked, askId: asked.askOf(room.voters.gemeente) };
		if (state === 'team_granted' || state === 'team_lapsed')
			for (const voter of [room.voters.wijk, room.voters.wijkToo, room.voters.kade])
				sure(await voteOnRequest(installation, voter, { askId: asked.askOf(voter) }));
		if (state === 'team_lapsed') await lapse(scene, asked.requestId);
		if (state === 'team_withdrawn') sure(await withdrawRequest(installation, actors.holder, { requestId: asked.requestId }));
		if (state === 'team_more') sure(await askMore(installation, room.voters.wijk, { askId: asked.askOf(room.voters.wijk) }));
		return at;
	}
	const made = state === 'preparing' ? await room.prepare() : await room.send({ acute: state.startsWith('acute') });
	await seat(made.caseId);
	if (['granted', 'paid', 'acute_paid', 'lapsed', 'asked_again'].includes(state)) await decide(made.requestId, 'grant');
	if (state === 'lapsed' || state === 'asked_again') await lapse(scene, made.requestId);
	if (state === 'asked_again') sure(await askAgain(installation, actors.holder, { requestId: made.requestId }));
	if (state === 'refused') await decide(made.requestId, 'refuse');
	if (state === 'withdrawn') sure(await withdrawRequest(installation, actors.holder, { requestId: made.requestId }));
	if (state === 'paid' || state === 'acute_paid') await pay(made.requestId);
	return { ...made, askId: '00000000-0000-7000-8000-000000000000' };
}

/** Straight in the database: only a payment writes this, and paying is tried elsewhere. */
const pay = (requestId: string): Promise<unknown> =>
	room.asOwner(
		"insert into request_event (network_id, request_id, event_id, kind, at) select network_id, request_id, $2, 'paid', $3 from request where request_id = $1",
		[requestId, scene.installation.world.id(), scene.installation.world.now()]
	);

const one = { legitimacy: '3', involvement: '3', return: '3' };
/** Each step by itself: they are one act, and answer the same. */
const steps: readonly ((actor: Actor, requestId: string) => Promise<Outcome<unknown>>)[] = [
	(actor, requestId) =>
		recordGoal(scene.installation, actor, { requestId, goal: 'Thuis slapen.', residentDoes: 'Belt zelf.', horizonMonths: '3' }),
	(actor, requestId) => recordProblem(scene.installation, actor, { requestId, problem: 'Geen bed.', kind: 'household', place: '2' }),
	(actor, requestId) => recordScheme(scene.installation, actor, { requestId, scheme: 'Fonds', answer: 'none_fits', why: 'Past niet.' }),
	(actor, requestId) =>
		recordTriangle(scene.installation, actor, {
			...{ requestId, present: one, looming: one, proposed: one },
			...{ presentBecause: 'Nu.', loomingBecause: 'Dreigt.', proposedBecause: 'Straks.' }
		}),
	(actor, requestId) => recordDurability(scene.installation, actor, { requestId, outlook: 'yes', because: 'Het houdt.' }),
	(actor, requestId) => recordEffects(scene.installation, actor, { requestId, socialAssistance: 'no', administration: 'none' }),
	(actor, requestId) => recordPrecedents(scene.installation, actor, { requestId, because: 'Gezien.' }),
	(actor, requestId) => recordReply(scene.installation, actor, { requestId, reply: 'Zo zit het.' })
];

const doing: Readonly<Record<string, (actor: Actor, at: At) => Promise<Outcome<unknown>>>> = {
	'request.read': (actor, at) => getRequestPaper(scene.installation, actor, at.requestId),
	'request.vote': (actor, at) => voteOnRequest(scene.installation, actor, { askId: at.askId }),
	'request.ask_more': (actor, at) => askMore(scene.installation, actor, { askId: at.askId }),
	'request.send': (actor, at) => sendRequest(scene.installation, actor, { requestId: at.requestId }),
	'request.withdraw': (actor, at) => withdrawRequest(scene.installation, actor, { requestId: at.requestId }),
	'request.ask_again': (actor, at) => askAgain(scene.installation, actor, { requestId: at.requestId }),
	'request.judge': (actor, at) => verdict(actor, at.requestId, 'grant'),
	'request.stand_aside': (actor, at) => standAside(scene.installation, actor, { requestId: at.requestId }),
	async 'request.record'(actor, at) {
		const answers: Outcome<unknown>[] = [];
		for (const step of steps) answers.push(await step(actor, at.requestId));
		expect(new Set(answers.map(said)).size).toBe(1);
		const [first] = answers;
		if (!first) throw new Error('there are steps');
		return first;
	}
};

describe('a request', () => {
	const table = tableUnder('Acts on a request');
	for (const [act = '', state = '', ...cells] of table.rows)
		test(`${act} that is ${state}`, async () => {
			const answers: Record<string, string> = {};
			const expected: Record<string, string> = {};
			let at = await stage(state);
			for (const [index, name] of table.columns.slice(1).entries()) {
				expected[name] = cells[index] ?? '';
				scene.installation.world.tick(1000);
				answers[name] = said((await doing[act]?.(actorOf(name), at)) ?? { ok: false, refusal: { code: 'invalid' } });
				if (answers[name] === 'yes' && act !== 'request.read' && act !== 'request.record') at = await stage(state);
			}
			expect(answers).toEqual(expected);
		});
});

describe('asking money', () => {
	const table = tableUnder('Asking money');
	const caseStates = ['open', 'running', 'closed', 'reopened'] as const;
	const stageCase = async (state: string): Promise<string> => {
		const { installation, actors } = scene;
		const caseId = await room.openCase();
		await seat(caseId);
		if (state === 'open') return caseId;
		const agreement = { caseId, what: 'Bel de winkel', dueOn: '2026-12-01', receiverId: actors.holder.personId };
		sure(await makeAgreement(installation, actors.seated, agreement));
		if (state === 'running') return caseId;
		sure(await closeCase(installation, actors.holder, { caseId, outcome: 'withdrawn', cause: 'none', responsible: '' }));
		installation.world.tick(1000);
		if (state === 'reopened') sure(await reopenCase(installation, actors.holder, { caseId }));
		return caseId;
	};
	for (const [act = '', ...cells] of table.rows)
		for (const [index, state] of caseStates.entries())
			test(`${act} in a case that is ${state}`, async () => {
				const answers: Record<string, string> = {};
				const expected: Record<string, string> = {};
				const caseId = await stageCase(state);
				for (const [place, name] of table.columns.entries()) {
					const options = cellsOf(cells[place] ?? '');
					expected[name] = options[index] ?? options[0] ?? '';
					answers[name] = said(
						act === 'request.ask'
							? await askRequest(scene.installation, actorOf(name), { caseId, teamId: room.teamId, ...lightWords, amount: '10' })
							: await prepareRequest(scene.installation, actorOf(name), { caseId, ...lightWords, amount: '900' })
					);
				}
				expect(answers).toEqual(expected);
			});
});

describe('acts of the product', () => {
	const table = tableUnder('Acts of the product on a request');
	for (const [act = '', state = '', wanted = ''] of table.rows)
		test(`${act} of one that is ${state}`, async () => {
			const { installation, actors } = scene;
			const { networkId } = actors.holder;
			if (act === 'request.grant_waiting' && state === 'short') await room.setMoney(room.teamId, 0);
			const of = state === 'overdue' ? 'secretariat' : state === 'acute_overdue' || state === 'complete' ? 'acute' : state;
			const at = await stage(act === 'request.grant_waiting' ? 'team_granted' : of);
			if (state === 'acute_overdue') {
				const { schemes } = sure(await getRequestPaper(installation, actors.holder, at.requestId)).filled;
				installation.world.tick(1000);
				for (const { entryId } of schemes) sure(await dropEntry(installation, actors.holder, { requestId: at.requestId, entryId }));
			}
			await room.setMoney(room.teamId, 10_000_00);
			const days = act === 'request.completion_over' ? 15 : act === 'request.term_over' ? 7 : 0;
			const now = new Date(installation.world.now().getTime() + days * 86_400_000);
			const lines = async () =>
				(
					await room.asOwner("select from log_line where act = $1 and object_id = $2 and origin = 'job' and result = 'done'", [
						act,
						at.requestId
					])
				).length;
			await (act === 'request.term_over' ? passTerms : act === 'request.completion_over' ? passCompletions : grantWaiting)(
				installation,
				networkId,
				now
			);
			expect((await lines()) === 1 ? 'yes' : 'wrong_state').toBe(wanted);
		});
});

test('an entry that was dropped is gone from the list, and cannot be dropped twice', async () => {
	const { requestId } = await room.prepare();
	const { installation, actors } = scene;
	const paper = sure(await getRequestPaper(installation, actors.holder, requestId));
	const entryId = paper.filled.schemes[0]?.entryId ?? '';
	installation.world.tick(1000);
	sure(await dropEntry(installation, actors.holder, { requestId, entryId }));
	expect(sure(await getRequestPaper(installation, actors.holder, requestId)).filled.schemes).toEqual([]);
	expect(said(await dropEntry(installation, actors.holder, { requestId, entryId }))).toBe('not_found');
});
