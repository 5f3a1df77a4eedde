import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerFollowUp } from '#rooms/returns/follow-up/commands.server.ts';
import { tellSuccess } from '#rooms/returns/success/commands.server.ts';
import { said, tableUnder } from './acts-document.ts';
import { halfAYear, letGo, makeHelpedCase, sweepFollowUps } from './fill-returns.server.ts';
import { openScene, sure } from './scene.server.ts';
import type { Scene, SceneRole } from './scene.server.ts';

/** Every act x role x state on a follow-up, done for real, must answer as docs/ACTIONS.md says. */

const table = tableUnder('Acts on a follow-up');
const ofProduct = tableUnder('Acts of the product on follow-ups');

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(18);
});
afterAll(() => scene.drop());

const sweep = () => sweepFollowUps(scene.installation, scene.actors.holder.networkId, scene.installation.world.now());

const lead: Record<string, (at: { caseId: string; followUpId: string }) => Promise<unknown>> = {
	planned: () => Promise.resolve(),
	due: () => Promise.resolve(scene.installation.world.tick(halfAYear)),
	async answered({ followUpId }) {
		scene.installation.world.tick(halfAYear);
		sure(await answerFollowUp(scene.installation, scene.actors.holder, { followUpId, outcome: 'not' }));
	},
	dropped: async ({ caseId }) => sure(await letGo(scene.installation, scene.actors.holder, { caseId })),
	'not told': () => Promise.resolve(),
	told: async ({ caseId }) => sure(await tellSuccess(scene.installation, scene.actors.holder, { caseId }))
};

describe('acts on a follow-up', () => {
	for (const [act = '', state = '', ...cells] of table.rows)
		for (const [index, role] of table.columns.slice(1).entries())
			test(`${act} by ${role} when it is ${state}`, async () => {
				const at = await makeHelpedCase(scene);
				await lead[state]?.(at);
				const actor = scene.actors[role as SceneRole];
				const outcome =
					act === 'follow_up.answer'
						? await answerFollowUp(scene.installation, actor, { followUpId: at.followUpId, outcome: 'not' })
						: await tellSuccess(scene.installation, actor, { caseId: at.caseId });
				expect(said(outcome)).toBe(cells[index]);
			});
});

describe('acts of the product', () => {
	const lines = async (act: string, subject: string): Promise<number> => {
		const owner = await scene.database.connections.owner();
		try {
			const { rows } = await owner.query<{ n: number }>(
				"select count(*)::int as n from log_line where act = $1 and case_id = $2 and origin = 'job' and person_id is null",
				[act, subject]
			);
			return rows[0]?.n ?? 0;
		} finally {
			await owner.end();
		}
	};
	test('stand in the document', () => expect(ofProduct.rows.map(([act]) => act)).toEqual(['follow_up.plan', 'follow_up.ask']));
	test('are done once, however often the day is swept, and leave one line each', async () => {
		const { caseId } = await makeHelpedCase(scene);
		await sweep();
		expect([await lines('follow_up.plan', caseId), await lines('follow_up.ask', caseId)]).toEqual([1, 0]);
		scene.installation.world.tick(halfAYear);
		await Promise.all([sweep(), sweep()]);
		await sweep();
		expect([await lines('follow_up.plan', caseId), await lines('follow_up.ask', caseId)]).toEqual([1, 1]);
	});
});
