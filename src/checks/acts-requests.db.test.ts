import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { confirmRule, proposeRule } from '#rooms/fund/rules-in-force/commands.server.ts';
import { said, tableUnder } from './acts-document.ts';
import { openScene } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { sure } from './sure.ts';

/** Every act x role x state of the sections on the rules of the pot and on requests in docs/ACTIONS.md, done for real. */

let scene: Scene;
const people: Record<string, Actor> = {};
beforeAll(async () => {
	scene = await openScene(61);
	const { actors, officers } = scene;
	Object.assign(people, {
		...{
			proposer: officers.treasurer,
			treasurer: officers.treasurerTwo,
			secretariat: officers.secretaryTwo,
			administrator: actors.administrator
		},
		...{ governor: officers.governor, facilitator: actors.facilitator, checker: actors.checker, oversight: actors.oversight },
		...{ professional: actors.colleague, stranger: actors.stranger }
	});
});
afterAll(() => scene.drop());

const actorOf = (name: string): Actor => {
	const actor = people[name];
	if (!actor) throw new Error(`nobody is ${name}`);
	return actor;
};

describe('the rules of the pot', () => {
	const table = tableUnder('Acts on the rules of the pot');
	const wish = { setting: 'secretariat_days', value: '3', fromDay: '2026-11-23' };
	for (const [act = '', state = '', ...cells] of table.rows)
		test(`${act} that is ${state}`, async () => {
			const answers: Record<string, string> = {};
			const expected: Record<string, string> = {};
			for (const [index, name] of table.columns.slice(1).entries()) {
				const { ruleId } = sure(await proposeRule(scene.installation, actorOf('proposer'), wish));
				if (state === 'answered') sure(await confirmRule(scene.installation, actorOf('secretariat'), { ruleId, answer: 'declined' }));
				expected[name] = cells[index] ?? '';
				answers[name] = said(
					act === 'rule.propose'
						? await proposeRule(scene.installation, actorOf(name), wish)
						: await confirmRule(scene.installation, actorOf(name), { ruleId, answer: 'confirmed' })
				);
			}
			expect(answers).toEqual(expected);
		});
});
