import { afterAll, beforeAll, expect, test } from 'vitest';
import { read } from '#foundation/command/reading.server.ts';
import { openCase, reopenCase } from '#rooms/cases/commands.server.ts';
import { closeCase, nameCause } from '#rooms/causes/commands.server.ts';
import { listCauseOverviews } from '#rooms/causes/overview/read.server.ts';
import { sharedCause } from './fill-causes.server.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** What a cause cost over time, so told that no single grant can be found in it. */

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(312);
});
afterAll(() => scene.drop());

/** A case with a cause and what was granted in it at a moment, straight in the database. */
async function granted(title: string, at: string, cents: readonly number[], after?: 'withdrawn' | 'lapsed'): Promise<void> {
	const { installation, actors } = scene;
	const { holder } = actors;
	const { caseId } = sure(await openCase(installation, holder, caseWords));
	sure(await nameCause(installation, holder, { caseId, ...sharedCause(scene), title }));
	installation.world.tick(1000);
	const owner = await scene.database.connections.owner();
	try {
		for (const amount of cents) {
			const requestId = installation.world.id();
			await owner.query(
				`insert into request (network_id, request_id, kind, lane, amount_cents, asked_by, membership_id, organisation_id, acute, at)
				values ($1, $2, 'gift', 'full', $3, $4, $5, $6, false, $7)`,
				[holder.networkId, requestId, amount, holder.personId, holder.membershipId, holder.organisationId, at]
			);
			await owner.query('insert into case_request (network_id, case_id, request_id) values ($1, $2, $3)', [
				holder.networkId,
				caseId,
				requestId
			]);
			const over = after === undefined ? [] : [[after, after === 'lapsed' ? amount : null] as const];
			for (const [kind, given] of [['asked', null], ['granted', amount], ...over] as const)
				await owner.query(
					'insert into request_event (network_id, request_id, event_id, kind, granted_cents, at, person_id) values ($1, $2, $3, $4, $5, $6, $7)',
					[holder.networkId, requestId, installation.world.id(), kind, given, at, holder.personId]
				);
		}
	} finally {
		await owner.end();
	}
}
const overview = async (title: string) => {
	const { installation, actors } = scene;
	const causes = await read(installation, actors.oversight, (tx, now) => listCauseOverviews(tx, actors.oversight, now));
	return causes.find((cause) => cause.title === title);
};
const stretches = async (title: string) => (await overview(title))?.stretches;

test('quarters are taken together until three cases with money fall in them, and what is left over goes with the last', async () => {
	const title = 'De intake wacht';
	await granted(title, '2025-02-01T12:00:00Z', [100_00]);
	await granted(title, '2025-02-02T12:00:00Z', [50_00, 25_00]);
	expect(await stretches(title)).toEqual([]);
	await granted(title, '2025-05-02T12:00:00Z', [300_00]);
	expect(await stretches(title)).toEqual([{ fromQuarter: '2025-01-01', untilQuarter: '2025-04-01', cases: 3, cents: 475_00 }]);
	// A case without money, and one whose grant was withdrawn or lapsed, count for nothing.
	await granted(title, '2025-11-01T12:00:00Z', []);
	await granted(title, '2025-11-01T12:00:00Z', [999_00], 'withdrawn');
	await granted(title, '2025-11-01T12:00:00Z', [888_00], 'lapsed');
	await granted(title, '2025-11-02T12:00:00Z', [10_00]);
	expect(await stretches(title)).toEqual([{ fromQuarter: '2025-01-01', untilQuarter: '2025-10-01', cases: 4, cents: 485_00 }]);
	await granted(title, '2026-08-02T12:00:00Z', [20_00]);
	await granted(title, '2026-08-03T12:00:00Z', [30_00]);
	expect(await stretches(title)).toEqual([
		{ fromQuarter: '2025-01-01', untilQuarter: '2025-04-01', cases: 3, cents: 475_00 },
		{ fromQuarter: '2025-10-01', untilQuarter: '2026-07-01', cases: 3, cents: 60_00 }
	]);
});

test('a quarter begins in the calendar of the network, and each cause is told apart', async () => {
	const title = 'De brief die niemand begrijpt';
	// New Year's Eve in UTC, New Year's Day in Amsterdam.
	for (const minute of [1, 2, 3]) await granted(title, `2025-12-31T23:3${minute}:00Z`, [10_00]);
	expect(await stretches(title)).toEqual([{ fromQuarter: '2026-01-01', untilQuarter: '2026-01-01', cases: 3, cents: 30_00 }]);
	expect(await stretches('De intake wacht')).toHaveLength(2);
	const { stranger } = scene.actors;
	expect(await read(scene.installation, stranger, (tx, now) => listCauseOverviews(tx, stranger, now))).toEqual([]);
});

test('what a cause cost is told from three cases with money on, and is then the sum of its stretches', async () => {
	const title = 'Het loket is dicht';
	await granted(title, '2025-03-01T12:00:00Z', [777_00]);
	for (const minute of [1, 2, 3]) await granted(title, `2025-03-01T13:0${minute}:00Z`, []);
	await granted(title, '2025-03-02T12:00:00Z', [55_00], 'lapsed');
	expect(await overview(title)).toMatchObject({ cases: 5, cents: 0, stretches: [] });
	await granted(title, '2025-03-03T12:00:00Z', [100_00]);
	expect(await overview(title)).toMatchObject({ cases: 6, cents: 0 });
	await granted(title, '2025-09-03T12:00:00Z', [23_00]);
	expect(await overview(title)).toMatchObject({ cases: 7, cents: 900_00, stretches: [{ cases: 3, cents: 900_00 }] });
});

test('households that were helped are told from three on, and one whose case opened again is not helped any more', async () => {
	const { installation, actors } = scene;
	const title = 'Wie in de opvang is, krijgt geen woning';
	const cause = { ...sharedCause(scene), title };
	const ended = async (outcome: 'helped' | 'helped_without_money' | 'referred'): Promise<string> => {
		const { caseId } = sure(await openCase(installation, actors.holder, caseWords));
		installation.world.tick(1000);
		sure(await closeCase(installation, actors.holder, { caseId, ...cause, outcome }));
		installation.world.tick(1000);
		return caseId;
	};
	const quarter = `${installation.world.now().toISOString().slice(0, 4)}-`;
	await ended('helped');
	await ended('helped_without_money');
	await ended('referred');
	expect(await overview(title)).toMatchObject({ cases: 3, households: 0, helped: [] });
	const third = await ended('helped');
	const told = await overview(title);
	expect(told).toMatchObject({ cases: 4, households: 3, helped: [{ households: 3 }] });
	expect(told?.helped[0]?.fromQuarter).toContain(quarter);
	installation.world.tick(100 * 86_400_000);
	await ended('helped');
	// One is too few for a stretch of its own.
	expect((await overview(title))?.helped).toMatchObject([{ households: 4 }]);
	expect((await overview(title))?.helped[0]?.untilQuarter).not.toBe(told?.helped[0]?.untilQuarter);
	sure(await reopenCase(installation, actors.holder, { caseId: third }));
	installation.world.tick(1000);
	expect(await overview(title)).toMatchObject({ cases: 5, households: 3 });
});
