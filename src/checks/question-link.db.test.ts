import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Job } from '#foundation/jobs/job.ts';
import type { Letter } from '#foundation/mail/letter.ts';
import { jobHandlers } from '#lib/cli/job-handlers.server.ts';
import { openCase } from '#rooms/cases/commands.server.ts';
import { answerQuestion, askQuestion, withdrawQuestion } from '#rooms/knowledge/commands.server.ts';
import { getMailedQuestion, openQuestionLink } from '#rooms/knowledge/mailed/read.server.ts';
import { said } from './acts-document.ts';
import { caseWords } from './case-words.ts';
import { openScene } from './scene.server.ts';
import type { Scene, SceneRole } from './scene.server.ts';
import { sure } from './sure.ts';

/** A question answered from the mail: the letter, what its link shows, and what its button does. */

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(144);
});
afterAll(() => scene.drop());

const actor = (role: SceneRole) => scene.actors[role];
const owned = async (sql: string, values: unknown[] = []): Promise<{ n: number }[]> => {
	const owner = await scene.database.connections.owner();
	try {
		return (await owner.query<{ n: number }>(sql, values)).rows;
	} finally {
		await owner.end();
	}
};

/** The letter that tells someone of an ask, as the job makes it. */
async function letterOf(askId: string): Promise<Letter | undefined> {
	const { networkId, personId, membershipId } = actor('invited');
	const letters: Letter[] = [];
	const job: Job = {
		...{ id: scene.installation.world.id(), kind: 'mail.question_asked', networkId, now: scene.installation.world.now(), tries: 0 },
		payload: { askId, personId, membershipId },
		sendMail: (letter) => {
			letters.push(letter);
			return Promise.resolve();
		},
		ask: () => Promise.resolve()
	};
	await jobHandlers['mail.question_asked']?.(scene.installation, job);
	return letters[0];
}
async function mailed(text = 'Wie weet hoe dit kan?') {
	const { caseId } = sure(await openCase(scene.installation, actor('holder'), caseWords));
	const { questionId, asks } = sure(
		await askQuestion(scene.installation, actor('holder'), { caseId, text, asked: [actor('invited').membershipId] })
	);
	const letter = await letterOf(asks[0] ?? '');
	const token = /\/vraag\/haven\/([\w-]{43})$/m.exec(letter?.text ?? '')?.[1] ?? '';
	return { caseId, questionId, askId: asks[0] ?? '', letter, token };
}

/** What the page behind the link shows, or why it does not. */
const look = async (token: string, as: SceneRole | null = null, slug = 'haven') => {
	const found = await getMailedQuestion(scene.installation, { slug, token, accountId: as === null ? null : scene.accounts[as] });
	return found.ok ? found.value.page : found.refusal.code;
};
/** What its button does: `yes`, or why not. */
const press = async (token: string, input: object, as: SceneRole | null = null): Promise<string> => {
	const link = await openQuestionLink(scene.installation, { slug: 'haven', token, accountId: as === null ? null : scene.accounts[as] });
	if (!link.ok) return link.refusal.code;
	return said(await answerQuestion(scene.installation, link.value.actor, { askId: link.value.askId, ...input }));
};

describe('the letter', () => {
	test('holds a link and nothing of the question, the case or anyone', async () => {
		const { letter, caseId, questionId } = await mailed('Hoe krijgt mevrouw haar briefadres?');
		expect(letter?.subject).toBe('mail.question_asked.subject');
		for (const secret of ['briefadres', caseId, questionId, 'Iemand', 'huurschuld']) expect(letter?.text).not.toContain(secret);
		expect((await letterOf((await mailed()).askId))?.text).toMatch(/\/vraag\/haven\//);
	});

	test('does not go for a question that was taken back or answered meanwhile', async () => {
		const first = await mailed();
		sure(await withdrawQuestion(scene.installation, actor('holder'), { questionId: first.questionId }));
		expect(await letterOf(first.askId)).toBeUndefined();
		const second = await mailed();
		sure(await answerQuestion(scene.installation, actor('invited'), { askId: second.askId, answer: 'declined' }));
		expect(await letterOf(second.askId)).toBeUndefined();
	});
});

describe('the page behind the link', () => {
	test('shows the question and who asks, without signing in and not of which case; looking uses nothing up; answering does', async () => {
		const { token, caseId } = await mailed();
		for (let time = 0; time < 3; time++) {
			const page = await look(token);
			if (typeof page === 'string') throw new Error(page);
			expect(page).toMatchObject({ text: 'Wie weet hoe dit kan?', caseId: null, mine: false, open: true, myAsk: { answer: null } });
			expect(page.names.get(page.question.membershipId)).toMatchObject({ displayName: 'Iemand holder', organisationName: 'De Kade' });
			expect(JSON.stringify(page)).not.toContain(caseId);
		}
		expect(await press(token, { answer: 'other_way', text: 'Bel het loket.' })).toBe('yes');
		expect(await look(token)).toBe('link_used');
		expect(await press(token, { answer: 'call_me' })).toBe('link_used');
		const lines = await owned(
			"select count(*)::int as n from log_line where case_id = $1 and origin = 'mail' and person_id = $2 and act in ('question.read', 'question.answer')",
			[caseId, actor('invited').personId]
		);
		expect(lines[0]?.n).toBe(4);
	});

	test('stands after an answer that was refused', async () => {
		const { token } = await mailed();
		expect(await press(token, { answer: 'other_way', text: '' })).toBe('invalid');
		expect(await press(token, { answer: 'agree' })).toBe('invalid');
		expect(await press(token, { answer: 'other_way', text: 'Bel 06-12345678' })).toBe('needs_acknowledgement');
		expect(await press(token, { answer: 'call_me' })).toBe('yes');
	});

	test('forwarded: is not there for who is signed in as someone else, and is for who it was made for', async () => {
		const { token, askId } = await mailed();
		for (const role of ['colleague', 'holder', 'stranger'] as const) {
			expect(await look(token, role)).toBe('not_found');
			expect(await press(token, { answer: 'call_me' }, role)).toBe('not_found');
		}
		expect((await owned('select count(*)::int as n from question_answer where ask_id = $1', [askId]))[0]?.n).toBe(0);
		expect(await look(token, 'invited')).toMatchObject({ open: true });
	});

	test('pressed eight times at once answers once', async () => {
		const { token } = await mailed();
		const pressed = await Promise.all(Array.from({ length: 8 }, () => press(token, { answer: 'call_me' })));
		expect(pressed.filter((answer) => answer === 'yes')).toHaveLength(1);
		for (const answer of pressed) expect(['yes', 'already_answered', 'link_used']).toContain(answer);
	});

	test('is over when the question was taken back, answered on the page, expired, or of who left', async () => {
		const withdrawn = await mailed();
		sure(await withdrawQuestion(scene.installation, actor('holder'), { questionId: withdrawn.questionId }));
		expect(await look(withdrawn.token)).toBe('link_invalid');
		const answered = await mailed();
		sure(await answerQuestion(scene.installation, actor('invited'), { askId: answered.askId, answer: 'call_me' }));
		expect(await look(answered.token)).toBe('link_used');
		const left = await mailed();
		const now = scene.installation.world.now();
		await owned('update membership set valid_until = $1 where membership_id = $2', [now, actor('invited').membershipId]);
		expect(await look(left.token)).toBe('link_invalid');
		expect(await press(left.token, { answer: 'call_me' })).toBe('link_invalid');
		await owned('update membership set valid_until = null where membership_id = $1', [actor('invited').membershipId]);
		expect(await look(left.token, null, 'elders')).toBe('link_invalid');
		scene.installation.world.tick(5 * 86_400_000);
		expect(await look(left.token)).toBe('link_expired');
		expect(await press(left.token, { answer: 'call_me' })).toBe('link_expired');
	});
});
