import { afterAll, beforeAll, expect, test } from 'vitest';
import { read } from '#foundation/command/reading.server.ts';
import { departsFromPrecedents, listPrecedents } from '#rooms/fund/requests/steps/read.server.ts';
import { judgeRequest } from '#rooms/fund/requests/judging/commands.server.ts';
import { said } from './acts-document.ts';
import { openRequestScene } from './request-scene.server.ts';
import type { RequestScene } from './request-scene.server.ts';
import { openScene } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { contextOf, openSqlRoles } from './sql-as-role.server.ts';

/** "Zo lukte het eerder" (A11) on a real PostgreSQL: what it tells, and what it never tells. */

let scene: Scene;
let room: RequestScene;
let requestId: string;
beforeAll(async () => {
	scene = await openScene(29);
	room = await openRequestScene(scene);
	const sent = await room.send();
	requestId = sent.requestId;
	await name(sent.caseId, 'waiting_time');
});
afterAll(() => scene.drop());

async function name(caseId: string, kind: string): Promise<void> {
	const { networkId, personId } = scene.actors.holder;
	await room.asOwner(
		'insert into cause_naming (network_id, naming_id, case_id, kind, person_id, at) values ($1, gen_random_uuid(), $2, $3, $4, $5)',
		[networkId, caseId, kind, personId, scene.installation.world.now()]
	);
}
/** As many closed cases more, with this cause and outcome. */
async function close(times: number, outcome: string, kind = 'waiting_time'): Promise<void> {
	const { networkId, personId, membershipId } = scene.actors.holder;
	for (let time = 0; time < times; time++) {
		const caseId = await room.openCase();
		await name(caseId, kind);
		scene.installation.world.tick(1000);
		await room.asOwner(
			`insert into case_event (network_id, case_id, event_id, kind, outcome, at, person_id, membership_id)
			values ($1, $2, gen_random_uuid(), 'closed', $3, $4, $5, $6)`,
			[networkId, caseId, outcome, scene.installation.world.now(), personId, membershipId]
		);
	}
}
const told = async (actor = scene.actors.holder) =>
	read(scene.installation, actor, async (tx) => ({
		rows: (await listPrecedents(tx, requestId)).map(({ outcome, cases }) => [outcome, cases]),
		departs: await departsFromPrecedents(tx, requestId)
	}));

test('tells nothing under three cases, no number under three, and asks for a reason once most went without money', async () => {
	await close(2, 'helped_without_money');
	await close(3, 'helped_without_money', 'data_sharing');
	expect(await told()).toEqual({ rows: [], departs: false });
	await close(1, 'helped');
	expect(await told()).toEqual({
		rows: [
			['helped', null],
			['helped_without_money', null]
		],
		departs: true
	});
	await close(1, 'helped');
	expect((await told()).departs).toBe(false);
	await close(2, 'helped_without_money');
	await close(3, 'referred');
	expect(await told()).toEqual({
		rows: [
			['helped_without_money', 4],
			['referred', 3],
			['helped', null]
		],
		departs: true
	});
	expect(await told(scene.actors.colleague)).toEqual({ rows: [], departs: false });
	const judge = (more: object) => judgeRequest(scene.installation, scene.officers.secretaryTwo, { requestId, verdict: 'grant', ...more });
	expect(said(await judge({}))).toBe('reason_needed');
	expect(said(await judge({ reason: 'Wachten kan hier niet.' }))).toBe('yes');
});

test('nobody counts one or two in the database either', async () => {
	const roles = await openSqlRoles(scene.database.connections);
	try {
		const context = contextOf(scene.actors.holder, scene.installation.world.now().toISOString());
		expect(await roles.tried('app', context, 'select * from app.cases_alike($1)', [requestId])).toBe('42501');
	} finally {
		await roles.close();
	}
});
