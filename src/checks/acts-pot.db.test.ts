import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { invoiceContribution, pledgeContribution, receiveContribution } from '#rooms/fund/contributions/commands.server.ts';
import { said, tableUnder } from './acts-document.ts';
import { addPerson } from './more-people.server.ts';
import { openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** Whole: every act on the pot of docs/ACTIONS.md, as every role, for real. */

const onPot = tableUnder('Acts on the pot');
let scene: Scene;
let people: Readonly<Record<string, Actor>>;
beforeAll(async () => {
	scene = await openScene(5);
	const { colleague, administrator, facilitator, checker, oversight, stranger } = scene.actors;
	people = {
		...{ professional: colleague, administrator, facilitator, checker, oversight, stranger },
		governor: await addPerson(scene, ['governor']),
		treasurer: await addPerson(scene, ['treasurer'])
	};
});
afterAll(() => scene.drop());

const pledge = async (): Promise<string> =>
	sure(await pledgeContribution(scene.installation, scene.actors.administrator, { amount: '100', year: '2026' })).contributionId;

const doing: Readonly<Record<string, (actor: Actor) => Promise<Outcome<unknown>>>> = {
	'contribution.pledge': (actor) => pledgeContribution(scene.installation, actor, { amount: '100', year: '2026' }),
	'contribution.invoice': async (actor) =>
		invoiceContribution(scene.installation, actor, { contributionId: await pledge(), amount: '100', dueOn: '2026-12-31' }),
	'contribution.receive': async (actor) => receiveContribution(scene.installation, actor, { contributionId: await pledge(), amount: '100' })
};

describe('acts on the pot', () => {
	for (const [act = '', ...cells] of onPot.rows)
		test(act, async () => {
			const run = doing[act];
			if (!run) throw new Error(`the matrix test does not know ${act}`);
			const answers: Record<string, string> = {};
			const expected: Record<string, string> = {};
			for (const [index, role] of onPot.columns.entries()) {
				const actor = people[role];
				if (!actor) throw new Error(`nobody plays ${role}`);
				expected[role] = cells[index] ?? '';
				answers[role] = said(await run(actor));
			}
			expect(answers).toEqual(expected);
		});
});
