import { expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { said, tableUnder } from './acts-document.ts';
import type { Scene } from './scene.server.ts';

/** Everyone in a network by their role, as the tables of acts name them that are not about a case. */
export function partnersOf({ actors, officers }: Scene): Readonly<Record<string, Actor>> {
	const { colleague, administrator, facilitator, checker, oversight, stranger } = actors;
	const { governor, treasurer, secretaryOne } = officers;
	return {
		...{ professional: colleague, facilitator, governor, secretariat: secretaryOne, treasurer },
		...{ administrator, checker, oversight, stranger }
	};
}

/** Does each act of a table in docs/ACTIONS.md as each role in each state, on something fresh each time, and expects what stands there. */
export function testMatrix(
	heading: string,
	peopleOf: () => Readonly<Record<string, Actor>>,
	/** Makes what the act is about, in its state. */
	stage: (state: string) => Promise<string>,
	acts: Readonly<Record<string, (actor: Actor, id: string) => Promise<Outcome<unknown>>>>
): void {
	const { columns, rows } = tableUnder(heading);
	for (const [act = '', state = '', ...cells] of rows)
		test(`${act} on one that is ${state}`, async () => {
			const run = acts[act];
			if (!run) throw new Error(`the matrix test does not know ${act}`);
			const people = peopleOf();
			const answers: Record<string, string> = {};
			for (const role of columns.slice(1)) {
				const actor = people[role];
				if (!actor) throw new Error(`nobody plays ${role}`);
				answers[role] = said(await run(actor, await stage(state)));
			}
			expect(answers).toEqual(Object.fromEntries(columns.slice(1).map((role, index) => [role, cells[index]])));
		});
}
