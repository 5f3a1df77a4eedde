import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { answerReport, makeAgreement, reportAgreement } from '#rooms/agreements/commands.server.ts';
import { acceptInvitation, inviteToTable } from '#rooms/cases/commands.server.ts';
import { nameCause, skipCause } from '#rooms/causes/commands.server.ts';
import { withdrawRequest } from '#rooms/fund/requests/commands.server.ts';
import { voteOnRequest } from '#rooms/fund/requests/votes/commands.server.ts';
import { markHelped } from '#rooms/knowledge/conversation/commands.server.ts';
import { answerQuestion, askQuestion } from '#rooms/knowledge/commands.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { openRequestScene } from './request-scene.server.ts';
import type { RequestScene } from './request-scene.server.ts';
import { openScene } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { contextOf, openSqlRoles } from './sql-as-role.server.ts';
import { sure } from './sure.ts';

/** When naming the cause is offered (F1): after each kind of help, to each at the table for themselves, and not again at once when left. */

let scene: Scene;
let room: RequestScene;
beforeAll(async () => {
	scene = await openScene(26);
	room = await openRequestScene(scene);
});
beforeEach(() => scene.installation.world.tick(60_000));
afterAll(() => scene.drop());

const offered = async (actor: Actor, caseId: string) =>
	sure(await getCaseTable(scene.installation, actor, caseId)).causeOffer?.kind ?? null;
const seat = async (actor: Actor, caseId: string) =>
	sure(
		await acceptInvitation(
			scene.installation,
			actor,
			sure(await inviteToTable(scene.installation, scene.actors.holder, { caseId, membershipId: actor.membershipId, message: 'Kom' }))
		)
	);

test('after money, a kept agreement and an answer that helped; left once it waits for the next help; named it is over', async () => {
	const { installation, actors } = scene;
	const { holder, seated, facilitator } = actors;
	const tick = () => installation.world.tick(60_000);
	const asked = await room.ask();
	const { caseId } = asked;
	await seat(seated, caseId);
	await seat(facilitator, caseId);
	expect(await offered(holder, caseId)).toBeNull();
	for (const voter of [room.voters.kade, room.voters.wijk, room.voters.gemeente])
		sure(await voteOnRequest(installation, voter, { askId: asked.askOf(voter) }));
	expect([await offered(holder, caseId), await offered(seated, caseId), await offered(facilitator, caseId)]).toEqual([
		'money',
		'money',
		null
	]);

	// Left for now by one, it is still asked of the other.
	tick();
	sure(await skipCause(installation, holder, { caseId }));
	expect([await offered(holder, caseId), await offered(seated, caseId)]).toEqual([null, 'money']);

	tick();
	const { agreementId } = sure(
		await makeAgreement(installation, seated, { caseId, what: 'Ik bel', dueOn: '2029-12-01', receiverId: holder.personId })
	);
	sure(await reportAgreement(installation, seated, { agreementId, outcome: 'kept' }));
	expect(await offered(holder, caseId)).toBeNull();
	sure(await answerReport(installation, holder, { agreementId, answer: 'confirmed' }));
	expect(await offered(holder, caseId)).toBe('agreement');
	tick();
	sure(await skipCause(installation, holder, { caseId }));
	expect(await offered(holder, caseId)).toBeNull();

	tick();
	const { asks } = sure(
		await askQuestion(installation, holder, { caseId, text: 'Wie weet raad?', asked: [actors.colleague.membershipId] })
	);
	const askId = asks[0] ?? '';
	sure(await answerQuestion(installation, actors.colleague, { askId, answer: 'other_way', text: 'Bel de deurwaarder.' }));
	expect(await offered(holder, caseId)).toBeNull();
	sure(await markHelped(installation, holder, { askId }));
	expect(await offered(holder, caseId)).toBe('answer');

	tick();
	sure(await nameCause(installation, seated, { caseId, cause: 'organisation_rule', responsible: seated.organisationId }));
	expect([await offered(holder, caseId), await offered(seated, caseId)]).toEqual([null, null]);
});

test('money that was withdrawn is no help', async () => {
	const asked = await room.ask();
	for (const voter of [room.voters.kade, room.voters.wijk, room.voters.gemeente])
		sure(await voteOnRequest(scene.installation, voter, { askId: asked.askOf(voter) }));
	sure(await withdrawRequest(scene.installation, scene.actors.holder, { requestId: asked.requestId }));
	expect(await offered(scene.actors.holder, asked.caseId)).toBeNull();
});

test('straight in SQL, one sees and writes only that one left it oneself', async () => {
	const { installation, actors } = scene;
	const caseId = await room.openCase();
	await seat(actors.seated, caseId);
	sure(await skipCause(installation, actors.holder, { caseId }));
	const roles = await openSqlRoles(scene.database.connections);
	try {
		const now = installation.world.now().toISOString();
		const seen = (actor: Actor) => roles.tried('app', contextOf(actor, now), 'select * from cause_skip where case_id = $1', [caseId]);
		expect([await seen(actors.holder), await seen(actors.seated), await seen(actors.colleague)]).toEqual([1, 0, 0]);
		const insert = (by: Actor, of: Actor) =>
			roles.tried(
				'app',
				contextOf(by, now),
				'insert into cause_skip (network_id, case_id, person_id, membership_id, at) values ($1, $2, $3, $4, app.now())',
				[...[of.networkId, caseId, of.personId, of.membershipId]]
			);
		expect(await insert(actors.seated, actors.seated)).toBe(1);
		expect(await insert(actors.seated, actors.holder)).toBe('42501');
		expect(await insert(actors.colleague, actors.colleague)).toBe('42501');
	} finally {
		await roles.close();
	}
});
