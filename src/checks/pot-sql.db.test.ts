import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { openPotScene } from './pot-scene.server.ts';
import type { PotScene } from './pot-scene.server.ts';
import { sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { pledgeContribution, receiveContribution } from '#rooms/fund/contributions/commands.server.ts';
import { reserve } from '#rooms/fund/ledger/commands.server.ts';

/** The pot straight in SQL, as someone would who got past every rule of the product. */

let pot: PotScene;
let scene: Scene;
let treasurer: Actor;
beforeAll(async () => {
	pot = await openPotScene(18);
	({ scene, treasurer } = pot);
});
afterAll(() => scene.drop());

const soon = (): Date => new Date(scene.installation.world.now().getTime() + 14 * 86_400_000);

describe('straight in SQL', () => {
	const tryAs = async (actor: Actor, statement: string, values: unknown[] = []): Promise<string> => {
		const client = await scene.database.connections.single('app');
		try {
			await client.query('begin');
			const context = {
				network_id: actor.networkId,
				person_id: actor.personId,
				membership_id: actor.membershipId,
				now: scene.installation.world.now().toISOString()
			};
			for (const [name, value] of Object.entries(context)) await client.query('select set_config($1, $2, true)', [`app.${name}`, value]);
			await client.query(statement, values);
			await client.query('commit');
			return 'done';
		} catch (error) {
			return (error as { code?: string }).code ?? 'no code';
		} finally {
			await client.end();
		}
	};
	const uuid = (): string => scene.installation.world.id();

	test('money is set aside only for what was granted, to the cent', async () => {
		const { seated } = scene.actors;
		const reserveFor = async (requestId: string, cents: number): Promise<string> => {
			try {
				await scene.installation.door.actor(seated, scene.installation.world.now(), (tx) =>
					reserve({ tx, id: uuid }, { requestId, amountCents: cents, from: { kind: 'pot' }, expiresAt: soon() })
				);
				return 'done';
			} catch (error) {
				return (error as { code?: string }).code ?? 'no code';
			}
		};
		expect(await reserveFor(uuid(), 100)).toBe('23503');
		const requestId = uuid();
		await pot.granted(requestId, 100);
		expect(await reserveFor(requestId, 101)).toBe('23514');
		expect(await reserveFor(requestId, 100)).toBe('done');
	});
	test('nobody writes a journal, a posting, a balance or a reservation, the treasurer neither', async () => {
		for (const statement of [
			"insert into journal (network_id, journal_id, kind, at) values (app.network_id(), gen_random_uuid(), 'gift', app.now())",
			'insert into posting (network_id, journal_id, line, account_id, amount_cents) select network_id, journal_id, 9, account_id, 1 from posting limit 1',
			'update fund_source set cash_cents = cash_cents + 1',
			'delete from posting',
			'insert into reservation select * from reservation limit 1',
			"select app.book(gen_random_uuid(), 'gift', gen_random_uuid(), null, '{}', '{}')",
			"select app.end_reservation(gen_random_uuid(), gen_random_uuid(), 'spent')",
			'select app.expire_reservation(gen_random_uuid(), gen_random_uuid())'
		])
			expect({ statement, got: await tryAs(treasurer, statement) }).toEqual({ statement, got: '42501' });
	});
	test('an organisation does not pledge for another, nor a professional for their own', async () => {
		const pledge = `insert into contribution (network_id, contribution_id, organisation_id, year, amount_cents, person_id, membership_id, at)
			values (app.network_id(), $1, $2, 2026, 100, app.person_id(), app.membership_id(), app.now())`;
		const { administrator, colleague, holder } = scene.actors;
		expect(await tryAs(administrator, pledge, [uuid(), administrator.organisationId])).toBe('done');
		expect(await tryAs(administrator, pledge, [uuid(), holder.organisationId])).toBe('42501');
		expect(await tryAs(colleague, pledge, [uuid(), colleague.organisationId])).toBe('42501');
	});
	test('money that came in is booked by the treasurer alone, from a line of their own, once', async () => {
		const { contributionId } = sure(
			await pledgeContribution(scene.installation, scene.actors.administrator, { amount: '100', year: 2028 })
		);
		sure(await receiveContribution(scene.installation, treasurer, { contributionId, amount: '1' }));
		const [step] = await pot.asOwner<{ step_id: string }>('select step_id from contribution_step where contribution_id = $1', [
			contributionId
		]);
		expect(await tryAs(treasurer, 'select app.book_contribution($1, $2)', [step?.step_id, uuid()])).toBe('23505');
		expect(await tryAs(scene.actors.administrator, 'select app.book_contribution($1, $2)', [step?.step_id, uuid()])).toBe('42501');
	});
	test('whoever acts in another network, or nowhere, sets nothing aside', async () => {
		const nobody = { ...scene.actors.stranger, networkId: treasurer.networkId };
		expect(await tryAs(nobody, "select app.reserve($1, $2, $3, 1, null, app.now() + interval '1 day')", [uuid(), uuid(), uuid()])).toBe(
			'42501'
		);
	});
	test('a journal of one line, or that does not sum to zero, is refused when it is committed, of the owner too', async () => {
		for (const amount of [1, -5]) {
			const owner = await scene.database.connections.owner();
			try {
				await owner.query('begin');
				await owner.query("insert into journal (network_id, journal_id, kind, at) values ($1, $2, 'gift', now())", [
					...[treasurer.networkId, '01940000-0000-7000-8000-000000000001']
				]);
				await owner.query(
					'insert into posting (network_id, journal_id, line, account_id, amount_cents) select network_id, $1, 1, account_id, $2 from account limit 1',
					['01940000-0000-7000-8000-000000000001', amount]
				);
				await expect(owner.query('commit')).rejects.toMatchObject({ code: '23514' });
			} finally {
				await owner.end();
			}
		}
	});
});
