import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillDemo } from '../../demo/fill.server.ts';
import { runCommand } from '../cli/testing.server.ts';
import type { Result } from '#social-return';
import type { Actor } from '#foundation/actor.ts';
import { openDoor } from '#foundation/database/door.server.ts';
import { testDatabase } from '#foundation/database/testing.server.ts';
import type { TestDatabase } from '#foundation/database/testing.server.ts';
import { openIdentity } from '#foundation/identity/identity.server.ts';
import type { Installation } from '#foundation/installation.ts';
import { openFolderKeyring } from '#foundation/keyring/keyring.server.ts';
import { openLive } from '#foundation/live/live.server.ts';
import { fakeWorld } from '#foundation/world.ts';
import { readFirstPriceList, setUpNetwork } from '#rooms/network/set-up.server.ts';
import { readPriceListCsv } from '#rooms/returns/price-list.server.ts';
import { displacementOf, findCaseReturn, findValueMap, findValueMapFile, listPrices } from '#rooms/returns/read.server.ts';
import { findRealised, getNetworkReturn } from '#rooms/returns/realised/read.server.ts';
import { figuresOf } from '#rooms/returns/rules.ts';

/** Over the whole demo network: what goes out as a file is counted to the same cents, and findings take the place of assumptions. */

let database: TestDatabase;
let installation: Installation;
let folder: string;
/** For each case with a value map someone who sits at it. */
let holders: { readonly caseId: string; readonly actor: Actor }[];

beforeAll(async () => {
	database = await testDatabase();
	folder = mkdtempSync(path.join(tmpdir(), 'loopplank-demo-'));
	const world = fakeWorld({ seed: 7, now: new Date('2026-11-24T09:00:00Z') });
	const keyring = await openFolderKeyring(path.join(folder, 'keyring'), (size) => world.random(size));
	const origin = 'http://localhost:4173';
	const pace = { act: Number.POSITIVE_INFINITY, search: Number.POSITIVE_INFINITY };
	const identity = openIdentity({ pool: database.connections.identity, keyring, world, origin, demo: true, pace });
	const live = openLive(() => database.connections.single('app'));
	installation = {
		door: openDoor(database.connections),
		identity,
		keyring,
		live,
		world,
		settings: { origin, demo: true, dataFolder: folder }
	};
	const owner = await database.connections.owner();
	try {
		const prices = readPriceListCsv(await readFirstPriceList());
		await fillDemo(installation, {
			addNetwork: (file, clock) => setUpNetwork(owner, identity, clock, file, prices),
			forgetLetters: () => Promise.resolve(),
			giveSlug: () => Promise.resolve()
		});
		const { rows } = await owner.query<{
			case_id: string;
			network_id: string;
			person_id: string;
			membership_id: string;
			organisation_id: string;
		}>(
			`select distinct on (v.case_id) v.case_id, s.network_id, s.person_id, s.membership_id, s.organisation_id
			from value_map v join case_seat s on s.network_id = v.network_id and s.case_id = v.case_id and s.holder and s.valid_until is null
			order by v.case_id`
		);
		holders = rows.map((row) => ({
			caseId: row.case_id,
			actor: {
				...{ networkId: row.network_id, personId: row.person_id, membershipId: row.membership_id, organisationId: row.organisation_id },
				...({ roles: ['professional'], origin: 'page' } as const)
			}
		}));
	} finally {
		await owner.end();
	}
}, 240_000);
afterAll(async () => {
	await installation.live.close();
	await database.drop();
	rmSync(folder, { recursive: true, force: true });
});

const inCase = <T>(actor: Actor, work: Parameters<Installation['door']['actor']>[2]) =>
	installation.door.actor(actor, installation.world.now(), work) as Promise<T>;

test('the file of every case of the demo is counted to the same cents by the command line', { timeout: 240_000 }, async () => {
	expect(holders.length).toBeGreaterThan(8);
	for (const { caseId, actor } of holders) {
		const { file, prices, shown, moved } = await inCase<{
			file: object;
			prices: Parameters<typeof figuresOf>[1];
			shown: ReturnType<typeof figuresOf>;
			moved: number | null;
		}>(actor, async (tx) => {
			const recorded = await findValueMap(tx, actor, caseId);
			if (!recorded) throw new Error('Who holds a case sees its value map.');
			return {
				file: await findValueMapFile(tx, actor, recorded),
				prices: await listPrices(tx, actor, recorded.priceListId),
				shown: (await findCaseReturn(tx, actor, recorded))?.figures as ReturnType<typeof figuresOf>,
				moved: displacementOf(recorded.facts)
			};
		});
		const ran = await runCommand(['return', '-'], {}, JSON.stringify(file));
		expect(ran).toMatchObject({ code: 0, err: '' });
		const counted = figuresOf(JSON.parse(ran.out) as Result, prices, shown.headline.followedUp, moved);
		expect(counted, caseId).toEqual(shown);
		// Whatever frees says why, as the file does.
		for (const row of counted.rows.filter(({ path: of, price }) => of === 'looming' && price !== null))
			expect(row.freesBecause === null ? 'chosen in the case' : row.freesBecause.nl, caseId).not.toBe('');
	}
});

test('the realised figure counts checked cases only, says how many are missing, and missing is never a success', async () => {
	const [first] = holders;
	if (!first) throw new Error('The demo has cases with a value map.');
	const returns = await inCase<Awaited<ReturnType<typeof getNetworkReturn>>>(first.actor, (tx) => getNetworkReturn(tx));
	expect(returns.helped).toBe(returns.followed + returns.missing + returns.notDue);
	expect(returns.missing).toBeGreaterThan(0);
	expect(returns.outcomes.reached + returns.outcomes.partly + returns.outcomes.not).toBe(returns.followed);
	expect(returns.realised.cases).toBeLessThanOrEqual(returns.followed);
	expect(returns.foreseen.cases).toBe(returns.realised.cases);
	// The network's sum is the sum of what was found in each case; a case without a check adds nothing.
	let [benefit, cost, cases] = [0, 0, 0];
	for (const { caseId, actor } of holders) {
		const realised = await inCase<Awaited<ReturnType<typeof findRealised>>>(actor, (tx) => findRealised(tx, actor, caseId));
		if (realised === null) continue;
		cases += 1;
		benefit += realised.ways.adjusted.benefitCents;
		cost += realised.ways.full.costCents;
	}
	expect(cases).toBe(returns.realised.cases);
	expect([returns.realised.ways?.adjusted.benefitCents, returns.realised.ways?.full.costCents]).toEqual([benefit, cost]);
});

test('of what happened after all, or of what nobody knows, nothing is counted as prevented', async () => {
	const owner = await database.connections.owner();
	try {
		const { rows } = await owner.query<{ case_id: string; prevented: string; yes: string }>(
			`select r.case_id, sum(p.prevented_cents) as prevented, (select count(*) from follow_up_finding f where f.network_id = r.network_id and f.follow_up_id = r.follow_up_id and f.happened = 'no') as yes
			from counted_return r join counted_party p on p.network_id = r.network_id and p.counted_id = r.counted_id
			where r.kind = 'realised' group by r.network_id, r.case_id, r.follow_up_id`
		);
		expect(rows.length).toBeGreaterThan(2);
		for (const row of rows) if (Number(row.yes) === 0) expect(Number(row.prevented), row.case_id).toBe(0);
	} finally {
		await owner.end();
	}
});
