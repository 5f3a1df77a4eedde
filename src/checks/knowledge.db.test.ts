import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { giveProfile } from './fill-knowledge.server.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene, SceneRole } from './scene.server.ts';
import { contextOf, openSqlRoles } from './sql-as-role.server.ts';
import type { SqlRoles } from './sql-as-role.server.ts';
import { read } from '#foundation/command/reading.server.ts';
import { openCase } from '#rooms/cases/commands.server.ts';
import { closeCase } from '#rooms/causes/commands.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { answerQuestion, askQuestion, withdrawQuestion } from '#rooms/knowledge/commands.server.ts';
import { markHelped, writeMessage } from '#rooms/knowledge/conversation/commands.server.ts';
import { getQuestionPage } from '#rooms/knowledge/conversation/read.server.ts';
import { listAnswerers, getQuestionFigures } from '#rooms/knowledge/read.server.ts';

/** Questions against a real PostgreSQL: who is proposed, who sees what, who may answer when. */

let scene: Scene;
let roles: SqlRoles;
beforeAll(async () => {
	scene = await openScene(140);
	roles = await openSqlRoles(scene.database.connections);
});
afterAll(async () => {
	await roles.close();
	await scene.drop();
});

const actor = (role: SceneRole) => scene.actors[role];
const open = async (words: Partial<typeof caseWords> & { looming?: string } = {}): Promise<string> =>
	sure(await openCase(scene.installation, actor('holder'), { ...caseWords, ...words })).caseId;
const ask = async (caseId: string, role: SceneRole = 'invited', text = 'Wie weet hoe dit kan?') => {
	const { questionId, asks } = sure(
		await askQuestion(scene.installation, actor('holder'), { caseId, text, asked: [actor(role).membershipId] })
	);
	return { questionId, askId: asks[0] ?? '' };
};
const owned = async <T extends object>(sql: string, values: unknown[] = []): Promise<T[]> => {
	const owner = await scene.database.connections.owner();
	try {
		return (await owner.query<T>(sql, values)).rows;
	} finally {
		await owner.end();
	}
};
describe('asking', () => {
	test('goes to at most three people by name, or to one team; who said no, or is not there, cannot be asked', async () => {
		const caseId = await open();
		const asking = (wish: object) => askQuestion(scene.installation, actor('holder'), { caseId, text: 'Wie weet raad?', ...wish });
		const refused = (path: string, code: string) => ({ ok: false, refusal: { code: 'invalid', fields: [{ path: [path], code }] } });
		const ids = (['invited', 'colleague', 'facilitator', 'administrator'] as const).map((role) => actor(role).membershipId);
		expect(await asking({})).toMatchObject(refused('asked', 'required'));
		expect(await asking({ asked: ids })).toMatchObject(refused('asked', 'not_a_choice'));
		expect(await asking({ asked: [ids[0], ids[0]] })).toMatchObject(refused('asked', 'counted_twice'));
		expect(await asking({ asked: [actor('holder').membershipId] })).toMatchObject(refused('asked', 'not_a_choice'));
		expect(await asking({ asked: [actor('stranger').membershipId] })).toMatchObject(refused('asked', 'not_a_choice'));
		expect(await asking({ teamId: scene.installation.world.id() })).toMatchObject(refused('teamId', 'not_a_choice'));
		await giveProfile(scene, 'invited', { willing: false });
		expect(await asking({ asked: [ids[0]] })).toMatchObject(refused('asked', 'not_a_choice'));
		await owned('delete from profile');
		expect(await asking({ asked: [ids[0]], text: 'Bel 06-12345678' })).toMatchObject({ refusal: { code: 'needs_acknowledgement' } });
		sure(await asking({ asked: ids.slice(0, 3) }));
	});

	test('leaves nothing behind when it is refused, and is done once when sent twice', async () => {
		const caseId = await open();
		const input = { caseId, text: 'Wie weet raad?', asked: [actor('invited').membershipId] };
		const answers = await Promise.all(
			Array.from({ length: 8 }, () => askQuestion(scene.installation, actor('holder'), input, { key: 'q' }))
		);
		expect(new Set(answers.map((answer) => sure(answer).questionId)).size).toBe(1);
		expect(await owned('select from case_question where case_id = $1', [caseId])).toHaveLength(1);
	});
});

describe('who is asked and has not accepted a seat', () => {
	test('reads the case: not found, with a line in the log; and reads the question, which does not say of which case', async () => {
		const caseId = await open();
		const { questionId } = await ask(caseId);
		expect(await getCaseTable(scene.installation, actor('invited'), caseId)).toMatchObject({ refusal: { code: 'not_found' } });
		expect(
			await owned("select from log_line where case_id = $1 and person_id = $2 and act = 'case.read' and result = 'refused_reading'", [
				caseId,
				actor('invited').personId
			])
		).toHaveLength(1);
		const page = sure(await getQuestionPage(scene.installation, actor('invited'), questionId));
		expect(page).toMatchObject({ text: 'Wie weet hoe dit kan?', mine: false, caseId: null, myAsk: { answer: null } });
		expect(JSON.stringify({ ...page, names: [...page.names] })).not.toContain(caseId);
		expect(await owned("select from log_line where case_id = $1 and act = 'question.read' and result = 'seen'", [caseId])).toHaveLength(1);
	});

	test('sees, straight in SQL, their own ask and the words of the question, and no other row of the case', async () => {
		const caseId = await open();
		const { questionId, askId } = await ask(caseId);
		const other = await ask(caseId, 'colleague', 'Een andere vraag.');
		const context = contextOf(actor('invited'));
		const rows = (sql: string, values: unknown[] = []) => roles.tried('app', context, sql, values);
		expect(await rows('select from question where question_id = any($1)', [[questionId, other.questionId]])).toBe(1);
		expect(await rows('select from question_ask where question_id = any($1)', [[questionId, other.questionId]])).toBe(1);
		expect(await rows('select from case_words where case_id = $1', [caseId])).toBe(1);
		expect(await rows('select from case_words where case_id = $1 and about_id = $2', [caseId, questionId])).toBe(1);
		for (const table of ['case_record', 'case_seat', 'case_event', 'case_question', 'search_document', 'log_line', 'agreement'])
			expect({ table, rows: await rows(`select from ${table} where case_id = $1`, [caseId]) }).toEqual({ table, rows: 0 });
		expect(await rows('select from question_candidate where question_id = $1', [questionId])).toBe(0);
		// Words of someone else's making, or in another place, are not written.
		const write = (part: string, about: string) =>
			rows(
				"insert into case_words (network_id, case_id, words_id, about_id, part, ciphertext, at, person_id) values ($1, $2, $3, $4, $5, 'x', now(), $6)",
				[context['network_id'], caseId, scene.installation.world.id(), about, part, context['person_id']]
			);
		expect(await write('answer', askId)).toBe(1);
		expect(await write('answer', other.askId)).toBe('42501');
		expect(await write('stuck', caseId)).toBe('42501');
		expect(await write('message', askId)).toBe('42501');
		// Nor is an answer given for someone else, or a question linked to a case by who did not ask it.
		const answer = (id: string, question: string) =>
			rows("insert into question_answer (network_id, ask_id, question_id, person_id, answer, at) values ($1, $2, $3, $4, 'agree', now())", [
				...[context['network_id'], id, question, context['person_id']]
			]);
		expect(await answer(other.askId, other.questionId)).toBe('42501');
		expect(await answer(askId, questionId)).toBe(1);
		const mine = sure(await openCase(scene.installation, actor('invited'), caseWords)).caseId;
		expect(
			await rows('insert into case_question (network_id, case_id, question_id) values ($1, $2, $3)', [
				...[context['network_id'], mine, other.questionId]
			])
		).toBe('42501');
	});

	test('sees nothing any more when they left their organisation, and cannot answer', async () => {
		const { questionId, askId } = await ask(await open());
		const until = scene.installation.world.now();
		await owned('update membership set valid_until = $1 where membership_id = $2', [until, actor('invited').membershipId]);
		try {
			expect(await answerQuestion(scene.installation, actor('invited'), { askId, answer: 'call_me' })).toMatchObject({
				refusal: { code: 'not_found' }
			});
			expect(await getQuestionPage(scene.installation, actor('invited'), questionId)).toMatchObject({ refusal: { code: 'not_found' } });
		} finally {
			await owned('update membership set valid_until = null where membership_id = $1', [actor('invited').membershipId]);
		}
	});
});

describe('answering', () => {
	test('is done once, also when done eight times at once', async () => {
		const { askId } = await ask(await open());
		const answers = await Promise.all(
			Array.from({ length: 8 }, () => answerQuestion(scene.installation, actor('invited'), { askId, answer: 'call_me' }))
		);
		expect(answers.map((answer) => (answer.ok ? 'yes' : answer.refusal.code)).toSorted()).toEqual([
			...Array.from({ length: 7 }, () => 'already_answered'),
			'yes'
		]);
	});

	test('and taking back at once: one of both comes first, and the other is told', async () => {
		for (let round = 0; round < 5; round++) {
			const { questionId, askId } = await ask(await open());
			const [answered, withdrawn] = await Promise.all([
				answerQuestion(scene.installation, actor('invited'), { askId, answer: 'call_me' }),
				withdrawQuestion(scene.installation, actor('holder'), { questionId })
			]);
			expect(withdrawn.ok).toBe(true);
			if (!answered.ok) expect(answered.refusal.code).toBe('question_withdrawn');
		}
	});

	test('"another way" asks for words, to agree is no answer here, and a decline asks for no reason', async () => {
		const { askId, questionId } = await ask(await open());
		const answer = (wish: object) => answerQuestion(scene.installation, actor('invited'), { askId, ...wish });
		expect(await answer({ answer: 'other_way', text: ' ' })).toMatchObject({ refusal: { fields: [{ path: ['text'], code: 'required' }] } });
		expect(await answer({ answer: 'agree' })).toMatchObject({ refusal: { fields: [{ path: ['answer'], code: 'not_a_choice' }] } });
		expect(await answer({ answer: 'other_way', text: 'Bel 06-12345678' })).toMatchObject({ refusal: { code: 'needs_acknowledgement' } });
		const told = () => owned("select from outbox where kind = 'mail.question_answered' and payload ->> 'questionId' = $1", [questionId]);
		sure(await answer({ answer: 'declined' }));
		expect(await told()).toEqual([]);
	});

	test('opens a conversation that both read, and the table too; a third does not', async () => {
		const caseId = await open();
		const { questionId, askId } = await ask(caseId);
		const third = sure(
			await askQuestion(scene.installation, actor('holder'), { caseId, text: 'Een andere vraag', asked: [actor('colleague').membershipId] })
		);
		sure(await answerQuestion(scene.installation, actor('invited'), { askId, answer: 'other_way', text: 'Vraag een briefadres.' }));
		scene.installation.world.tick(1000);
		sure(await writeMessage(scene.installation, actor('holder'), { askId, text: 'Waar?' }));
		scene.installation.world.tick(1000);
		sure(await writeMessage(scene.installation, actor('invited'), { askId, text: 'Bij het loket.' }));
		for (const role of ['holder', 'invited'] as const) {
			const page = sure(await getQuestionPage(scene.installation, actor(role), questionId));
			expect(page.answers.get(askId)).toBe('Vraag een briefadres.');
			expect(page.messages.map((message) => message.text)).toEqual(['Waar?', 'Bij het loket.']);
		}
		expect(await getQuestionPage(scene.installation, actor('colleague'), questionId)).toMatchObject({ refusal: { code: 'not_found' } });
		sure(await getQuestionPage(scene.installation, actor('colleague'), third.questionId));
		sure(await closeCase(scene.installation, actor('holder'), { caseId, outcome: 'helped', cause: 'none', responsible: '' }));
		expect(await writeMessage(scene.installation, actor('invited'), { askId, text: 'Nog iets.' })).toMatchObject({
			refusal: { code: 'question_over' }
		});
	});
});

test('who answered is told in the end: everyone once, who declined not (A16)', async () => {
	const caseId = await open();
	const { askId } = await ask(caseId, 'invited');
	const other = await ask(caseId, 'colleague');
	const again = await ask(caseId, 'invited');
	sure(await answerQuestion(scene.installation, actor('invited'), { askId, answer: 'call_me' }));
	scene.installation.world.tick(1000);
	sure(await answerQuestion(scene.installation, actor('colleague'), { askId: other.askId, answer: 'declined' }));
	sure(await answerQuestion(scene.installation, actor('invited'), { askId: again.askId, answer: 'call_me' }));
	sure(await markHelped(scene.installation, actor('holder'), { askId: again.askId }));
	const list = (role: SceneRole) => read(scene.installation, actor(role), (tx) => listAnswerers(tx, actor(role), caseId));
	expect(await list('holder')).toEqual([
		{ personId: actor('invited').personId, membershipId: actor('invited').membershipId, helped: true }
	]);
	expect(await list('colleague')).toEqual([]);
});

test('the figures of all questions are said from three on, for people of the network only', async () => {
	const fresh = await openScene(141);
	try {
		const figures = (role: SceneRole) => read(fresh.installation, fresh.actors[role], (tx) => getQuestionFigures(tx));
		const { caseId } = sure(await openCase(fresh.installation, fresh.actors.holder, caseWords));
		for (const [index, hours] of [1, 3, 8].entries()) {
			expect(await figures('oversight')).toMatchObject({ questions: index, answered: null, medianHours: null });
			const { asks } = sure(
				await askQuestion(fresh.installation, fresh.actors.holder, { caseId, text: 'Wie?', asked: [fresh.actors.invited.membershipId] })
			);
			fresh.installation.world.tick(hours * 3_600_000);
			sure(await answerQuestion(fresh.installation, fresh.actors.invited, { askId: asks[0], answer: 'call_me' }));
		}
		expect(await figures('oversight')).toEqual({ questions: 3, answered: 3, medianHours: 3 });
		expect(await figures('stranger')).toMatchObject({ questions: 0, medianHours: null });
	} finally {
		await fresh.drop();
	}
});
