import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { runDaily } from './run-daily.server.ts';
import { openPotScene } from './pot-scene.server.ts';
import type { PotScene } from './pot-scene.server.ts';
import { sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { invoiceContribution, pledgeContribution, receiveContribution } from '#rooms/fund/contributions/commands.server.ts';
import { releaseReservation, reserve } from '#rooms/fund/ledger/commands.server.ts';
import { foldBalances, isBalanced } from '#rooms/fund/ledger/rules.ts';

/** The books on a real PostgreSQL: what holds whatever is done, and however many do it at once. */

let pot: PotScene;
let scene: Scene;
let treasurer: Actor;
beforeAll(async () => {
	pot = await openPotScene(17, { money: false });
	({ scene, treasurer } = pot);
});
afterAll(() => scene.drop());

const soon = (): Date => new Date(scene.installation.world.now().getTime() + 14 * 86_400_000);
const setAside = async (
	actor: Actor,
	amountCents: number,
	requestId: string,
	expiresAt = soon()
): Promise<Outcome<{ reservationId: string }>> => {
	if (amountCents > 0) await pot.granted(requestId, amountCents);
	return scene.installation.door.actor(actor, scene.installation.world.now(), (tx) =>
		reserve({ tx, id: () => scene.installation.world.id() }, { requestId, amountCents, from: { kind: 'pot' }, expiresAt })
	);
};
const letGo = (requestId: string): Promise<number | null> =>
	scene.installation.door.actor(treasurer, scene.installation.world.now(), (tx) =>
		releaseReservation({ tx, id: () => scene.installation.world.id() }, { requestId })
	);
interface SourceRow {
	readonly cash: number;
	readonly reserved: number;
}
const lies = async (): Promise<SourceRow> => {
	const rows = await pot.asOwner<SourceRow>(
		'select cash_cents::int as cash, reserved_cents::int as reserved from fund_source where network_id = $1 and team_id is null',
		[treasurer.networkId]
	);
	return rows[0] ?? { cash: 0, reserved: 0 };
};
const allPostings = () =>
	pot.asOwner<{ journalId: string; accountId: string; amountCents: number; kind: string }>(
		`select p.journal_id as "journalId", p.account_id as "accountId", p.amount_cents::int as "amountCents", a.kind
		from posting p join account a using (network_id, account_id) where p.network_id = $1`,
		[treasurer.networkId]
	);

describe('setting money aside', () => {
	test('64 at once from one pot overspend by nothing, and quickly', async () => {
		await pot.fund('1000');
		const { cash, reserved } = await lies();
		const requests = Array.from({ length: 64 }, () => scene.installation.world.id());
		const started = performance.now();
		const outcomes = await Promise.all(
			requests.map((requestId, index) => setAside(scene.actors[index % 2 === 0 ? 'seated' : 'colleague'], 7_300, requestId))
		);
		expect(performance.now() - started).toBeLessThan(20_000);
		const granted = outcomes.filter((outcome) => outcome.ok).length;
		expect(granted).toBe(Math.floor((cash - reserved) / 7_300));
		for (const outcome of outcomes)
			if (!outcome.ok) expect(outcome.refusal).toEqual({ code: 'pot_too_small', lift: { kind: 'role', role: 'treasurer' } });
		expect(await lies()).toEqual({ cash, reserved: reserved + granted * 7_300 });
		for (const requestId of requests) await letGo(requestId);
		expect(await lies()).toEqual({ cash, reserved });
	});

	test('is done once for a request, also when asked sixteen times at once', async () => {
		await pot.fund('500');
		const requestId = scene.installation.world.id();
		const before = await lies();
		const outcomes = await Promise.all(Array.from({ length: 16 }, () => setAside(scene.actors.seated, 100, requestId)));
		expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
		expect((await lies()).reserved).toBe(before.reserved + 100);
		expect(await letGo(requestId)).toBe(100);
		expect(await letGo(requestId)).toBeNull();
		expect(await lies()).toEqual(before);
	});

	test('of a cent more than there is, is refused; of the last cent, it is not', async () => {
		const { cash, reserved } = await lies();
		const requestId = scene.installation.world.id();
		expect(await setAside(scene.actors.seated, cash - reserved + 1, scene.installation.world.id())).toMatchObject({ ok: false });
		sure(await setAside(scene.actors.seated, cash - reserved, requestId));
		expect(await letGo(requestId)).toBe(cash - reserved);
	});

	test('nothing, or less than nothing, is an error of the program', async () => {
		for (const cents of [0, -100]) await expect(setAside(scene.actors.seated, cents, scene.installation.world.id())).rejects.toThrow();
	});

	test('ends by itself when its term has run out, and not a minute earlier', async () => {
		const requestId = scene.installation.world.id();
		const before = await lies();
		const expiresAt = new Date(scene.installation.world.now().getTime() + 3_600_000);
		const { reservationId } = sure(await setAside(scene.actors.seated, 2_500, requestId, expiresAt));
		scene.installation.world.tick(3_599_000);
		await runDaily(scene, 'sweep.reservations');
		expect((await lies()).reserved).toBe(before.reserved + 2_500);
		scene.installation.world.tick(1_000);
		await runDaily(scene, 'sweep.reservations');
		await runDaily(scene, 'sweep.reservations');
		expect(await lies()).toEqual(before);
		const lines = await pot.asOwner('select origin, person_id, result from log_line where act = $1 and object_id = $2', [
			...['reservation.expire', reservationId]
		]);
		expect(lines).toEqual([{ origin: 'job', person_id: null, result: 'done' }]);
		expect(await letGo(requestId)).toBeNull();
	});
});

describe('contributions', () => {
	test('never pass what was pledged, however many receive at once', async () => {
		const { contributionId } = sure(
			await pledgeContribution(scene.installation, scene.actors.administrator, { amount: '100,00', year: 2027 })
		);
		const outcomes = await Promise.all(
			Array.from({ length: 16 }, () => receiveContribution(scene.installation, treasurer, { contributionId, amount: '30' }))
		);
		expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(3);
		expect(
			await invoiceContribution(scene.installation, treasurer, { contributionId, amount: '100,01', dueOn: '2027-01-31' })
		).toMatchObject({ refusal: { code: 'over_amount' } });
	});
	test('an invoice is due on a day to come, and an amount is more than nothing', async () => {
		const { contributionId } = sure(await pledgeContribution(scene.installation, scene.actors.administrator, { amount: '10', year: 2027 }));
		expect(await invoiceContribution(scene.installation, treasurer, { contributionId, amount: '1', dueOn: '2020-01-31' })).toMatchObject({
			refusal: { fields: [{ path: ['dueOn'], code: 'date_in_past' }] }
		});
		expect(await receiveContribution(scene.installation, treasurer, { contributionId, amount: '0' })).toMatchObject({
			refusal: { fields: [{ path: ['amount'], code: 'number_too_small' }] }
		});
	});
});

test('whatever is done, in whatever order: every journal sums to zero, balances are their postings, and what was promised is there', async () => {
	const open: string[] = [];
	const pledges: string[] = [];
	const act = fc.oneof(
		fc.record({ do: fc.constant('pledge' as const), cents: fc.integer({ min: 1, max: 100_000 }) }),
		fc.record({ do: fc.constant('invoice' as const), cents: fc.integer({ min: 1, max: 60_000 }), which: fc.nat(9) }),
		fc.record({ do: fc.constant('receive' as const), cents: fc.integer({ min: 1, max: 60_000 }), which: fc.nat(9) }),
		fc.record({ do: fc.constant('reserve' as const), cents: fc.integer({ min: 1, max: 80_000 }) }),
		fc.record({ do: fc.constant('release' as const), which: fc.nat(9) }),
		fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 48 }) })
	);
	const euro = (cents: number): string => (cents / 100).toFixed(2);
	await fc.assert(
		fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 12 }), async (acts) => {
			for (const step of acts) {
				if (step.do === 'pledge')
					pledges.push(
						sure(await pledgeContribution(scene.installation, scene.actors.administrator, { amount: euro(step.cents), year: 2026 }))
							.contributionId
					);
				else if (step.do === 'reserve') {
					const requestId = scene.installation.world.id();
					const expiresAt = new Date(scene.installation.world.now().getTime() + 24 * 3_600_000);
					if ((await setAside(scene.actors.seated, step.cents, requestId, expiresAt)).ok) open.push(requestId);
				} else if (step.do === 'release') await letGo(open[step.which % open.length] ?? scene.installation.world.id());
				else if (step.do === 'wait') {
					scene.installation.world.tick(step.hours * 3_600_000);
					await runDaily(scene, 'sweep.reservations');
				} else {
					const contributionId = pledges[step.which % pledges.length];
					if (contributionId === undefined) continue;
					const input = { contributionId, amount: euro(step.cents) };
					await (step.do === 'receive'
						? receiveContribution(scene.installation, treasurer, input)
						: invoiceContribution(scene.installation, treasurer, { ...input, dueOn: '2035-01-01' }));
				}
			}
			const postings = await allPostings();
			for (const lines of Map.groupBy(postings, (posting) => posting.journalId).values()) expect(isBalanced(lines)).toBe(true);
			const balances = foldBalances(postings.map(({ kind, amountCents }) => ({ accountId: kind, amountCents })));
			const { cash, reserved } = await lies();
			expect({ cash: balances.get('cash') ?? 0, reserved: 0 - (balances.get('reserved') ?? 0) }).toEqual({ cash, reserved });
			expect(cash).toBeGreaterThanOrEqual(reserved);
			expect(balances.get('contributions_receivable') ?? 0).toBeGreaterThanOrEqual(0);
		}),
		{ numRuns: 12 }
	);
	await runDaily(scene, 'daily.ledger_check');
	const [check] = await pot.asOwner('select unbalanced::int, uncovered::int, astray::int from ledger_check order by at desc limit 1');
	expect(check).toEqual({ unbalanced: 0, uncovered: 0, astray: 0 });
}, 120_000);

test('the nightly check finds a balance that differs from its postings', async () => {
	await pot.asOwner('update fund_source set cash_cents = cash_cents + 1 where network_id = $1 and team_id is null', [treasurer.networkId]);
	try {
		scene.installation.world.tick(1000);
		await runDaily(scene, 'daily.ledger_check');
		const [check] = await pot.asOwner('select unbalanced::int, uncovered::int, astray::int from ledger_check order by at desc limit 1');
		expect(check).toEqual({ unbalanced: 0, uncovered: 0, astray: 1 });
	} finally {
		await pot.asOwner('update fund_source set cash_cents = cash_cents - 1 where network_id = $1 and team_id is null', [
			treasurer.networkId
		]);
	}
});
