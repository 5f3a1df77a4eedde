import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import { confirmSignalRule, proposeSignalRule } from '#rooms/causes/signal-rule/commands.server.ts';
import { getSignalRule, listMySignalRulesToConfirm } from '#rooms/causes/signal-rule/read.server.ts';
import { attachStudy, withdrawStudy } from '#rooms/returns/studies/commands.server.ts';
import { listStudies } from '#rooms/returns/studies/read.server.ts';
import { said, tableUnder } from './acts-document.ts';
import { openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** Every act x role x state on the rule of signals and on studies, done for real, must answer as docs/ACTIONS.md says. */

let scene: Scene;
let by: Readonly<Record<string, Actor>>;
beforeAll(async () => {
	scene = await openScene(311);
	const { actors, officers } = scene;
	by = {
		...{ proposer: officers.governor, governor: officers.administratorTwo, administrator: actors.administrator },
		...{ secretariat: officers.secretaryOne, treasurer: officers.treasurer, facilitator: actors.facilitator },
		...{ checker: actors.checker, oversight: actors.oversight, professional: actors.colleague, stranger: actors.stranger }
	};
});
afterAll(() => scene.drop());

const wish = { cases: 4, months: 18, quietMonths: 9 };
const study = {
	...{ title: 'Eerst een huis', source: 'Hogeschool Haven', year: '2024', says: 'Met alle uren erbij 1,4 per euro.' },
	...{ url: 'https://example.org/onderzoek', grade: '3' }
};
const actorOf = (column: string): Actor => {
	const actor = by[column];
	if (!actor) throw new Error(`Nobody is ${column}.`);
	return actor;
};

describe('acts on the rule of signals', () => {
	const table = tableUnder('Acts on the rule of signals');
	const proposed = async (): Promise<string> => sure(await proposeSignalRule(scene.installation, actorOf('proposer'), wish)).ruleId;
	for (const [act = '', state = '', ...cells] of table.rows)
		for (const [index, column] of table.columns.slice(1).entries())
			test(`${act} by ${column} when it is ${state}`, async () => {
				const { installation } = scene;
				if (act === 'signal_rule.propose')
					return expect(said(await proposeSignalRule(installation, actorOf(column), wish))).toBe(cells[index]);
				const ruleId = await proposed();
				if (state === 'answered') sure(await confirmSignalRule(installation, scene.actors.administrator, { ruleId, answer: 'declined' }));
				expect(said(await confirmSignalRule(installation, actorOf(column), { ruleId, answer: 'confirmed' }))).toBe(cells[index]);
			});

	test('holds once another organisation confirmed it, is waited for by them alone, and each number has its bounds', async () => {
		const { installation, actors } = scene;
		const rule = () => read(installation, actors.colleague, (tx) => getSignalRule(tx));
		installation.world.tick(1000);
		const { ruleId } = sure(await proposeSignalRule(installation, actorOf('proposer'), { cases: '5', months: '24', quietMonths: '12' }));
		expect(await rule()).not.toMatchObject({ cases: 5 });
		const waits = (actor: Actor) => read(installation, actor, (tx) => listMySignalRulesToConfirm(tx, actor));
		expect((await waits(actors.administrator)).map((one) => one.ruleId)).toContain(ruleId);
		expect((await waits(actorOf('proposer'))).map((one) => one.ruleId)).not.toContain(ruleId);
		expect(await waits(actors.colleague)).toEqual([]);
		sure(await confirmSignalRule(installation, actors.administrator, { ruleId, answer: 'confirmed' }));
		expect(await rule()).toMatchObject({ cases: 5, months: 24, quietMonths: 12 });
		// Another network has its own.
		expect(await read(installation, actors.stranger, (tx) => getSignalRule(tx))).toMatchObject({
			cases: 3,
			months: 12,
			quietMonths: 6,
			since: null
		});
		const wrong = await proposeSignalRule(installation, actorOf('proposer'), { cases: '2', months: 'veel', quietMonths: '61' });
		expect(wrong.ok ? [] : wrong.refusal.fields?.map(({ path, code }) => `${path.join('.')} ${code}`)).toEqual([
			...['cases number_too_small', 'months not_a_number', 'quietMonths number_too_large']
		]);
	});

	test('confirmed by two at once is confirmed once', async () => {
		const ruleId = await proposed();
		const confirmers = [scene.actors.administrator, scene.officers.administratorTwo];
		const answers = await Promise.all(
			confirmers.map((actor) => confirmSignalRule(scene.installation, actor, { ruleId, answer: 'confirmed' }))
		);
		expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
	});
});

describe('acts on a study', () => {
	const table = tableUnder('Acts on a study');
	for (const [act = '', state = '', ...cells] of table.rows)
		for (const [index, column] of table.columns.slice(1).entries())
			test(`${act} by ${column} when it is ${state}`, async () => {
				const { installation, actors } = scene;
				if (act === 'study.attach') return expect(said(await attachStudy(installation, actorOf(column), study))).toBe(cells[index]);
				const { studyId } = sure(await attachStudy(installation, actors.facilitator, study));
				if (state === 'withdrawn') sure(await withdrawStudy(installation, actors.facilitator, { studyId }));
				expect(said(await withdrawStudy(installation, actorOf(column), { studyId }))).toBe(cells[index]);
			});

	test('is seen by its own network alone, and stays to be read when it was taken away', async () => {
		const { installation, actors } = scene;
		const { studyId } = sure(await attachStudy(installation, actors.facilitator, { ...study, grade: undefined }));
		sure(await withdrawStudy(installation, actors.facilitator, { studyId }));
		const seen = await read(installation, actors.colleague, (tx) => listStudies(tx, actors.colleague));
		expect(seen.find((one) => one.studyId === studyId)).toMatchObject({ grade: null, year: 2024, withdrawnAt: installation.world.now() });
		expect(await read(installation, actors.stranger, (tx) => listStudies(tx, actors.stranger))).toEqual([]);
	});

	test.each([
		[{ url: 'http://example.org' }, 'url not_a_web_address'],
		[{ url: 'javascript:alert(1)' }, 'url not_a_web_address'],
		[{ year: '1812' }, 'year not_a_number'],
		[{ title: ' ' }, 'title required'],
		[{ says: 'Bel 06-12345678' }, 'says looks_like_phone'],
		[{ grade: '6' }, 'grade not_a_choice']
	])('%o is refused with its field', async (more, why) => {
		const outcome = await attachStudy(scene.installation, scene.actors.facilitator, { ...study, ...more });
		expect(outcome.ok ? [] : outcome.refusal.fields?.map(({ path, code }) => `${path.join('.')} ${code}`)).toEqual([why]);
	});
});
