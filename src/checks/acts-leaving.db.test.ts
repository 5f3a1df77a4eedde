import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { confirmLeave, proposeLeave, withdrawLeave } from '#rooms/people/leaving/commands.server.ts';
import { said, tableUnder } from './acts-document.ts';
import { addMembership, addPerson } from './more-people.server.ts';
import { openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** Every act x role x state on an organisation that leaves, done for real, must answer as docs/ACTIONS.md says. */

let scene: Scene;
let by: Readonly<Record<string, Actor>>;
let own: Actor;
beforeAll(async () => {
	scene = await openScene(681);
	const { actors, officers } = scene;
	own = await addPerson(scene, ['administrator'], officers.treasurerTwo);
	const proposer = await addPerson(scene, ['administrator'], officers.treasurerTwo);
	by = {
		...{ 'own administrator': own, 'own governor': await addPerson(scene, ['governor'], officers.treasurerTwo), proposer },
		...{
			'proposer elsewhere': await addMembership(scene, proposer, ['governor'], officers.governor),
			elsewhere: officers.administratorTwo
		},
		...{ colleague: actors.colleague, facilitator: actors.facilitator, checker: actors.checker, oversight: actors.oversight },
		...{ treasurer: officers.treasurer, secretariat: officers.secretaryOne, stranger: actors.stranger }
	};
});
afterAll(() => scene.drop());

const actorOf = (column: string): Actor => {
	const actor = by[column];
	if (!actor) throw new Error(`Nobody is ${column}.`);
	return actor;
};
const today = () => dayAt(scene.installation.world.now());

async function asOwner(...statements: readonly string[]): Promise<void> {
	const owner = await scene.database.connections.owner();
	try {
		for (const statement of statements) await owner.query(statement);
	} finally {
		await owner.end();
	}
}

async function stage(state: string): Promise<string> {
	await asOwner('delete from organisation_leave_answer', 'delete from organisation_leave', 'update organisation set left_at = null');
	const { installation } = scene;
	if (state === 'none') return installation.world.id();
	const leavesOn = state === 'left' ? today() : addDays(today(), 90);
	const leave = sure(await proposeLeave(installation, actorOf('proposer'), { leavesOn }));
	if (state === 'lapsed') installation.world.tick(30 * 86_400_000);
	if (state === 'confirmed' || state === 'left') sure(await confirmLeave(installation, actorOf('elsewhere'), leave));
	if (state === 'withdrawn') sure(await withdrawLeave(installation, own, leave));
	return leave.leaveId;
}

describe('acts on leaving the network', () => {
	const table = tableUnder('Acts on leaving the network');
	const doing: Record<
		string,
		(actor: Actor, leaveId: string) => ReturnType<typeof proposeLeave | typeof confirmLeave | typeof withdrawLeave>
	> = {
		'organisation.propose_leave': (actor) => proposeLeave(scene.installation, actor, { leavesOn: addDays(today(), 7) }),
		'organisation.confirm_leave': (actor, leaveId) => confirmLeave(scene.installation, actor, { leaveId }),
		'organisation.withdraw_leave': (actor, leaveId) => withdrawLeave(scene.installation, actor, { leaveId })
	};
	for (const [act = '', state = '', ...cells] of table.rows)
		test(`${act} when it is ${state}`, async () => {
			const run = doing[act];
			if (!run) throw new Error(`the matrix test does not know ${act}`);
			const answers: Record<string, string> = {};
			let leaveId = await stage(state);
			for (const column of table.columns.slice(1)) {
				answers[column] = said(await run(actorOf(column), leaveId));
				if (answers[column] === 'yes') leaveId = await stage(state);
			}
			expect(answers).toEqual(Object.fromEntries(table.columns.slice(1).map((column, index) => [column, cells[index]])));
		});

	test('a day before today, and one more than a year ahead, are no day to leave on', async () => {
		await stage('none');
		for (const [leavesOn, code] of [
			[addDays(today(), -1), 'date_in_past'],
			[addDays(today(), 367), 'not_a_choice']
		] as const)
			expect(await proposeLeave(scene.installation, own, { leavesOn })).toMatchObject({
				refusal: { code: 'invalid', fields: [{ path: ['leavesOn'], code }] }
			});
	});

	test('who proposed hears that it was confirmed for a later day, and who binds the others that it was taken back', async () => {
		await stage('none');
		const { installation, officers } = scene;
		const leave = sure(await proposeLeave(installation, own, { leavesOn: addDays(today(), 9) }));
		sure(await confirmLeave(installation, officers.administratorTwo, leave));
		const owner = await scene.database.connections.owner();
		const told = async (kind: string): Promise<string[]> => {
			const { rows } = await owner.query<{ to: string }>("select distinct payload ->> 'personId' as to from outbox where kind = $1", [
				kind
			]);
			return rows.map(({ to }) => to);
		};
		expect(await told('mail.leave_confirmed')).toContain(own.personId);
		sure(await withdrawLeave(installation, own, leave));
		const withdrawn = await told('mail.leave_withdrawn');
		expect(withdrawn).toContain(officers.administratorTwo.personId);
		expect(withdrawn).not.toContain(own.personId);
		await owner.end();
	});

	test('two proposed at once are one', async () => {
		await stage('none');
		const both = await Promise.all(
			[own, actorOf('own governor')].map((actor) => proposeLeave(scene.installation, actor, { leavesOn: today() }))
		);
		expect(both.map(said).toSorted()).toEqual(['already_proposed', 'yes']);
	});

	test('the last two do not both leave', async () => {
		await stage('none');
		const { installation, officers } = scene;
		await asOwner(`update organisation set left_at = now() - interval '100 years' where name not in ('De Kade', 'Schuldhulp Haven')`);
		const mine = sure(await proposeLeave(installation, own, { leavesOn: today() }));
		const theirs = sure(await proposeLeave(installation, officers.administratorTwo, { leavesOn: today() }));
		const both = await Promise.all([confirmLeave(installation, officers.administratorTwo, mine), confirmLeave(installation, own, theirs)]);
		expect(both.filter(({ ok }) => ok)).toHaveLength(1);
		const last = both[0].ok ? officers.administratorTwo : own;
		await asOwner('delete from organisation_leave_answer', 'delete from organisation_leave');
		expect(said(await proposeLeave(installation, last, { leavesOn: today() }))).toBe('last_organisation');
	});
});
