import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Outcome } from '#foundation/outcome.ts';
import { acceptInvitation, inviteToTable, openCase, reopenCase } from '#rooms/cases/commands.server.ts';
import { makeAgreement } from '#rooms/agreements/commands.server.ts';
import { closeCase } from '#rooms/causes/commands.server.ts';
import { makeCard, nameOnCard, retireCard, reviewCard } from '#rooms/knowledge/cards/commands.server.ts';
import { answerQuestion, askQuestion, withdrawQuestion } from '#rooms/knowledge/commands.server.ts';
import { markHelped, writeMessage } from '#rooms/knowledge/conversation/commands.server.ts';
import { getQuestionPage } from '#rooms/knowledge/conversation/read.server.ts';
import { passQuestionsOn } from '#rooms/knowledge/jobs.server.ts';
import { cellsOf, said, tableUnder } from './acts-document.ts';
import { caseWords, openScene, sceneRoles, sure } from './scene.server.ts';
import type { Scene, SceneRole } from './scene.server.ts';

/** Whole: every act on questions and cards x role x state of docs/ACTIONS.md, done for real. */

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(14);
});
afterAll(() => scene.drop());

const actor = (role: SceneRole) => scene.actors[role];
const closing = { outcome: 'helped', cause: 'none', responsible: '' };

/** A case of the holder at which `seated` sits. */
async function table(): Promise<string> {
	const { installation } = scene;
	const { caseId } = sure(await openCase(installation, actor('holder'), caseWords));
	const invited = await inviteToTable(installation, actor('holder'), {
		...{ caseId, membershipId: actor('seated').membershipId, message: 'Doe je mee?' }
	});
	sure(await acceptInvitation(installation, actor('seated'), sure(invited)));
	return caseId;
}

const ask = (role: SceneRole, caseId: string) =>
	askQuestion(scene.installation, actor(role), { caseId, text: 'Wie weet hoe dit kan?', asked: [actor('invited').membershipId] });

describe('asking a question', () => {
	const document = tableUnder('Asking a question');
	test('the table has every role', () => expect(document.columns).toEqual([...sceneRoles]));
	for (const [place, state] of (['open', 'running', 'closed', 'reopened'] as const).entries())
		test(`in a case that is ${state}`, async () => {
			const { installation } = scene;
			const caseId = await table();
			if (state !== 'open')
				sure(
					await makeAgreement(installation, actor('seated'), {
						...{ caseId, what: 'Bel', dueOn: '2026-12-01', receiverId: actor('holder').personId }
					})
				);
			if (state === 'closed' || state === 'reopened') sure(await closeCase(installation, actor('holder'), { caseId, ...closing }));
			scene.installation.world.tick(1000);
			if (state === 'reopened') sure(await reopenCase(installation, actor('holder'), { caseId }));
			const [, ...cells] = document.rows[0] ?? [];
			const answers: string[] = [];
			for (const role of sceneRoles) answers.push(said(await ask(role, caseId)));
			expect(answers).toEqual(cells.map((cell) => cellsOf(cell)[cell.includes('/') ? place : 0]));
		});
});

interface Stage {
	readonly caseId: string;
	readonly questionId: string;
	readonly askId: string;
}

/** A question of the holder to someone who is not at the table, in a state. */
async function stage(state: string): Promise<Stage> {
	const { installation } = scene;
	const caseId = await table();
	const { questionId, asks } = sure(await ask('holder', caseId));
	const [askId = ''] = asks;
	installation.world.tick(1000);
	if (state === 'answered' || state === 'helped')
		sure(await answerQuestion(installation, actor('invited'), { askId, answer: 'other_way', text: 'Bel het wijkteam.' }));
	if (state === 'helped') sure(await markHelped(installation, actor('holder'), { askId }));
	if (state === 'withdrawn') sure(await withdrawQuestion(installation, actor('holder'), { questionId }));
	if (state === 'over') sure(await closeCase(installation, actor('holder'), { caseId, ...closing }));
	installation.world.tick(1000);
	return { caseId, questionId, askId };
}

const card = { scheme: 'Bijzondere bijstand', how: 'Vraag het aan voor de ontruiming.', who: 'Het wijkteam' };
const doing: Readonly<Record<string, (role: SceneRole, at: Stage) => Promise<Outcome<unknown>>>> = {
	'question.read': (role, at) => getQuestionPage(scene.installation, actor(role), at.questionId),
	'question.answer': (role, at) => answerQuestion(scene.installation, actor(role), { askId: at.askId, answer: 'call_me' }),
	'question.withdraw': (role, at) => withdrawQuestion(scene.installation, actor(role), { questionId: at.questionId }),
	'conversation.write': (role, at) => writeMessage(scene.installation, actor(role), { askId: at.askId, text: 'Hoe dan?' }),
	'answer.helped': (role, at) => markHelped(scene.installation, actor(role), { askId: at.askId }),
	'card.make': (role, at) => makeCard(scene.installation, actor(role), { askId: at.askId, ...card })
};

describe('acts on a question', () => {
	const who: Readonly<Record<string, SceneRole>> = {
		...{ asker: 'holder', seated: 'seated', asked: 'invited', colleague: 'colleague', stranger: 'stranger' }
	};
	const document = tableUnder('Acts on a question');
	for (const [act = '', state = '', ...cells] of document.rows)
		test(`${act} of a question that is ${state}`, async () => {
			const run = doing[act];
			if (!run) throw new Error(`the matrix test does not know ${act}`);
			let at = await stage(state);
			const answers: string[] = [];
			for (const name of document.columns.slice(1)) {
				const answer = said(await run(who[name] ?? 'stranger', at));
				answers.push(answer);
				if (answer === 'yes') at = await stage(state);
			}
			expect(answers).toEqual(cells);
		});
});

describe('acts of the product on a question', () => {
	for (const [act = '', state = '', cell = ''] of tableUnder('Acts of the product on a question').rows)
		test(`${act} of a question that is ${state}`, async () => {
			const { questionId } = await stage(state);
			const later = new Date(scene.installation.world.now().getTime() + 8 * 86_400_000);
			await passQuestionsOn(scene.installation, actor('holder').networkId, later);
			const owner = await scene.database.connections.owner();
			const { rows } = await owner.query('select from log_line where act = $1 and object_id = $2', [act, questionId]);
			await owner.end();
			expect(rows.length > 0 ? 'yes' : 'wrong_state').toBe(cell);
		});
});

describe('acts on a knowledge card', () => {
	const who: Readonly<Record<string, SceneRole>> = {
		...{ maker: 'holder', answerer: 'invited', professional: 'colleague', facilitator: 'facilitator', oversight: 'oversight' }
	};
	const run = (act: string, role: SceneRole, cardId: string) =>
		act === 'card.name'
			? nameOnCard(scene.installation, actor(role), { cardId, name: 'yes' })
			: (act === 'card.review' ? reviewCard : retireCard)(scene.installation, actor(role), { cardId });
	const document = tableUnder('Acts on a knowledge card');
	const make = async (state: string): Promise<string> => {
		const { cardId } = sure(await makeCard(scene.installation, actor('holder'), { askId: (await stage('helped')).askId, ...card }));
		if (state === 'retired') sure(await retireCard(scene.installation, actor('holder'), { cardId }));
		scene.installation.world.tick(1000);
		return cardId;
	};
	for (const [act = '', state = '', ...cells] of document.rows)
		test(`${act} of a card that is ${state}`, async () => {
			const answers: string[] = [];
			for (const name of document.columns.slice(1)) answers.push(said(await run(act, who[name] ?? 'stranger', await make(state))));
			expect(answers).toEqual(cells);
		});

	test('whose name stands on it may retire it', async () => {
		const cardId = await make('current');
		sure(await nameOnCard(scene.installation, actor('invited'), { cardId, name: 'yes' }));
		expect(said(await retireCard(scene.installation, actor('invited'), { cardId }))).toBe('yes');
	});
});
