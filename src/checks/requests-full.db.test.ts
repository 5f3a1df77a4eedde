import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { readLogged } from '#foundation/command/reading.server.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { prepareRequest, sendRequest } from '#rooms/fund/requests/commands.server.ts';
import { grantWaiting } from '#rooms/fund/requests/jobs.server.ts';
import { judgeRequest, standAside } from '#rooms/fund/requests/judging/commands.server.ts';
import { askMore } from '#rooms/fund/requests/votes/commands.server.ts';
import { recordDurability, recordEffects, recordGoal, recordReply, recordScheme } from '#rooms/fund/requests/steps/commands.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { said } from './acts-document.ts';
import { fillSteps, lightWords, openRequestScene } from './request-scene.server.ts';
import type { RequestScene } from './request-scene.server.ts';
import { openScene } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { contextOf, openSqlRoles } from './sql-as-role.server.ts';
import { sure } from './sure.ts';

/** The full lane on a real PostgreSQL (A5-A11, D4): what must be filled in, who decides, and within which term. */

let scene: Scene;
let room: RequestScene;
beforeAll(async () => {
	scene = await openScene(23);
	room = await openRequestScene(scene);
});
beforeEach(() => scene.installation.world.tick(60_000));
afterAll(() => scene.drop());

const judge = (actor: Actor, requestId: string, verdict: string, more: object = {}): Promise<Outcome<{ outcome: string }>> =>
	judgeRequest(scene.installation, actor, {
		...{ requestId, verdict },
		...(verdict === 'grant' ? {} : { reason: 'Omdat het zo beter past.' }),
		...(verdict === 'refuse' ? { whoHelps: 'Het wijkteam.' } : {}),
		...more
	});
const stateOf = async (requestId: string) => (await room.find(scene.actors.holder, requestId))?.state;

describe('before it is asked', () => {
	test('every step is filled in; the goal in the words of the resident, or why not', async () => {
		const { installation, actors } = scene;
		const caseId = await room.openCase();
		const { requestId } = sure(await prepareRequest(installation, actors.holder, { caseId, ...lightWords, amount: '2.500' }));
		expect(await stateOf(requestId)).toBe('preparing');
		const missing = async () => {
			const outcome = await sendRequest(installation, actors.holder, { requestId });
			return outcome.ok ? 'sent' : [outcome.refusal.code, ...(outcome.refusal.fields ?? []).map((field) => field.path.join('.'))];
		};
		expect(await missing()).toEqual(['steps_missing', 'goal', 'problem', 'scheme', 'triangle', 'durability', 'effects', 'precedents']);
		const goal = { requestId, residentDoes: 'Zij belt zelf.', horizonMonths: '6' };
		expect(await recordGoal(installation, actors.holder, goal)).toMatchObject({
			refusal: { fields: [{ path: ['goal'], code: 'required' }] }
		});
		sure(await recordGoal(installation, actors.holder, { ...goal, noWordsBecause: 'Zij is opgenomen en spreekt niet.' }));
		expect(await missing()).toEqual(['steps_missing', 'problem', 'scheme', 'triangle', 'durability', 'effects', 'precedents']);
		await fillSteps(scene, actors.holder, requestId);
		expect(await missing()).toBe('sent');
		expect(await stateOf(requestId)).toBe('asked');
		expect(await missing()).toEqual(['wrong_state']);
	});

	test('what is acute goes first, and the rest follows', async () => {
		const { installation, actors } = scene;
		const caseId = await room.openCase();
		const { requestId } = sure(await prepareRequest(installation, actors.holder, { caseId, ...lightWords, amount: '900', acute: true }));
		sure(
			await recordGoal(installation, actors.holder, {
				requestId,
				goal: 'Binnen slapen.',
				residentDoes: 'Zij komt mee.',
				horizonMonths: '1'
			})
		);
		sure(await recordDurability(installation, actors.holder, { requestId, outlook: 'unsure', because: 'We weten het nog niet.' }));
		sure(await recordEffects(installation, actors.holder, { requestId, socialAssistance: 'no', administration: 'none' }));
		sure(await sendRequest(installation, actors.holder, { requestId }));
		sure(
			await recordScheme(installation, actors.holder, {
				requestId,
				scheme: 'Noodfonds',
				answer: 'none_fits',
				why: 'Te laat voor vanavond.'
			})
		);
	});

	test('who does not sit at the case fills nothing in, and the words stand nowhere in plain', async () => {
		const { installation } = scene;
		const { requestId } = await room.send();
		const durability = { requestId, outlook: 'no', because: 'Kwartelkoning.' };
		expect(said(await recordDurability(installation, scene.officers.secretaryTwo, durability))).toBe('not_allowed');
		expect(said(await recordDurability(installation, scene.actors.colleague, durability))).toBe('not_found');
		sure(await recordDurability(installation, scene.actors.holder, durability));
		const owner = await scene.database.connections.owner();
		const { rows } = await owner.query<{ name: string }>(
			"select schemaname || '.' || tablename as name from pg_tables where schemaname = 'public'"
		);
		const found: string[] = [];
		for (const { name } of rows)
			if (((await owner.query(`select from ${name} t where t::text ilike '%kwartelkoning%' limit 1`)).rowCount ?? 0) > 0) found.push(name);
		await owner.end();
		expect(found).toEqual(['public.search_document']);
	});
});

describe('the secretariat', () => {
	test('decides when two of different organisations agree; the money comes out of the pot', async () => {
		const { officers } = scene;
		const { requestId } = await room.send();
		expect(sure(await judge(officers.secretaryTwo, requestId, 'grant')).outcome).toBe('waits');
		expect(sure(await judge(officers.secretaryThree, requestId, 'grant', { condition: 'Alleen op rekening.' })).outcome).toBe('granted');
		expect(await stateOf(requestId)).toBe('granted');
		const rows = await room.asOwner<{ amount: number; team_id: string | null }>(
			'select r.amount_cents::int as amount, s.team_id from reservation r join fund_source s using (network_id, source_id) where r.request_id = $1',
			[requestId]
		);
		expect(rows).toEqual([{ amount: 2_500_00, team_id: null }]);
		expect(said(await judge(officers.secretaryTwo, requestId, 'refuse'))).toBe('wrong_state');
	});

	test('may grant a part, when both find the same part', async () => {
		const { officers } = scene;
		const { requestId } = await room.send();
		sure(await judge(officers.secretaryTwo, requestId, 'partly', { amount: '1.000' }));
		expect(sure(await judge(officers.secretaryThree, requestId, 'partly', { amount: '900' })).outcome).toBe('waits');
		expect(said(await judge(officers.secretaryThree, requestId, 'partly', { amount: '2.500' }))).toBe('invalid');
		expect(sure(await judge(officers.secretaryThree, requestId, 'partly', { amount: '1.000' })).outcome).toBe('partly');
		expect((await room.find(scene.actors.holder, requestId))?.decision).toMatchObject({ kind: 'partly', grantedCents: 1_000_00 });
	});

	test('refuses with a reason and with who can help, and asks before it decides', async () => {
		const { installation, officers, actors } = scene;
		const { requestId } = await room.send();
		expect(await judgeRequest(installation, officers.secretaryTwo, { requestId, verdict: 'refuse', reason: 'Nee.' })).toMatchObject({
			refusal: { fields: [{ path: ['whoHelps'], code: 'required' }] }
		});
		sure(await judge(officers.secretaryTwo, requestId, 'ask', { reason: 'Is er een offerte?' }));
		sure(await recordReply(installation, actors.holder, { requestId, reply: 'Ja, van 2.500 euro.' }));
		sure(await judge(officers.secretaryTwo, requestId, 'refuse'));
		expect(sure(await judge(officers.secretaryThree, requestId, 'refuse')).outcome).toBe('refused');
		expect(await room.asOwner('select from reservation where request_id = $1', [requestId])).toEqual([]);
	});

	test('does not decide on its own organisation, on a case where one sits, or where one stood aside', async () => {
		const { installation, officers } = scene;
		const { requestId } = await room.send();
		// The first secretary works where the asker works.
		expect(said(await judge(officers.secretaryOne, requestId, 'grant'))).toBe('conflict_of_interest');
		sure(await judge(officers.secretaryTwo, requestId, 'grant'));
		sure(await standAside(installation, officers.secretaryTwo, { requestId }));
		expect(said(await judge(officers.secretaryTwo, requestId, 'grant'))).toBe('conflict_of_interest');
		// What they found before does not count any more.
		expect(sure(await judge(officers.secretaryThree, requestId, 'grant')).outcome).toBe('waits');
		const { caseId, requestId: other } = await room.send();
		const { networkId, personId, membershipId, organisationId } = officers.secretaryTwo;
		await room.asOwner(
			`insert into case_seat (network_id, case_id, seat_id, person_id, membership_id, organisation_id, holder, given_by, valid_from, valid_until)
			values ($1, $2, gen_random_uuid(), $3, $4, $5, false, $3, $6, $6)`,
			[networkId, caseId, personId, membershipId, organisationId, new Date('2026-11-01')]
		);
		expect(said(await judge(officers.secretaryTwo, other, 'grant'))).toBe('conflict_of_interest');
	});

	test('does not decide straight in SQL either: not alone, not with an interest, not without the role', async () => {
		const { officers, actors } = scene;
		const { requestId } = await room.send();
		sure(await judge(officers.secretaryTwo, requestId, 'grant'));
		const roles = await openSqlRoles(scene.database.connections);
		const now = scene.installation.world.now().toISOString();
		const { networkId } = actors.holder;
		const decide = (actor: Actor) =>
			roles.tried(
				'app',
				contextOf(actor, now),
				"insert into request_event (network_id, request_id, event_id, kind, granted_cents, at, person_id) values ($1, $2, gen_random_uuid(), 'granted', 250000, now(), $3)",
				[networkId, requestId, actor.personId]
			);
		const judgement = (actor: Actor) =>
			roles.tried(
				'app',
				contextOf(actor, now),
				"insert into request_judgement (network_id, request_id, judgement_id, person_id, membership_id, organisation_id, verdict, granted_cents, at) values ($1, $2, gen_random_uuid(), $3, $4, $5, 'grant', 250000, now())",
				[networkId, requestId, actor.personId, actor.membershipId, actor.organisationId]
			);
		try {
			for (const actor of [officers.secretaryTwo, officers.secretaryThree, actors.holder, officers.treasurer, officers.governor])
				expect(await decide(actor)).toBe('42501');
			for (const actor of [officers.secretaryOne, actors.holder, officers.governor, actors.colleague])
				expect(await judgement(actor)).toBe('42501');
		} finally {
			await roles.close();
		}
	});

	test('reads the request and nothing else of the case', async () => {
		const { officers, actors } = scene;
		const { caseId, requestId } = await room.send();
		expect(said(await getCaseTable(scene.installation, officers.secretaryTwo, caseId))).toBe('not_found');
		const roles = await openSqlRoles(scene.database.connections);
		const count = (actor: Actor, what: string) =>
			roles.tried(
				'app',
				contextOf(actor, scene.installation.world.now().toISOString()),
				`select from case_words where case_id = $1 and ${what}`,
				[caseId]
			);
		try {
			const wordsOfRequest = await count(officers.secretaryTwo, "part like 'request%'");
			expect(wordsOfRequest).toBeGreaterThan(8);
			expect(await count(officers.secretaryTwo, "part not like 'request%'")).toBe(0);
			expect(await count(actors.holder, "part like 'request%'")).toBe(wordsOfRequest);
			expect(await count(actors.colleague, 'true')).toBe(0);
			expect(await count(officers.treasurer, 'true')).toBe(0);
			sure(await judge(officers.secretaryTwo, requestId, 'grant'));
			sure(await judge(officers.secretaryThree, requestId, 'grant'));
			// Who pays sees what is paid, to whom and why; not the rest.
			expect(await count(officers.treasurer, 'true')).toBe(3);
		} finally {
			await roles.close();
		}
	});

	test('does not grant what does not last; a path that is not better needs a reason', async () => {
		const { officers } = scene;
		const lost = await room.send({ outlook: 'no' });
		expect(said(await judge(officers.secretaryTwo, lost.requestId, 'grant'))).toBe('not_durable');
		expect(said(await judge(officers.secretaryTwo, lost.requestId, 'partly', { amount: '10' }))).toBe('not_durable');
		sure(await judge(officers.secretaryTwo, lost.requestId, 'refuse'));
		const even = await room.send({ proposed: '2' });
		expect(said(await judge(officers.secretaryTwo, even.requestId, 'grant'))).toBe('reason_needed');
		sure(await judge(officers.secretaryTwo, even.requestId, 'grant', { reason: 'Er is geen andere weg.' }));
	});

	test('with too little in the pot waits for money, and grants by itself when it comes', async () => {
		const { officers, actors } = scene;
		await room.setMoney(null, 100_00);
		const { requestId } = await room.send();
		sure(await judge(officers.secretaryTwo, requestId, 'grant'));
		expect(sure(await judge(officers.secretaryThree, requestId, 'grant')).outcome).toBe('waits_for_money');
		expect(await stateOf(requestId)).toBe('asked');
		await room.setMoney(null, 100_000_00);
		expect(await grantWaiting(scene.installation, actors.holder.networkId, scene.installation.world.now())).toBe(1);
		expect(await stateOf(requestId)).toBe('granted');
	});

	test('judges what a colleague found to deserve more, once it was asked again', async () => {
		const { installation, officers, actors } = scene;
		const asked = await room.ask();
		sure(await askMore(installation, room.voters.wijk, { askId: asked.askOf(room.voters.wijk) }));
		await fillSteps(scene, actors.holder, asked.requestId);
		expect(said(await judge(officers.secretaryTwo, asked.requestId, 'grant'))).toBe('not_found');
		scene.installation.world.tick(1000);
		sure(await sendRequest(installation, actors.holder, { requestId: asked.requestId }));
		sure(await judge(officers.secretaryTwo, asked.requestId, 'grant'));
		expect(sure(await judge(officers.secretaryThree, asked.requestId, 'grant')).outcome).toBe('granted');
	});
});

test('a reading of a request leaves a line that the case shows', async () => {
	const { requestId, caseId } = await room.send();
	await readLogged(scene.installation, scene.officers.secretaryTwo, { act: 'request.read', kind: 'request', id: requestId, caseId }, (tx) =>
		tx
			.selectFrom('request')
			.select('requestId')
			.where('requestId', '=', requestId)
			.executeTakeFirst()
			.then((row) => row ?? null)
	);
	const lines = await room.asOwner("select from log_line where act = 'request.read' and result = 'seen' and case_id = $1", [caseId]);
	expect(lines.length).toBe(1);
});
