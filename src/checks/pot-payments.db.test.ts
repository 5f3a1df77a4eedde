import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { heicPhoto, jpegPhoto, pngBomb } from '#foundation/files/testing.server.ts';
import { submitPayment, tickTransfer, withdrawPayment } from '#rooms/fund/payments/commands.server.ts';
import { findPayee, findPurse, findReceipt, listPayments, listTransfers } from '#rooms/fund/payments/read.server.ts';
import { runDaily } from './run-daily.server.ts';
import { grantRequest } from './granted.server.ts';
import { openPotScene } from './pot-scene.server.ts';
import type { PotScene } from './pot-scene.server.ts';
import { sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** Paying what was granted, on a real PostgreSQL: by card, by transfer with four eyes, advanced by a member. */

let pot: PotScene;
let scene: Scene;
let treasurer: Actor;
let second: Actor;
let secretary: Actor;
let governor: Actor;
let teamId: string;
let photo: string;
beforeAll(async () => {
	pot = await openPotScene(23);
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
const stateOf = async (requestId: string): Promise<string[]> =>
	(await asOwner<{ kind: string }>('select kind from request_event where request_id = $1 order by at, event_id', [requestId])).map(
		(row) => row.kind
	);

describe('with the card of the team', () => {
	test('a photo of the receipt comes along; it is booked at once, and what is left goes back', async () => {
		const { requestId, caseId } = await grantRequest(scene, { cents: 75_00, teamId });
		const before = await source(teamId);
		const { paymentId } = sure(
			await submitPayment(
				scene.installation,
				scene.actors.holder,
				byCard(requestId, '68,50', { lastOne: true, receipt: base64(heicPhoto()) })
			)
		);
		expect(await source(teamId)).toEqual({ cash: (before?.cash ?? 0) - 68_50, reserved: (before?.reserved ?? 0) - 75_00 });
		expect((await stateOf(requestId)).at(-1)).toBe('paid');
		const [payment] = await seen(scene.actors.holder, (tx) => listPayments(tx, scene.actors.holder, requestId));
		expect(payment).toMatchObject({ paymentId, state: 'paid', amountCents: 68_50, way: 'card', receipts: [{ mediaType: 'image/jpeg' }] });
		const receiptId = payment?.receipts[0]?.receiptId ?? '';
		const { keyring } = scene.installation;
		for (const actor of [scene.actors.holder, treasurer])
			expect((await seen(actor, (tx) => findReceipt(tx, keyring, actor, receiptId)))?.caseId).toBe(caseId);
		for (const actor of [scene.actors.colleague, secretary, scene.actors.stranger])
			expect(await seen(actor, (tx) => findReceipt(tx, keyring, actor, receiptId))).toBeNull();
		expect(await submitPayment(scene.installation, scene.actors.holder, byCard(requestId, '1'))).toMatchObject({
			refusal: { code: 'wrong_state' }
		});
	});

	test('without a receipt, with a bomb, or of money of the pot itself it is refused', async () => {
		const { requestId } = await grantRequest(scene, { cents: 75_00, teamId });
		const { receipt: _, ...bare } = byCard(requestId, '10');
		expect(await submitPayment(scene.installation, scene.actors.holder, bare)).toMatchObject({
			refusal: { fields: [{ path: ['receipt'], code: 'required' }] }
		});
		expect(
			await submitPayment(scene.installation, scene.actors.holder, byCard(requestId, '10', { receipt: base64(pngBomb()) }))
		).toMatchObject({
			refusal: { fields: [{ path: ['receipt'], code: 'image_too_large' }] }
		});
		const fromPot = await grantRequest(scene, { cents: 75_00 });
		expect(await submitPayment(scene.installation, scene.actors.holder, byCard(fromPot.requestId, '10'))).toMatchObject({
			refusal: { code: 'no_card' }
		});
	});

	test('sent twice with one key it is paid once', async () => {
		const { requestId } = await grantRequest(scene, { cents: 75_00, teamId });
		const input = byCard(requestId, '10');
		const outcomes = await Promise.all(
			Array.from({ length: 4 }, () => submitPayment(scene.installation, scene.actors.holder, input, { key: requestId }))
		);
		expect(new Set(outcomes.map((outcome) => sure(outcome).paymentId)).size).toBe(1);
	});
});

describe('by transfer', () => {
	test('two people tick it off: the treasurer first, then another; with the second it is booked', async () => {
		const { requestId } = await grantRequest(scene, { cents: 400_00 });
		const before = await source(null);
		const { paymentId } = sure(await submitPayment(scene.installation, scene.actors.holder, byTransfer(requestId, '400')));
		expect(await source(null)).toEqual(before);
		const tick = (actor: Actor) => tickTransfer(scene.installation, actor, { paymentId });
		expect(await tick(second)).toMatchObject({ refusal: { code: 'not_allowed', lift: { role: 'treasurer' } } });
		expect((await seen(treasurer, (tx) => listTransfers(tx, treasurer))).map((one) => one.paymentId)).toContain(paymentId);
		expect(await seen(second, (tx) => findPayee(tx, scene.installation.keyring, second, paymentId))).toMatchObject({
			iban: 'NL91ABNA0417164300',
			name: 'Witgoed BV'
		});
		expect(sure(await tick(treasurer))).toEqual({ state: 'first' });
		expect(await tick(treasurer)).toMatchObject({ refusal: { code: 'other_eyes' } });
		const outcomes = await Promise.all([tick(second), tick(governor), tick(second)]);
		expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
		expect(await source(null)).toEqual({ cash: (before?.cash ?? 0) - 400_00, reserved: (before?.reserved ?? 0) - 400_00 });
		expect((await stateOf(requestId)).at(-1)).toBe('paid');
		expect(await withdrawPayment(scene.installation, scene.actors.holder, { paymentId })).toMatchObject({
			refusal: { code: 'wrong_state' }
		});
	});

	test('an account number that does not add up is refused with its field, with every other mistake', async () => {
		const { requestId } = await grantRequest(scene, { cents: 400_00 });
		const outcome = await submitPayment(
			scene.installation,
			scene.actors.holder,
			byTransfer(requestId, '0', { iban: 'NL91ABNA0417164301', postcode: 'straat' })
		);
		expect(outcome).toMatchObject({ ok: false, refusal: { code: 'invalid' } });
		if (!outcome.ok)
			expect(outcome.refusal.fields?.map((field) => `${field.path.join('.')} ${field.code}`).toSorted()).toEqual([
				...['amount number_too_small', 'iban not_an_iban', 'postcode not_a_postcode']
			]);
	});

	test('in parts, until what was granted; a cent above it is refused', async () => {
		const { requestId } = await grantRequest(scene, { cents: 100_00 });
		const pay = (amount: string) => submitPayment(scene.installation, scene.actors.holder, byTransfer(requestId, amount));
		sure(await pay('60'));
		expect(await pay('40,01')).toMatchObject({ refusal: { code: 'over_amount', fields: [{ path: ['amount'], values: { max: 40 } }] } });
		const outcomes = await Promise.all(Array.from({ length: 8 }, () => pay('10')));
		expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(4);
		expect(await seen(scene.actors.holder, (tx) => findPurse(tx, scene.actors.holder, requestId))).toMatchObject({
			waitsCents: 100_00,
			leftCents: 0,
			paidCents: 0
		});
	});

	test('to the account of the resident only with a reason', async () => {
		const { requestId } = await grantRequest(scene, { cents: 100_00 });
		const input = byTransfer(requestId, '10', { toResident: true });
		expect(await submitPayment(scene.installation, scene.actors.holder, input)).toMatchObject({
			refusal: { fields: [{ path: ['because'], code: 'required' }] }
		});
		sure(await submitPayment(scene.installation, scene.actors.holder, { ...input, because: 'De winkel neemt alleen contant geld.' }));
	});

	test('its bank account stands nowhere in plain, and is gone 90 days after, with its key', async () => {
		const { requestId } = await grantRequest(scene, { cents: 100_00 });
		const { paymentId } = sure(await submitPayment(scene.installation, scene.actors.holder, byTransfer(requestId, '100')));
		const tables = await asOwner<{ name: string }>(
			"select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname in ('app', 'public', 'identity', 'pgboss')"
		);
		for (const { name } of tables)
			for (const secret of ['0417164300', 'Witgoed', '5211AB', '5211 AB', '1980-02-29'])
				expect({
					name,
					secret,
					rows: await asOwner(`select 1 as one from ${name} t where t::text ilike '%' || $1 || '%' limit 1`, [secret])
				}).toEqual({ name, secret, rows: [] });
		sure(await tickTransfer(scene.installation, treasurer, { paymentId }));
		sure(await tickTransfer(scene.installation, second, { paymentId }));
		const { keyring, world } = scene.installation;
		await runDaily(scene, 'daily.payees');
		expect(await keyring.hasKey(treasurer.networkId, paymentId)).toBe(true);
		const now = world.now();
		world.tick(92 * 86_400_000);
		await runDaily(scene, 'daily.payees');
		await runDaily(scene, 'daily.payees');
		expect(await keyring.hasKey(treasurer.networkId, paymentId)).toBe(false);
		expect(await seen(treasurer, (tx) => findPayee(tx, keyring, treasurer, paymentId))).toBeNull();
		world.set(now);
	});
});

describe('advanced by a member', () => {
	test('the pot owes it from then on, and pays it by transfer; taken back, it owes nothing', async () => {
		const owed = async () =>
			(
				await asOwner<{ cents: number }>(
					"select coalesce(sum(p.amount_cents), 0)::int as cents from posting p join account a using (network_id, account_id) where a.kind = 'members_payable'"
				)
			)[0]?.cents ?? 0;
		const before = await owed();
		const { requestId } = await grantRequest(scene, { cents: 60_00, teamId });
		const advanced = { ...byTransfer(requestId, '25'), way: 'member', payee: 'Iemand holder', receipt: photo };
		const first = sure(await submitPayment(scene.installation, scene.actors.holder, advanced));
		expect(await owed()).toBe(before - 25_00);
		sure(await withdrawPayment(scene.installation, scene.actors.holder, first));
		expect(await owed()).toBe(before);
		const again = sure(await submitPayment(scene.installation, scene.actors.holder, { ...advanced, lastOne: true, ...household() }));
		sure(await tickTransfer(scene.installation, treasurer, again));
		sure(await tickTransfer(scene.installation, secretary, again));
		expect(await owed()).toBe(before);
		expect((await stateOf(requestId)).at(-1)).toBe('paid');
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
