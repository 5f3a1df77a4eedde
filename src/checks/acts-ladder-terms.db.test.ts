import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import { askRung } from '#rooms/agreements/escalation/commands.server.ts';
import { tellOverdue } from '#rooms/agreements/escalation/jobs.server.ts';
import { listSteps } from '#rooms/agreements/escalation/read.server.ts';
import { dueAt, firstTerms } from '#rooms/agreements/escalation/rules.ts';
import { confirmTerms, proposeTerms } from '#rooms/agreements/escalation/terms/commands.server.ts';
import { countTermsToConfirm, getTerms } from '#rooms/agreements/escalation/terms/read.server.ts';
import { openCase } from '#rooms/cases/commands.server.ts';
import { said, tableUnder } from './acts-document.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** How long each rung of the ladder has: every act x role x state as docs/ACTIONS.md says, and what the terms do. */

let scene: Scene;
let by: Readonly<Record<string, Actor>>;
beforeAll(async () => {
	scene = await openScene(941);
	const { actors, officers } = scene;
	by = {
		...{ proposer: officers.governor, governor: officers.administratorTwo, administrator: actors.administrator },
		...{ secretariat: officers.secretaryOne, treasurer: officers.treasurer, facilitator: actors.facilitator },
		...{ checker: actors.checker, oversight: actors.oversight, professional: actors.colleague, stranger: actors.stranger }
	};
});
afterAll(() => scene.drop());

const wish = { colleagues: 3, secretariat: 4, governors: 6, outside: 20 };
const actorOf = (column: string): Actor => {
	const actor = by[column];
	if (!actor) throw new Error(`Nobody is ${column}.`);
	return actor;
};
const propose = (more: object = {}, actor = actorOf('proposer')) => proposeTerms(scene.installation, actor, { ...wish, ...more });
const proposed = async (more: object = {}): Promise<string> => sure(await propose(more)).termsId;
const inForce = (actor = scene.actors.colleague) => read(scene.installation, actor, (tx) => getTerms(tx, actor));

describe('acts on the terms of the ladder', () => {
	const table = tableUnder('Acts on the terms of the ladder');
	for (const [act = '', state = '', ...cells] of table.rows)
		for (const [index, column] of table.columns.slice(1).entries())
			test(`${act} by ${column} when it is ${state}`, async () => {
				const { installation, actors } = scene;
				if (act === 'ladder_terms.propose') return expect(said(await propose({}, actorOf(column)))).toBe(cells[index]);
				const termsId = await proposed();
				if (state === 'answered') sure(await confirmTerms(installation, actors.administrator, { termsId, answer: 'declined' }));
				expect(said(await confirmTerms(installation, actorOf(column), { termsId, answer: 'confirmed' }))).toBe(cells[index]);
			});
});

test('hold for what is asked from then on; what was asked before keeps its term', async () => {
	const { installation, actors } = scene;
	const { holder, invited } = actors;
	const { world } = installation;
	// A Tuesday at ten, so that no weekend comes between.
	world.tick(Date.parse('2027-06-01T08:00:00Z') - world.now().getTime());
	sure(await confirmTerms(installation, actors.administrator, { termsId: await proposed(firstTerms), answer: 'confirmed' }));
	const ask = async (): Promise<{ dueAt: Date; caseId: string }> => {
		const { caseId } = sure(await openCase(installation, holder, caseWords));
		sure(await askRung(installation, holder, { caseId, rung: 'colleagues', words: 'Wie kan dit?', membershipIds: [invited.membershipId] }));
		const [step] = await read(installation, holder, (tx) => listSteps(tx, holder, caseId));
		return { caseId, dueAt: step?.dueAt ?? world.now() };
	};
	const before = await ask();
	expect(before.dueAt).toEqual(new Date('2027-06-03T08:00:00Z'));
	world.tick(1000);
	const termsId = await proposed({ colleagues: 3 });
	// Not before another organisation confirmed them.
	expect((await ask()).dueAt).toEqual(dueAt('colleagues', world.now(), firstTerms));
	sure(await confirmTerms(installation, actors.administrator, { termsId, answer: 'confirmed' }));
	expect(await inForce()).toEqual({ ...wish, since: world.now() });
	const after = await ask();
	expect(after.dueAt).toEqual(dueAt('colleagues', world.now(), wish));
	// Two working days later the first is over, and the other is not.
	world.tick(2 * 86_400_000);
	await tellOverdue(installation, holder.networkId, world.now());
	const owner = await scene.database.connections.owner();
	const late = await owner.query("select case_id from log_line where act = 'escalation.overdue' and case_id = any($1::uuid[])", [
		[before.caseId, after.caseId]
	]);
	await owner.end();
	expect(late.rows).toEqual([{ case_id: before.caseId }]);
});

test('wait for another organisation alone, are answered once, and are those of one network', async () => {
	const { installation, actors } = scene;
	const waits = (actor: Actor) => read(installation, actor, (tx) => countTermsToConfirm(tx, actor));
	const [mine, theirs] = [await waits(actorOf('proposer')), await waits(actors.administrator)];
	const termsId = await proposed();
	expect([await waits(actorOf('proposer')), await waits(actors.administrator)]).toEqual([mine, theirs + 1]);
	expect(await waits(actors.colleague)).toBe(0);
	const answers = await Promise.all(
		[actors.administrator, scene.officers.administratorTwo].map((actor) =>
			confirmTerms(installation, actor, { termsId, answer: 'confirmed' })
		)
	);
	expect(answers.map(said).toSorted()).toEqual(['already_answered', 'yes']);
	expect(await inForce(actors.stranger)).toEqual({ ...firstTerms, since: null });
	// Who proposed it takes it back.
	const taken = await proposed({ governors: 9 });
	sure(await confirmTerms(installation, actorOf('proposer'), { termsId: taken, answer: 'declined' }));
	expect(await inForce()).toMatchObject({ governors: 6 });
	const wrong = await propose({ colleagues: '0', secretariat: '21', governors: 'veel', outside: '61' });
	expect(wrong.ok ? [] : wrong.refusal.fields?.map(({ path, code }) => `${path.join('.')} ${code}`)).toEqual([
		...['colleagues number_too_small', 'secretariat number_too_large', 'governors not_a_number', 'outside number_too_large']
	]);
});

test('no hand is written past the rules: not for another organisation, not by who proposed it', async () => {
	const { installation, actors } = scene;
	const proposer = actorOf('proposer');
	const termsId = await proposed();
	const at = installation.world.now();
	const answers = (actor: Actor, organisationId: string) =>
		installation.door.actor(actor, at, (tx) =>
			tx
				.insertInto('ladderTermsAnswer')
				.values({
					...{ networkId: actor.networkId, personId: actor.personId, membershipId: actor.membershipId },
					...{ termsId, answer: 'confirmed', organisationId, at }
				})
				.execute()
		);
	await expect(answers(proposer, proposer.organisationId)).rejects.toMatchObject({ code: '42501' });
	await expect(answers(actors.administrator, proposer.organisationId)).rejects.toMatchObject({ code: '42501' });
	await expect(answers(actors.colleague, actors.colleague.organisationId)).rejects.toMatchObject({ code: '42501' });
});
