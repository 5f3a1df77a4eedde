import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { jpegPhoto, pdfFile } from '#foundation/files/testing.server.ts';
import { confirmReversal, releaseReservation, reverseJournal } from '#rooms/fund/ledger/commands.server.ts';
import { releasePayment, submitPayment } from '#rooms/fund/payments/commands.server.ts';
import { listToRelease } from '#rooms/fund/payments/read.server.ts';
import { listPayments } from '#rooms/fund/payments/read.server.ts';
import { confirmTeamFunding, fundTeam } from '#rooms/fund/team-money/commands.server.ts';
import { runDaily } from './run-daily.server.ts';
import { grantRequest } from './granted.server.ts';
import { openPotScene } from './pot-scene.server.ts';
import type { PotScene } from './pot-scene.server.ts';
import { sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** What holds a payment back, on a real PostgreSQL: the threshold, one household, a term, the balance. */

let pot: PotScene;
let scene: Scene;
let treasurer: Actor;
let second: Actor;
let secretary: Actor;
let governor: Actor;
let teamId: string;
let photo: string;
beforeAll(async () => {
	pot = await openPotScene(24);
	({ scene, teamId, treasurer, second, secretary, governor } = pot);
	photo = Buffer.from(await jpegPhoto()).toString('base64');
});
afterAll(() => scene.drop());

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const asOwner: PotScene['asOwner'] = (text, values) => pot.asOwner(text, values);
const seen: PotScene['seen'] = (actor, read) => pot.seen(actor, read);
const household: PotScene['household'] = () => pot.household();
const byCard = (requestId: string, amount: string, more: object = {}) => ({
	requestId,
	amount,
	way: 'card',
	receipt: photo,
	...household(),
	...more
});
const byTransfer: PotScene['byTransfer'] = (requestId, amount, more) => pot.byTransfer(requestId, amount, more);
const source = async (team: string | null) =>
	(
		await asOwner<{ cash: number; reserved: number }>(
			'select cash_cents::int as cash, reserved_cents::int as reserved from fund_source where network_id = $1 and team_id is not distinct from $2',
			[treasurer.networkId, team]
		)
	)[0];

describe('above the threshold', () => {
	test('a third person lets it go: who asked and who decided cannot, by the key of the database', async () => {
		const { requestId } = await grantRequest(scene, { cents: 1_500_00, decidedBy: secretary.personId });
		const pay = () => submitPayment(scene.installation, scene.actors.holder, byTransfer(requestId, '1500'));
		expect(await pay()).toMatchObject({ refusal: { code: 'not_released', lift: { role: 'treasurer' } } });
		expect(await releasePayment(scene.installation, scene.actors.holder, { requestId })).toMatchObject({
			refusal: { code: 'not_allowed' }
		});
		expect(await releasePayment(scene.installation, secretary, { requestId })).toMatchObject({ refusal: { code: 'other_eyes' } });
		expect(await releasePayment(scene.installation, scene.actors.stranger, { requestId })).toMatchObject({
			refusal: { code: 'not_found' }
		});
		// It waits for whom it can wait for, and for nobody else.
		const waits = async (actor: Actor): Promise<boolean> =>
			(await scene.installation.door.actor(actor, scene.installation.world.now(), (tx) => listToRelease(tx, actor))).some(
				(one) => one.requestId === requestId
			);
		expect([await waits(treasurer), await waits(secretary), await waits(scene.actors.holder)]).toEqual([true, false, false]);
		sure(await releasePayment(scene.installation, treasurer, { requestId }));
		expect(await waits(treasurer)).toBe(false);
		expect(await releasePayment(scene.installation, treasurer, { requestId })).toMatchObject({ refusal: { code: 'wrong_state' } });
		sure(await pay());
	});
});

describe('a household', () => {
	test('64 payments at once overspend its year by nothing, whoever asked', async () => {
		const one = household();
		const granted: string[] = [];
		for (let made = 0; made < 64; made++) granted.push((await grantRequest(scene, { cents: 40_00, teamId })).requestId);
		const small = base64(pdfFile());
		const outcomes = await Promise.all(
			granted.map((requestId) =>
				submitPayment(scene.installation, scene.actors.holder, { ...byCard(requestId, '40', { receipt: small }), ...one })
			)
		);
		expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(12);
		for (const outcome of outcomes)
			if (!outcome.ok)
				expect(outcome.refusal).toEqual({
					code: 'household_full',
					fields: [{ path: ['amount'], code: 'household_had', values: { used: 480 } }],
					lift: { kind: 'role', role: 'secretariat' }
				});
	}, 120_000);

	test('is known however its address is typed; next door is another; above the light lane it is not held back', async () => {
		const pay = async (more: object, wish: { teamId?: string } = { teamId }) =>
			submitPayment(
				scene.installation,
				scene.actors.holder,
				wish.teamId === undefined
					? byTransfer((await grantRequest(scene, { cents: 450_00 })).requestId, '450', more)
					: byCard((await grantRequest(scene, { cents: 450_00, teamId })).requestId, '450', more)
			);
		sure(await pay({ postcode: '6811 cd', houseNumber: '4-a' }));
		expect(await pay({ postcode: '6811CD', houseNumber: '4A' })).toMatchObject({ refusal: { code: 'household_full' } });
		sure(await pay({ postcode: '6811CD', houseNumber: '4B' }));
		sure(await pay({ postcode: '6811CD', houseNumber: '4A' }, {}));
	});

	test('gets room again when a payment is taken back, and after twelve months', async () => {
		const one = { postcode: '6811XX', houseNumber: '1' };
		const pay = async () =>
			submitPayment(scene.installation, scene.actors.holder, {
				...byCard((await grantRequest(scene, { cents: 450_00, teamId })).requestId, '450'),
				...one
			});
		const { paymentId } = sure(await pay());
		expect(await pay()).toMatchObject({ refusal: { code: 'household_full' } });
		const [journal] = await asOwner<{ id: string }>('select journal_id as id from journal_subject where subject_id = $1', [paymentId]);
		const reversal = sure(await reverseJournal(scene.installation, treasurer, { journalId: journal?.id }));
		expect(await pay()).toMatchObject({ refusal: { code: 'household_full' } });
		// Who confirms keeps no books, and yet the household is free again.
		sure(await confirmReversal(scene.installation, second, reversal));
		sure(await pay());
		const { world } = scene.installation;
		const now = world.now();
		world.tick(366 * 86_400_000);
		await runDaily(scene, 'daily.households');
		expect(await asOwner('select 1 as one from household_use')).toEqual([]);
		world.set(now);
	});

	test('nobody reads or lists what households got', async () => {
		const client = await scene.database.connections.single('app');
		try {
			await expect(client.query('select hash from household_use')).rejects.toMatchObject({ code: '42501' });
		} finally {
			await client.end();
		}
	});
});

describe('what waits', () => {
	test('is not paid any more when the request is withdrawn; and does not expire under one who pays', async () => {
		const { requestId, reservationId } = await grantRequest(scene, { cents: 90_00 });
		sure(await submitPayment(scene.installation, scene.actors.holder, byTransfer(requestId, '50')));
		const { world } = scene.installation;
		const now = world.now();
		world.tick(61 * 86_400_000);
		await runDaily(scene, 'sweep.reservations');
		expect(await asOwner('select 1 as one from reservation_end where reservation_id = $1', [reservationId])).toEqual([]);
		world.set(now);
		const before = await source(null);
		await asOwner(
			"insert into request_event (network_id, request_id, event_id, kind, at, person_id) values ($1, $2, gen_random_uuid(), 'withdrawn', $3, $4)",
			[...[treasurer.networkId, requestId, now, scene.actors.holder.personId]]
		);
		const left = await seen(scene.actors.holder, (tx) => releaseReservation({ tx, id: () => world.id() }, { requestId }));
		expect(left).toBe(90_00);
		expect(await source(null)).toEqual({ cash: before?.cash, reserved: (before?.reserved ?? 0) - 90_00 });
		expect((await seen(scene.actors.holder, (tx) => listPayments(tx, scene.actors.holder, requestId))).map((one) => one.state)).toEqual([
			'withdrawn'
		]);
	});
	test('money of another is not let go', async () => {
		const { requestId } = await grantRequest(scene, { cents: 10_00 });
		await expect(
			seen(scene.actors.colleague, (tx) => releaseReservation({ tx, id: () => scene.installation.world.id() }, { requestId }))
		).rejects.toMatchObject({ code: '42501' });
	});
});

describe('money for a team', () => {
	test('goes with four eyes, and never what is promised to others', async () => {
		const { fundingId } = sure(await fundTeam(scene.installation, treasurer, { teamId, amount: '100' }));
		expect(await confirmTeamFunding(scene.installation, treasurer, { fundingId, answer: 'confirmed' })).toMatchObject({
			refusal: { code: 'other_eyes' }
		});
		const [before, team] = [await source(null), await source(teamId)];
		sure(await confirmTeamFunding(scene.installation, governor, { fundingId, answer: 'confirmed' }));
		expect(await confirmTeamFunding(scene.installation, second, { fundingId, answer: 'confirmed' })).toMatchObject({
			refusal: { code: 'already_answered' }
		});
		expect([(await source(null))?.cash, (await source(teamId))?.cash]).toEqual([(before?.cash ?? 0) - 100_00, (team?.cash ?? 0) + 100_00]);
		const all = sure(await fundTeam(scene.installation, treasurer, { teamId, amount: '49000' }));
		expect(await confirmTeamFunding(scene.installation, governor, { fundingId: all.fundingId, answer: 'confirmed' })).toMatchObject({
			refusal: { code: 'pot_too_small' }
		});
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
