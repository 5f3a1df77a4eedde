import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import { hashOf } from '#foundation/identity/secret.server.ts';
import { findCases } from '#foundation/search/find-cases.server.ts';
import { jobHandlers } from '#lib/cli/job-handlers.server.ts';
import { objectAsResident } from '#rooms/privacy/resident/commands.server.ts';
import { stageResident } from './fill-privacy.server.ts';
import { openScene, sceneRoles, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { openSqlRoles } from './sql-as-role.server.ts';

/** What the secret of a resident's link opens and what it does not, straight in SQL, past every rule of the product. */

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(21);
});
afterAll(() => scene.drop());

const stage = () => stageResident(scene);
const asOwner = async <T extends object>(sql: string, values: unknown[] = []): Promise<T[]> => {
	const owner = await scene.database.connections.owner();
	try {
		return (await owner.query<T>(sql, values)).rows;
	} finally {
		await owner.end();
	}
};

test('straight in SQL the secret opens the listed parts, and without it nothing', async () => {
	const { token, caseId } = await stage();
	const roles = await openSqlRoles(scene.database.connections);
	const context = { network_id: scene.actors.holder.networkId, now: scene.installation.world.now().toISOString() };
	const count = (hash: Buffer, name: string) => roles.tried('app', context, `select * from app.${name}($1)`, [hash]);
	try {
		const parts = await asOwner<{ part: string }>('select distinct part from case_words where case_id = $1', [caseId]);
		expect(parts.length).toBeGreaterThan(5);
		expect(await count(hashOf(token), 'resident_words')).toBe(3);
		expect(await count(hashOf(token), 'resident_case')).toBe(1);
		for (const name of ['resident_case', 'resident_words', 'resident_agreements', 'resident_looks', 'resident_objections'])
			expect(await count(hashOf('B'.repeat(43)), name)).toBe(0);
		for (const table of ['case_words', 'case_record', 'agreement', 'private_link', 'resident_objection', 'log_line'])
			expect({ table, got: await roles.tried('app', context, `select * from ${table}`) }).toEqual({ table, got: 0 });
		expect(
			await roles.tried('app', context, 'select app.resident_object($1, gen_random_uuid(), gen_random_uuid(), $2) as holder', [
				hashOf('B'.repeat(43)),
				Buffer.from([1])
			])
		).toBe(1);
		expect(await asOwner("select from case_words where ciphertext = '\\x01'")).toEqual([]);
		for (const role of ['jobs', 'identity'] as const)
			expect(await roles.tried(role, context, 'select * from app.resident_words($1)', [hashOf(token)])).toBe('42501');
	} finally {
		await roles.close();
	}
});

test('straight in SQL, who does not hold the case makes no link, ends none and answers nothing', async () => {
	const { caseId, linkId, objectionId } = await stage();
	const roles = await openSqlRoles(scene.database.connections);
	try {
		for (const role of sceneRoles.filter((name) => name !== 'holder')) {
			const { networkId, personId, membershipId } = scene.actors[role];
			const context = {
				network_id: networkId,
				person_id: personId,
				membership_id: membershipId,
				now: scene.installation.world.now().toISOString()
			};
			const make = (purpose: string, person: string | null, days: number) =>
				roles.tried(
					'app',
					context,
					`insert into private_link (network_id, link_id, purpose, subject_id, person_id, membership_id, token_hash, made_at, expires_at)
						values ($1, gen_random_uuid(), $2, $3, $4, $5, sha256('x'), app.now(), app.now() + make_interval(days => $6))`,
					[networkId, purpose, caseId, person, person === null ? null : membershipId, days]
				);
			expect(await make('resident', null, 10)).toBe('42501');
			expect(await make('question', personId, 10)).toBe('42501');
			for (const reason of ['revoked', 'used'])
				expect(
					await roles.tried(
						'app',
						context,
						'insert into private_link_end (network_id, link_id, reason, at) values ($1, $2, $3, app.now())',
						[...[networkId, linkId, reason]]
					)
				).toBe('42501');
			expect(
				await roles.tried(
					'app',
					context,
					'insert into resident_objection_answer (network_id, objection_id, case_id, person_id, membership_id, at) values ($1, $2, $3, $4, $5, app.now())',
					[networkId, objectionId, caseId, personId, membershipId]
				)
			).toBe('42501');
		}
		const { networkId, personId, membershipId } = scene.actors.holder;
		const context = {
			network_id: networkId,
			person_id: personId,
			membership_id: membershipId,
			now: scene.installation.world.now().toISOString()
		};
		const insert = `insert into private_link (network_id, link_id, purpose, subject_id, person_id, membership_id, token_hash, made_at, expires_at)
			values ($1, gen_random_uuid(), $2, $3, $4, $5, sha256('x'), app.now(), app.now() + make_interval(days => $6))`;
		expect(await roles.tried('app', context, insert, [networkId, 'resident', caseId, null, null, 90])).toBe(1);
		expect(await roles.tried('app', context, insert, [networkId, 'resident', caseId, null, null, 91])).toBe('42501');
		expect(await roles.tried('app', context, insert, [networkId, 'question', caseId, personId, membershipId, 10])).toBe('42501');
	} finally {
		await roles.close();
	}
});

test('what a resident says is found by who sits at the case, once the product has put it in the index', async () => {
	const { installation, actors } = scene;
	const { networkId } = actors.holder;
	const { token, caseId } = await stage();
	const key = installation.world.id();
	sure(await objectAsResident(installation, 'haven', token, { key, words: 'De kwartelkoning past hier niet.' }));
	const find = (actor: Actor) => read(installation, actor, (tx) => findCases(tx, 'kwartelkoning'));
	const told = await asOwner<{ payload: Record<string, string> }>(
		`select payload from outbox where kind = 'search.objection' and payload ->> 'caseId' = $1`,
		[caseId]
	);
	expect(told.length).toBeGreaterThan(0);
	const handler = jobHandlers['search.objection'];
	for (const { payload } of told)
		await handler?.(installation, {
			...{ id: installation.world.id(), kind: 'search.objection', networkId, payload, now: installation.world.now(), tries: 0 },
			sendMail: () => Promise.reject(new Error('No letter is sent.')),
			ask: () => Promise.reject(new Error('No job is asked for.'))
		});
	expect((await find(actors.holder)).map((one) => one.caseId)).toEqual([caseId]);
	expect(await find(actors.colleague)).toEqual([]);
});
