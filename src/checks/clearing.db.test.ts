import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { read } from '#foundation/command/reading.server.ts';
import { ensureLink } from '#foundation/links/private-links.server.ts';
import { clearKept } from '#rooms/privacy/retention/clearing/jobs.server.ts';
import { clearedTables } from '#rooms/privacy/retention/clearing/rules.ts';
import { listGone } from '#rooms/privacy/retention/read.server.ts';
import { answerObjection } from '#rooms/privacy/resident/commands.server.ts';
import { tableUnder } from './acts-document.ts';
import { stageResident } from './fill-privacy.server.ts';
import { runDaily } from './run-daily.server.ts';
import { makeFullCase, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** What was kept long enough goes by itself, by a clock that is set: not a day too early, all of it once, and nothing that an objection is about. */

const day = 86_400_000;
let scene: Scene;
beforeAll(async () => {
	scene = await openScene(90);
});
afterAll(() => scene.drop());

const owned = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> => {
	const owner = await scene.database.connections.owner();
	try {
		return (await owner.query<Row>(text, values)).rows;
	} finally {
		await owner.end();
	}
};
const clear = (dryRun: boolean, now = scene.installation.world.now()) =>
	clearKept(scene.installation, scene.actors.holder.networkId, now, { dryRun });
const lines = async (): Promise<{ objectId: string }[]> =>
	owned(`select object_id as "objectId" from log_line where act = 'retention.clear' and result = 'done' and person_id is null order by at`);
const stands = async (linkId: string): Promise<boolean> =>
	(await owned('select from private_link where link_id = $1', [linkId])).length === 1;

/** A link about a case that ended after a day, and an objection in that case. */
async function linkUnderObjection(): Promise<{ linkId: string; objectionId: string; expiresAt: Date }> {
	const { installation, actors } = scene;
	const { caseId, objectionId } = await stageResident(scene);
	const { networkId, personId, membershipId } = actors.seated;
	const now = installation.world.now();
	const expiresAt = new Date(now.getTime() + day);
	const linkId = await installation.door.job(networkId, now, (tx) =>
		ensureLink(installation, tx, now, { networkId, purpose: 'question', subjectId: caseId, personId, membershipId, expiresAt })
	);
	return { linkId, objectionId, expiresAt };
}

describe('acts of the product on what was kept long enough', () => {
	const { rows } = tableUnder('Acts of the product on what was kept long enough');
	for (const [act = '', state = '', cell = ''] of rows)
		test(`${act} of what is ${state}`, async () => {
			const { linkId, objectionId, expiresAt } = await linkUnderObjection();
			if (state !== 'held')
				sure(await answerObjection(scene.installation, scene.actors.holder, { objectionId, words: 'Wij passen het aan.' }));
			const at = new Date(expiresAt.getTime() + (state === 'fresh' ? 364 : 367) * day);
			await clear(false, at);
			expect((await stands(linkId)) ? 'wrong_state' : 'yes').toBe(cell);
		});
});

test('a dry run counts what a run destroys, and writes nothing; each run has one line, with the counts under its id and no contents', async () => {
	const { installation, actors } = scene;
	await makeFullCase(scene);
	expect(await clear(true)).toEqual([]);
	installation.world.tick(3 * 366 * day);
	const before = await lines();
	const would = await clear(true);
	expect(would.map(({ tableName }) => tableName).toSorted()).toEqual([...clearedTables].toSorted());
	expect(await clear(true)).toEqual(would);
	expect(await lines()).toEqual(before);
	const count = async (table: string): Promise<number> =>
		(await owned<{ n: number }>(`select count(*)::int as n from ${table} where network_id = $1`, [actors.holder.networkId]))[0]?.n ?? -1;
	const held = new Map(await Promise.all(clearedTables.map(async (table) => [table as string, await count(table)] as const)));
	await runDaily(scene, 'daily.retention');
	for (const { tableName, destroyed } of would) expect(await count(tableName), tableName).toBe((held.get(tableName) ?? 0) - destroyed);
	const [line, ...more] = (await lines()).slice(before.length);
	expect(more).toEqual([]);
	const written = await owned<{ tableName: string; destroyed: number }>(
		'select table_name as "tableName", rows as destroyed from destruction where run_id = $1 order by 1',
		[line?.objectId]
	);
	expect(written).toEqual(would.toSorted((a, b) => (a.tableName < b.tableName ? -1 : 1)));
	expect(await clear(false)).toEqual([]);
	expect((await lines()).length).toBe(before.length + 1);
	const gone = await read(installation, actors.checker, (tx) => listGone(tx, actors.checker));
	expect(gone.map(({ tableName }) => tableName)).toEqual([...clearedTables].toSorted());
	expect(await read(installation, actors.stranger, (tx) => listGone(tx, actors.stranger))).toEqual([]);
});

test('the link by which a resident objected stays as long as the objection, also when that was answered', async () => {
	const { linkId, objectionId } = await stageResident(scene);
	sure(await answerObjection(scene.installation, scene.actors.holder, { objectionId, words: 'Wij passen het aan.' }));
	await clear(false, new Date(scene.installation.world.now().getTime() + 10 * 366 * day));
	expect(await stands(linkId)).toBe(true);
});

test('nobody but the daily work may destroy, and not in another network', async () => {
	const { installation, actors } = scene;
	const now = installation.world.now();
	await expect(
		installation.door.actor(actors.administrator, now, (tx) => sql`select app.clear_kept(null)`.execute(tx))
	).rejects.toMatchObject({ code: '42501' });
	const later = new Date(now.getTime() + 10 * 366 * day);
	expect(await clearKept(installation, actors.stranger.networkId, later, { dryRun: true })).toEqual([]);
});
