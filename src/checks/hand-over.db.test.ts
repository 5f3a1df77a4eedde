import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import type { Job } from '#foundation/jobs/job.ts';
import { acceptInvitation, inviteToTable, openCase } from '#rooms/cases/commands.server.ts';
import { offerHandOver, takeOver, withdrawHandOver } from '#rooms/cases/hand-over/commands.server.ts';
import { handOverJobs } from '#rooms/cases/hand-over/jobs.server.ts';
import { listMyCasesToHold } from '#rooms/cases/hand-over/read.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { said } from './acts-document.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene, SceneRole } from './scene.server.ts';
import { contextOf, openSqlRoles } from './sql-as-role.server.ts';
import type { SqlRoles } from './sql-as-role.server.ts';

/** A case passes only from its holder's hand, or when its holder works for their organisation no more; by the product and straight in SQL. */

let scene: Scene;
let owner: pg.Client;
let roles: SqlRoles;
beforeAll(async () => {
	scene = await openScene(29);
	owner = await scene.database.connections.owner();
	roles = await openSqlRoles(scene.database.connections);
});
afterAll(async () => {
	await owner.end();
	await roles.close();
	await scene.drop();
});

async function openTable(others: readonly SceneRole[] = ['seated', 'invited']): Promise<string> {
	const { installation, actors } = scene;
	const { caseId } = sure(await openCase(installation, actors.holder, caseWords));
	for (const role of others) {
		const wish = { caseId, membershipId: actors[role].membershipId, message: 'Doe mee' };
		sure(await acceptInvitation(installation, actors[role], sure(await inviteToTable(installation, actors.holder, wish))));
	}
	scene.installation.world.tick(60_000);
	return caseId;
}
const offer = (caseId: string, stays: 'yes' | 'no' = 'yes') =>
	offerHandOver(scene.installation, scene.actors.holder, { caseId, membershipId: scene.actors.seated.membershipId, stays });
const tableFor = (actor: Actor, caseId: string) => getCaseTable(scene.installation, actor, caseId);
const endMembership = (until: Date | null) =>
	owner.query('update membership set valid_until = $2 where membership_id = $1', [scene.actors.holder.membershipId, until]);

describe('handed over', () => {
	test('the case has the new holder, and the old one keeps an ordinary seat when they chose so', async () => {
		const { actors, installation } = scene;
		const caseId = await openTable();
		sure(await offer(caseId));
		expect(await read(installation, actors.seated, (tx) => listMyCasesToHold(tx, actors.seated))).toMatchObject([
			{ caseId, why: 'offered' }
		]);
		sure(await takeOver(installation, actors.seated, { caseId }));
		const table = sure(await tableFor(actors.holder, caseId));
		expect(table.seats.map(({ personId, holder }) => ({ personId, holder }))).toEqual(
			expect.arrayContaining([
				{ personId: actors.seated.personId, holder: true },
				{ personId: actors.holder.personId, holder: false },
				{ personId: actors.invited.personId, holder: false }
			])
		);
		expect(table.seats.length).toBe(3);
		expect(said(await offer(caseId))).toBe('not_holder');
		expect(await read(installation, actors.seated, (tx) => listMyCasesToHold(tx, actors.seated))).toEqual([]);
	});

	test('the old holder who chose to leave sees the case no more', async () => {
		const caseId = await openTable();
		sure(await offer(caseId, 'no'));
		sure(await takeOver(scene.installation, scene.actors.seated, { caseId }));
		expect(said(await tableFor(scene.actors.holder, caseId))).toBe('not_found');
		expect(sure(await tableFor(scene.actors.seated, caseId)).mySeat.holder).toBe(true);
	});

	test('by two at once when the holder has left, it has one holder', async () => {
		const { actors, installation } = scene;
		const caseId = await openTable();
		await endMembership(installation.world.now());
		try {
			const answers = await Promise.all([actors.seated, actors.invited].map((actor) => takeOver(installation, actor, { caseId })));
			expect(answers.filter((answer) => answer.ok).length).toBe(1);
			expect((await owner.query('select from case_seat where case_id = $1 and holder and valid_until is null', [caseId])).rowCount).toBe(1);
		} finally {
			await endMembership(null);
		}
	});

	test('a holder who came back to the table does not get the case by an offer of before', async () => {
		const { actors, installation } = scene;
		const caseId = await openTable();
		sure(await offer(caseId));
		sure(await withdrawHandOver(installation, actors.holder, { caseId }));
		expect(said(await takeOver(installation, actors.seated, { caseId }))).toBe('not_offered');
	});
});

test('those at the table of a holder who left are told once', async () => {
	const { actors, installation } = scene;
	const caseId = await openTable(['seated']);
	const asked: string[] = [];
	const job = () =>
		({
			...{ kind: 'daily.holders_left', networkId: actors.holder.networkId, payload: {}, now: installation.world.now() },
			ask: (kind: string, _network: string, payload: { caseId: string; personId: string }, once: string) => {
				if (payload.caseId === caseId) asked.push(`${kind} ${payload.personId} ${once}`);
				return Promise.resolve();
			}
		}) as unknown as Job;
	await handOverJobs['daily.holders_left']?.(installation, job());
	expect(asked).toEqual([]);
	await endMembership(installation.world.now());
	try {
		await handOverJobs['daily.holders_left']?.(installation, job());
		await handOverJobs['daily.holders_left']?.(installation, job());
		expect(asked.length).toBe(2);
		expect(new Set(asked).size).toBe(1);
		expect(asked[0]).toContain(`mail.holder_left ${actors.seated.personId}`);
	} finally {
		await endMembership(null);
	}
});

describe('nobody can seize a case, straight in SQL', () => {
	const seize = 'select from app.take_over($1, $2, gen_random_uuid(), gen_random_uuid()) as t(passed) where t.passed';
	const now = () => scene.installation.world.now().toISOString();
	const by = (role: SceneRole) => contextOf(scene.actors[role], now());

	test('by the function, without an offer of the holder to oneself', async () => {
		const { actors } = scene;
		const caseId = await openTable();
		for (const role of ['holder', 'seated', 'invited', 'colleague', 'administrator', 'stranger'] as const)
			expect({ role, passed: await roles.tried('app', by(role), seize, [caseId, null]) }).toEqual({ role, passed: 0 });
		const { handOverId } = sure(await offer(caseId));
		for (const role of ['holder', 'invited', 'colleague', 'stranger'] as const)
			expect({ role, passed: await roles.tried('app', by(role), seize, [caseId, handOverId]) }).toEqual({ role, passed: 0 });
		// Nor with the offer of another case, or as another membership than was asked.
		const other = await openTable();
		expect(await roles.tried('app', by('seated'), seize, [other, handOverId])).toBe(0);
		expect(await roles.tried('app', { ...by('seated'), membership_id: actors.holder.membershipId }, seize, [caseId, handOverId])).toBe(0);
		expect(await roles.tried('app', by('seated'), seize, [caseId, handOverId])).toBe(1);
		expect(await roles.tried('jobs', by('seated'), seize, [caseId, handOverId])).toBe('42501');
	});

	test('by making an offer to oneself in the holder’s name, or accepting one by hand', async () => {
		const { actors } = scene;
		const caseId = await openTable();
		const offering = (from: SceneRole, as: SceneRole, to: SceneRole) =>
			roles.tried(
				'app',
				by(as),
				'insert into hand_over (network_id, hand_over_id, case_id, from_person_id, to_person_id, to_membership_id, stays, at) values ($1, gen_random_uuid(), $2, $3, $4, $5, true, now())',
				[actors.holder.networkId, caseId, actors[from].personId, actors[to].personId, actors[to].membershipId]
			);
		expect(await offering('holder', 'seated', 'seated')).toBe('42501');
		expect(await offering('seated', 'seated', 'seated')).toBe('42501');
		expect(await offering('holder', 'colleague', 'colleague')).toBe('42501');
		expect(await offering('holder', 'holder', 'seated')).toBe(1);
		const { handOverId } = sure(await offer(caseId));
		const answering = (as: SceneRole, answer: string) =>
			roles.tried(
				'app',
				by(as),
				'insert into hand_over_end (network_id, hand_over_id, case_id, answer, person_id, at) values ($1, $2, $3, $4, $5, now())',
				[actors.holder.networkId, handOverId, caseId, answer, actors[as].personId]
			);
		expect(await answering('seated', 'accepted')).toBe('42501');
		expect(await answering('invited', 'declined')).toBe('42501');
		expect(await answering('seated', 'withdrawn')).toBe('42501');
		expect(await answering('seated', 'declined')).toBe(1);
		expect(await answering('holder', 'withdrawn')).toBe(1);
	});

	test('by ending the holder’s seat, or sitting down as holder', async () => {
		const { actors } = scene;
		const caseId = await openTable();
		expect(await roles.tried('app', by('seated'), 'update case_seat set valid_until = now() where case_id = $1 and holder', [caseId])).toBe(
			0
		);
		expect(await roles.tried('app', by('seated'), 'update case_seat set holder = true where case_id = $1', [caseId])).toBe('42501');
		expect(
			await roles.tried(
				'app',
				by('seated'),
				'insert into case_seat (network_id, case_id, seat_id, person_id, membership_id, organisation_id, holder, given_by, valid_from) values ($1, $2, gen_random_uuid(), $3, $4, $5, true, $3, now())',
				[actors.seated.networkId, caseId, actors.seated.personId, actors.seated.membershipId, actors.seated.organisationId]
			)
		).toBe('42501');
	});
});

describe('a signal, straight in SQL', () => {
	test('is opened for no cause that was not named often enough, and verified by no person', async () => {
		const { actors } = scene;
		const { networkId } = actors.holder;
		await owner.query(
			"insert into cause (network_id, cause_id, kind, title, responsible_outside, made_at) values ($1, $2, 'law', 'Een wet', 'ministry', now())",
			[networkId, networkId]
		);
		const context = contextOf(actors.holder, scene.installation.world.now().toISOString());
		expect(
			await roles.tried(
				'app',
				context,
				'insert into signal (network_id, signal_id, cause_id, opened_at) values ($1, gen_random_uuid(), $1, now())',
				[networkId]
			)
		).toBe('42501');
		await owner.query('insert into signal (network_id, signal_id, cause_id, opened_at) values ($1, $1, $1, now())', [networkId]);
		for (const kind of ['opened', 'verified', 'reopened'])
			expect(
				await roles.tried(
					'app',
					context,
					'insert into signal_event (network_id, signal_id, event_id, kind, at) values ($1, $1, gen_random_uuid(), $2, now())',
					[networkId, kind]
				)
			).toBe('42501');
		// Who goes about a cause is read by nobody straight from the table.
		expect(await roles.tried('app', context, 'select responsible_outside from cause')).toBe('42501');
		expect(await roles.tried('app', context, 'select title from cause')).toBe(1);
	});
});
