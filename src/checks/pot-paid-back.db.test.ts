import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { acceptClaim, declineClaim, payClaim, proposeClaim, writeOffClaim } from '#rooms/fund/claims/commands.server.ts';
import { acceptSplit, claimBySplit, proposeSplit } from '#rooms/fund/splits/commands.server.ts';
import { findClaim } from '#rooms/fund/claims/read.server.ts';
import { submitPayment, tickTransfer } from '#rooms/fund/payments/commands.server.ts';
import { runDaily } from './run-daily.server.ts';
import { grantRequest } from './granted.server.ts';
import { openPotScene } from './pot-scene.server.ts';
import type { PotScene } from './pot-scene.server.ts';
import { sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** What organisations pay back, on a real PostgreSQL: as they accept it, to the cent. */

let pot: PotScene;
const why = 'Een wasmachine; jullie regeling kwam te laat.';
let scene: Scene;
let treasurer: Actor;
let second: Actor;
let governor: Actor;
beforeAll(async () => {
	pot = await openPotScene(25);
	({ scene, treasurer, second, governor } = pot);
});
afterAll(() => scene.drop());

const asOwner: PotScene['asOwner'] = (text, values) => pot.asOwner(text, values);
const seen: PotScene['seen'] = (actor, read) => pot.seen(actor, read);
const byTransfer: PotScene['byTransfer'] = (requestId, amount, more) => pot.byTransfer(requestId, amount, more);

describe('paid back', () => {
	const paid = async (euro: string, repaidBy?: string): Promise<string> => {
		const { requestId } = await grantRequest(scene, { cents: Number(euro) * 100, ...(repaidBy === undefined ? {} : { repaidBy }) });
		const payment = sure(await submitPayment(scene.installation, scene.actors.holder, byTransfer(requestId, euro)));
		sure(await tickTransfer(scene.installation, treasurer, payment));
		sure(await tickTransfer(scene.installation, second, payment));
		return requestId;
	};
	const claimOf = async (actor: Actor, claimId: string) => seen(actor, (tx) => findClaim(tx, actor, claimId));

	test('an organisation owes nothing until it accepts itself; then until it is paid', async () => {
		const requestId = await paid('200');
		const input = { requestId, organisationId: governor.organisationId, amount: '120', dueOn: '2027-01-31', why };
		const { claimId } = sure(await proposeClaim(scene.installation, scene.actors.holder, input));
		expect(await claimOf(governor, claimId)).toMatchObject({ state: 'proposed', openCents: 0 });
		expect(await payClaim(scene.installation, treasurer, { claimId, amount: '1' })).toMatchObject({ refusal: { code: 'wrong_state' } });
		expect(await acceptClaim(scene.installation, second, { claimId })).toMatchObject({ refusal: { code: 'not_found' } });
		expect(await acceptClaim(scene.installation, scene.actors.holder, { claimId })).toMatchObject({ refusal: { code: 'not_allowed' } });
		sure(await acceptClaim(scene.installation, governor, { claimId }));
		expect(await declineClaim(scene.installation, governor, { claimId })).toMatchObject({ refusal: { code: 'already_answered' } });
		expect(await claimOf(governor, claimId)).toMatchObject({ state: 'accepted', openCents: 120_00 });
		sure(await payClaim(scene.installation, treasurer, { claimId, amount: '20' }));
		expect(await payClaim(scene.installation, treasurer, { claimId, amount: '100,01' })).toMatchObject({
			refusal: { code: 'over_amount' }
		});
		sure(await payClaim(scene.installation, treasurer, { claimId, amount: '100' }));
		expect(await claimOf(treasurer, claimId)).toMatchObject({ state: 'paid', openCents: 0 });
	});

	test('no more is asked back than was paid', async () => {
		const requestId = await paid('50');
		const ask = (amount: string) =>
			proposeClaim(scene.installation, scene.actors.holder, {
				requestId,
				organisationId: governor.organisationId,
				amount,
				dueOn: '2027-01-31',
				why
			});
		const { claimId } = sure(await ask('30'));
		expect(await ask('20,01')).toMatchObject({ refusal: { code: 'over_amount' } });
		sure(await declineClaim(scene.installation, governor, { claimId }));
		sure(await ask('50'));
	});

	test('what is written off is written off by two', async () => {
		const requestId = await paid('40');
		const { claimId } = sure(
			await proposeClaim(scene.installation, scene.actors.holder, {
				requestId,
				organisationId: governor.organisationId,
				amount: '40',
				dueOn: '2027-01-31',
				why
			})
		);
		sure(await acceptClaim(scene.installation, governor, { claimId }));
		expect(await writeOffClaim(scene.installation, governor, { claimId })).toMatchObject({ refusal: { code: 'not_allowed' } });
		sure(await writeOffClaim(scene.installation, treasurer, { claimId }));
		expect(await claimOf(treasurer, claimId)).toMatchObject({ state: 'accepted', writeOffBy: treasurer.personId });
		expect(await writeOffClaim(scene.installation, treasurer, { claimId })).toMatchObject({ refusal: { code: 'other_eyes' } });
		sure(await writeOffClaim(scene.installation, second, { claimId }));
		expect(await claimOf(treasurer, claimId)).toMatchObject({ state: 'written_off', openCents: 0 });
	});

	test('an advance that is accepted is no longer an advance: the books say who owes it', async () => {
		const requestId = await paid('80', scene.actors.holder.organisationId);
		const advances = async () =>
			(
				await asOwner<{ cents: number }>(
					"select coalesce(sum(p.amount_cents), 0)::int as cents from posting p join account a using (network_id, account_id) where a.kind = 'advances_receivable'"
				)
			)[0]?.cents;
		expect(await advances()).toBe(80_00);
		const { claimId } = sure(
			await proposeClaim(scene.installation, treasurer, {
				requestId,
				organisationId: second.organisationId,
				amount: '80',
				dueOn: '2027-01-31',
				why
			})
		);
		sure(await acceptClaim(scene.installation, second, { claimId }));
		expect(await advances()).toBe(0);
	});

	test('shared to the cent over everyone it names; only who had accepted before it was asked owes its part, and nobody pays for another', async () => {
		const { splitId } = sure(await proposeSplit(scene.installation, treasurer, { kind: 'equal' }));
		const share = (requestId: string, amount = '100') =>
			claimBySplit(scene.installation, treasurer, { splitId, requestId, amount, dueOn: '2027-01-31', why });
		const parties = (await asOwner<{ id: string }>('select organisation_id as id from cost_split_part where split_id = $1', [splitId]))
			.length;
		expect(parties).toBeGreaterThan(2);
		const early = await paid('100');
		scene.installation.world.tick(60_000);
		expect(await acceptSplit(scene.installation, treasurer, { splitId })).toMatchObject({ refusal: { code: 'not_allowed' } });
		sure(await acceptSplit(scene.installation, governor, { splitId }));
		expect(await acceptSplit(scene.installation, governor, { splitId })).toMatchObject({ refusal: { code: 'already_answered' } });
		expect(await share(early)).toMatchObject({ refusal: { code: 'wrong_state' } });
		scene.installation.world.tick(60_000);
		const claimsOn = async (claimIds: readonly string[]) =>
			(await Promise.all(claimIds.map((claimId) => claimOf(treasurer, claimId)))).map((claim) => [
				...[claim?.organisationId, claim?.state, claim?.amountCents, claim?.sharedCents]
			]);
		// One of several accepted: it owes its own part and not a cent of what the others did not accept.
		const requestId = await paid('100');
		const part = Math.ceil(100_00 / parties);
		const alone = await claimsOn(sure(await share(requestId)).claimIds);
		expect(alone).toEqual([[governor.organisationId, 'accepted', expect.any(Number), 100_00]]);
		expect([part - 1, part]).toContain(alone[0]?.[2]);
		expect(await share(requestId, '10')).toMatchObject({ refusal: { code: 'already_shared' } });
		scene.installation.world.tick(60_000);
		sure(await acceptSplit(scene.installation, second, { splitId }));
		scene.installation.world.tick(60_000);
		const both = await claimsOn(sure(await share(await paid('100'))).claimIds);
		expect(new Set(both.map(([organisationId]) => organisationId))).toEqual(new Set([governor.organisationId, second.organisationId]));
		expect(both.find(([organisationId]) => organisationId === governor.organisationId)?.[2]).toBe(alone[0]?.[2]);
		// Nobody pays more by sharing more than was paid.
		expect(await share(await paid('10'), '10,01')).toMatchObject({ refusal: { code: 'over_amount' } });
	});

	test('with agreed weights over who is named; nobody else can accept it, and the database binds nobody above its part', async () => {
		const [third] = await asOwner<{ id: string }>(
			'select organisation_id as id from organisation where network_id = $1 and organisation_id <> all($2) order by name_sort limit 1',
			[treasurer.networkId, [governor.organisationId, second.organisationId]]
		);
		const neverAsked = third?.id ?? '';
		const parts = [
			{ organisationId: governor.organisationId, weight: 3 },
			{ organisationId: neverAsked, weight: 1 }
		];
		expect(await proposeSplit(scene.installation, treasurer, { kind: 'agreed' })).toMatchObject({ refusal: { code: 'invalid' } });
		expect(
			await proposeSplit(scene.installation, treasurer, { kind: 'agreed', parts: [{ organisationId: treasurer.personId, weight: 1 }] })
		).toMatchObject({ refusal: { code: 'invalid' } });
		const { splitId } = sure(await proposeSplit(scene.installation, treasurer, { kind: 'agreed', parts }));
		expect(await acceptSplit(scene.installation, second, { splitId })).toMatchObject({ refusal: { code: 'not_named' } });
		sure(await acceptSplit(scene.installation, governor, { splitId }));
		scene.installation.world.tick(60_000);
		const requestId = await paid('100');
		const { networkId, personId, membershipId } = treasurer;
		const now = scene.installation.world.now();
		const stands = (organisationId: string, cents: number) =>
			scene.installation.door.actor(treasurer, now, async (tx) => {
				const claimId = scene.installation.world.id();
				await tx
					.insertInto('claim')
					.values({
						...{ networkId, claimId, requestId, organisationId, splitId, amountCents: cents, sharedCents: 100_00 },
						...{ dueOn: '2027-01-31', personId, membershipId, at: now }
					})
					.execute();
				const { rows } = await sql<{ stands: boolean }>`
					select app.accept_split_claim(${claimId}, ${scene.installation.world.id()}, ${scene.installation.world.id()}) as stands`.execute(tx);
				// Tried, not kept.
				throw new Error(String(rows[0]?.stands));
			});
		await expect(stands(governor.organisationId, 75_01)).rejects.toThrow('false');
		await expect(stands(governor.organisationId, 75_00)).rejects.toThrow('true');
		// Named, and it never accepted: there is not even a row to stand on.
		await expect(stands(neverAsked, 25_00)).rejects.toThrow(/foreign key/);
		const { claimIds } = sure(
			await claimBySplit(scene.installation, treasurer, { splitId, requestId, amount: '100', dueOn: '2027-03-01', why })
		);
		expect(claimIds).toHaveLength(1);
		const { world } = scene.installation;
		const asks: unknown[] = [];
		world.set(new Date('2027-03-02T08:00:00Z'));
		await runDaily(
			scene,
			'daily.pot_reminders',
			(kind, _, payload, once) => void (once.includes(claimIds[0] ?? '-') && asks.push([kind, payload]))
		);
		world.set(now);
		// Reminded is who accepted it, not the treasurer who shared it.
		expect(asks).toEqual([['mail.claim_due', { personId: governor.personId }]]);
	});

	test('who promised it is reminded the day after it was due, and four weeks later, and nobody else', async () => {
		const { world } = scene.installation;
		const now = world.now();
		const requestId = await paid('30');
		const { claimId } = sure(
			await proposeClaim(scene.installation, scene.actors.holder, {
				requestId,
				organisationId: governor.organisationId,
				amount: '30',
				dueOn: '2027-03-01',
				why
			})
		);
		sure(await acceptClaim(scene.installation, governor, { claimId }));
		const asked = async (at: string): Promise<unknown[]> => {
			world.set(new Date(at));
			const asks: unknown[] = [];
			await runDaily(scene, 'daily.pot_reminders', (kind, _, payload, once) => void (once.includes(claimId) && asks.push([kind, payload])));
			return asks;
		};
		expect(await asked('2027-03-01T08:00:00Z')).toEqual([]);
		expect(await asked('2027-03-02T08:00:00Z')).toEqual([['mail.claim_due', { personId: governor.personId }]]);
		expect(await asked('2027-03-03T08:00:00Z')).toEqual([]);
		expect(await asked('2027-03-30T08:00:00Z')).toHaveLength(1);
		world.set(now);
	});
});

test('after all of this the books are whole', async () => {
	await runDaily(scene, 'daily.ledger_check');
	const [check] = await asOwner('select unbalanced::int, uncovered::int, astray::int from ledger_check order by at desc limit 1');
	expect(check).toEqual({ unbalanced: 0, uncovered: 0, astray: 0 });
	// What is set aside is what reservations that stand have left.
	const [sums] = await asOwner<{ reserved: number; held: number }>(
		`select (select sum(reserved_cents)::int from fund_source) as reserved,
			(select coalesce(sum(r.amount_cents - (select o.paid from app.payments_of(r.reservation_id) o)), 0)::int from reservation r
				where not exists (select from reservation_end e where e.reservation_id = r.reservation_id)) as held
		from (select set_config('app.network_id', $1, false)) c`,
		[treasurer.networkId]
	);
	expect(sums?.reserved).toBe(sums?.held);
});
