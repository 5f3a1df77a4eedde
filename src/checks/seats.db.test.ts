import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inviteToTable, openCase } from '#rooms/cases/commands.server.ts';
import { caseWords, makeFullCase, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { contextOf, openSqlRoles } from './sql-as-role.server.ts';
import type { SqlRoles } from './sql-as-role.server.ts';

/** What a seat gives and what it does not, straight in SQL, past every rule of the product. */

let scene: Scene;
let owner: pg.Client;
let roles: SqlRoles;
const tried: SqlRoles['tried'] = (...given) => roles.tried(...given);

beforeAll(async () => {
	scene = await openScene(7);
	owner = await scene.database.connections.owner();
	roles = await openSqlRoles(scene.database.connections);
	await makeFullCase(scene);
});
afterAll(async () => {
	await owner.end();
	await roles.close();
	await scene.drop();
});

test('a colleague cannot take a seat, nor write into a case, straight in SQL', async () => {
	const { networkId, personId, membershipId, organisationId } = scene.actors.colleague;
	const context = contextOf(scene.actors.colleague);
	const { rows } = await owner.query<{ case_id: string }>('select case_id from case_record limit 1');
	const caseId = rows[0]?.case_id;
	for (const holder of [true, false])
		expect(
			await tried(
				'app',
				context,
				'insert into case_seat (network_id, case_id, seat_id, person_id, membership_id, organisation_id, holder, given_by, valid_from) values ($1, $2, gen_random_uuid(), $3, $4, $5, $6, $3, now())',
				[networkId, caseId, personId, membershipId, organisationId, holder]
			)
		).toBe('42501');
	expect(
		await tried(
			'app',
			context,
			"insert into case_event (network_id, case_id, event_id, kind, at, person_id, membership_id) values ($1, $2, gen_random_uuid(), 'reopened', now(), $3, $4)",
			[networkId, caseId, personId, membershipId]
		)
	).toBe('42501');
});

test('who left the table sees nothing of it any more, by the product’s own clock', async () => {
	const { personId } = scene.actors.seated;
	const context = contextOf(scene.actors.seated);
	const now = scene.installation.world.now().toISOString();
	expect(await tried('app', { ...context, now }, 'select from case_record')).toBe(1);
	await owner.query('update case_seat set valid_until = $1 where person_id = $2', [now, personId]);
	expect(await tried('app', { ...context, now }, 'select from case_record')).toBe(0);
	await owner.query('update case_seat set valid_until = null where person_id = $1', [personId]);
});

describe('what someone at the table cannot do, straight in SQL', () => {
	const caseOfScene = async (): Promise<string> => {
		const { rows } = await owner.query<{ case_id: string }>('select case_id from case_seat where person_id = $1', [
			scene.actors.seated.personId
		]);
		return rows[0]?.case_id ?? '';
	};

	test('keep seeing a case when the membership they sat there with has ended', async () => {
		const { seated } = scene.actors;
		const now = scene.installation.world.now().toISOString();
		const other = scene.installation.world.id();
		await owner.query(
			`insert into membership select network_id, $2, person_id, organisation_id, function_title, roles, valid_from, null from membership where membership_id = $1`,
			[seated.membershipId, other]
		);
		await owner.query('update membership set valid_until = $2 where membership_id = $1', [seated.membershipId, now]);
		expect(await tried('app', { ...contextOf(seated, now), membership_id: other }, 'select from case_record')).toBe(0);
		await owner.query('update membership set valid_until = null where membership_id = $1', [seated.membershipId]);
		expect(await tried('app', contextOf(seated, now), 'select from case_record')).toBe(1);
		// Nor while acting for another organisation: a seat is taken with one membership.
		expect(await tried('app', { ...contextOf(seated, now), membership_id: other }, 'select from case_record')).toBe(0);
		await owner.query('delete from membership where membership_id = $1', [other]);
	});

	test('sit down again after leaving: neither by taking the leaving back, nor by the invitation of then', async () => {
		const { seated } = scene.actors;
		const now = scene.installation.world.now().toISOString();
		const caseId = await caseOfScene();
		await owner.query('update case_seat set valid_until = $1 where person_id = $2', [now, seated.personId]);
		expect(await tried('app', contextOf(seated, now), 'update case_seat set valid_until = null')).toBe(0);
		expect(
			await tried(
				'app',
				contextOf(seated, now),
				'insert into case_seat (network_id, case_id, seat_id, person_id, membership_id, organisation_id, holder, given_by, valid_from) values ($1, $2, gen_random_uuid(), $3, $4, $5, false, $3, $6)',
				[seated.networkId, caseId, seated.personId, seated.membershipId, seated.organisationId, now]
			)
		).toBe('42501');
		await owner.query('update case_seat set valid_until = null where person_id = $1', [seated.personId]);
		expect(await tried('app', contextOf(seated, now), 'update case_seat set valid_until = null')).toBe('42501');
		expect(await tried('app', contextOf(seated, now), 'update case_seat set valid_until = $1', [now])).toBe(1);
	});

	test('invite without holding the case, or invite a membership that is another person’s', async () => {
		const { holder, seated, invited, colleague } = scene.actors;
		const caseId = await caseOfScene();
		const invite = (by: Scene['actors']['seated'], personId: string, membershipId: string) =>
			tried(
				'app',
				contextOf(by),
				'insert into seat_invitation (network_id, invitation_id, case_id, person_id, membership_id, invited_by, at) values ($1, gen_random_uuid(), $2, $3, $4, $5, now())',
				[by.networkId, caseId, personId, membershipId, by.personId]
			);
		expect(await invite(seated, invited.personId, invited.membershipId)).toBe('42501');
		expect(await invite(holder, invited.personId, colleague.membershipId)).toBe('23503');
		expect(await invite(holder, invited.personId, invited.membershipId)).toBe(1);
	});

	test('answer or report under another case, reopen without holding it, or write a fact under another person’s membership', async () => {
		const { installation, actors } = scene;
		const { holder, seated, colleague } = actors;
		const caseId = await caseOfScene();
		const elsewhere = sure(await openCase(installation, colleague, caseWords)).caseId;
		const { invitationId } = sure(
			await inviteToTable(installation, colleague, { caseId: elsewhere, membershipId: holder.membershipId, message: 'Doe mee' })
		);
		expect(
			await tried(
				'app',
				contextOf(seated),
				"insert into seat_answer (network_id, invitation_id, case_id, answer, person_id, at) values ($1, $2, $3, 'withdrawn', $4, now())",
				[seated.networkId, invitationId, caseId, seated.personId]
			)
		).toBe('23503');
		const { rows } = await owner.query<{ agreement_id: string }>('select agreement_id from agreement where case_id = $1', [caseId]);
		expect(
			await tried(
				'app',
				contextOf(colleague, installation.world.now().toISOString()),
				"insert into agreement_report (network_id, report_id, agreement_id, case_id, outcome, person_id, at) values ($1, gen_random_uuid(), $2, $3, 'kept', $4, now())",
				[colleague.networkId, rows[0]?.agreement_id, elsewhere, colleague.personId]
			)
		).toBe('23503');
		const reopen = (by: Scene['actors']['seated'], membershipId: string) =>
			tried(
				'app',
				contextOf(by),
				"insert into case_event (network_id, case_id, event_id, kind, at, person_id, membership_id) values ($1, $2, gen_random_uuid(), 'reopened', now(), $3, $4)",
				[by.networkId, caseId, by.personId, membershipId]
			);
		expect(await reopen(seated, seated.membershipId)).toBe('42501');
		expect(await reopen(holder, seated.membershipId)).toBe('23503');
		expect(await reopen(holder, holder.membershipId)).toBe(1);
	});

	test('write a line in the log as another membership', async () => {
		const { holder, seated } = scene.actors;
		const line = (membershipId: string) =>
			tried(
				'app',
				contextOf(seated),
				"insert into log_line (network_id, line_id, epoch, at, act, result, object_kind, person_id, membership_id, origin, span_id) values ($1, gen_random_uuid(), 1, now(), 'case.read', 'seen', 'case', $2, $3, 'page', '0123456789abcdef')",
				[seated.networkId, seated.personId, membershipId]
			);
		expect(await line(seated.membershipId)).toBe(1);
		expect(await line(holder.membershipId)).toBe('42501');
	});
});
