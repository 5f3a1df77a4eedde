import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { runDaily } from './fill-pot.server.ts';
import { addPerson } from './more-people.server.ts';
import { openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { invoiceContribution, pledgeContribution, receiveContribution } from '#rooms/fund/contributions/commands.server.ts';
import { releaseReservation, reserve } from '#rooms/fund/ledger/commands.server.ts';
import { foldBalances, isBalanced } from '#rooms/fund/ledger/rules.ts';

/** The books on a real PostgreSQL: what holds whatever is done, and however many do it at once. */

let scene: Scene;
let treasurer: Actor;
beforeAll(async () => {
	scene = await openScene(17);
	treasurer = await addPerson(scene, ['treasurer']);
});
afterAll(() => scene.drop());

const asOwner = async <T extends object>(sql: string, values: unknown[] = []): Promise<T[]> => {
	const owner = await scene.database.connections.owner();
	try {
		return (await owner.query<T>(sql, values)).rows;
	} finally {
		await owner.end();
	}
};
const soon = (): Date => new Date(scene.installation.world.now().getTime() + 14 * 86_400_000);
const setAside = (actor: Actor, amountCents: number, requestId: string, expiresAt = soon()): Promise<Outcome<{ reservationId: string }>> =>
	scene.installation.door.actor(actor, scene.installation.world.now(), (tx) =>
		reserve({ tx, id: () => scene.installation.world.id() }, { requestId, amountCents, from: { kind: 'pot' }, expiresAt })
	);
const letGo = (actor: Actor, requestId: string): Promise<number | null> =>
	scene.installation.door.actor(actor, scene.installation.world.now(), (tx) =>
		releaseReservation({ tx, id: () => scene.installation.world.id() }, { requestId })
	);
const fund = async (euro: string): Promise<void> => {
	const { contributionId } = sure(await pledgeContribution(scene.installation, scene.actors.administrator, { amount: euro, year: 2026 }));
	sure(await receiveContribution(scene.installation, treasurer, { contributionId, amount: euro }));
};
interface SourceRow {
	readonly cash: number;
	readonly reserved: number;
}
const pot = async (): Promise<SourceRow> => {
	const rows = await asOwner<SourceRow>(
		'select cash_cents::int as cash, reserved_cents::int as reserved from fund_source where network_id = $1 and team_id is null',
		[treasurer.networkId]
	);
	return rows[0] ?? { cash: 0, reserved: 0 };
};
const allPostings = () =>
	asOwner<{ journalId: string; accountId: string; amountCents: number; kind: string }>(
		`select p.journal_id as "journalId", p.account_id as "accountId", p.amount_cents::int as "amountCents", a.kind
		from posting p join account a using (network_id, account_id) where p.network_id = $1`,
		[treasurer.networkId]
	);

describe('setting money aside', () => {
	test('64 at once from one pot overspend by nothing, and quickly', async () => {
		await fund('1000');
		const { cash, reserved } = await pot();
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
		expect(await pot()).toEqual({ cash, reserved: reserved + granted * 7_300 });
		for (const requestId of requests) await letGo(scene.actors.seated, requestId);
		expect(await pot()).toEqual({ cash, reserved });
	});

	test('is done once for a request, also when asked sixteen times at once', async () => {
		await fund('500');
		const requestId = scene.installation.world.id();
		const before = await pot();
		const outcomes = await Promise.all(Array.from({ length: 16 }, () => setAside(scene.actors.seated, 100, requestId)));
		expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
		expect((await pot()).reserved).toBe(before.reserved + 100);
		expect(await letGo(scene.actors.seated, requestId)).toBe(100);
		expect(await letGo(scene.actors.seated, requestId)).toBeNull();
		expect(await pot()).toEqual(before);
	});

	test('of a cent more than there is, is refused; of the last cent, it is not', async () => {
		const { cash, reserved } = await pot();
		const requestId = scene.installation.world.id();
		expect(await setAside(scene.actors.seated, cash - reserved + 1, requestId)).toMatchObject({ ok: false });
		sure(await setAside(scene.actors.seated, cash - reserved, requestId));
		expect(await letGo(scene.actors.seated, requestId)).toBe(cash - reserved);
	});

	test('nothing, or less than nothing, is an error of the program', async () => {
		for (const cents of [0, -100]) await expect(setAside(scene.actors.seated, cents, scene.installation.world.id())).rejects.toThrow();
	});

	test('ends by itself when its term has run out, and not a minute earlier', async () => {
		const requestId = scene.installation.world.id();
		const before = await pot();
		const expiresAt = new Date(scene.installation.world.now().getTime() + 3_600_000);
		const { reservationId } = sure(await setAside(scene.actors.seated, 2_500, requestId, expiresAt));
		scene.installation.world.tick(3_599_000);
		await runDaily(scene, 'sweep.reservations');
		expect((await pot()).reserved).toBe(before.reserved + 2_500);
		scene.installation.world.tick(1_000);
		await runDaily(scene, 'sweep.reservations');
		await runDaily(scene, 'sweep.reservations');
		expect(await pot()).toEqual(before);
		const lines = await asOwner('select origin, person_id, result from log_line where act = $1 and object_id = $2', [
			...['reservation.expire', reservationId]
		]);
		expect(lines).toEqual([{ origin: 'job', person_id: null, result: 'done' }]);
		expect(await letGo(scene.actors.seated, requestId)).toBeNull();
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
				} else if (step.do === 'release') await letGo(scene.actors.seated, open[step.which % open.length] ?? scene.installation.world.id());
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
			const { cash, reserved } = await pot();
			expect({ cash: balances.get('cash') ?? 0, reserved: 0 - (balances.get('reserved') ?? 0) }).toEqual({ cash, reserved });
			expect(cash).toBeGreaterThanOrEqual(reserved);
			expect(balances.get('contributions_receivable') ?? 0).toBeGreaterThanOrEqual(0);
		}),
		{ numRuns: 12 }
	);
	await runDaily(scene, 'daily.ledger_check');
	const [check] = await asOwner('select unbalanced::int, uncovered::int, astray::int from ledger_check order by at desc limit 1');
	expect(check).toEqual({ unbalanced: 0, uncovered: 0, astray: 0 });
}, 120_000);

test('the nightly check finds a balance that differs from its postings', async () => {
	await asOwner('update fund_source set cash_cents = cash_cents + 1 where network_id = $1 and team_id is null', [treasurer.networkId]);
	try {
		scene.installation.world.tick(1000);
		await runDaily(scene, 'daily.ledger_check');
		const [check] = await asOwner('select unbalanced::int, uncovered::int, astray::int from ledger_check order by at desc limit 1');
		expect(check).toEqual({ unbalanced: 0, uncovered: 0, astray: 1 });
	} finally {
		await asOwner('update fund_source set cash_cents = cash_cents - 1 where network_id = $1 and team_id is null', [treasurer.networkId]);
	}
});

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
		const [step] = await asOwner<{ step_id: string }>('select step_id from contribution_step where contribution_id = $1', [contributionId]);
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
