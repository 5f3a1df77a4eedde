import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Job } from '#foundation/jobs/job.ts';
import type { Letter } from '#foundation/mail/letter.ts';
import { jobHandlers } from '#lib/cli/job-handlers.server.ts';
import { openCase } from '#rooms/cases/commands.server.ts';
import { answerQuestion, askQuestion, withdrawQuestion } from '#rooms/knowledge/commands.server.ts';
import { actions, load } from '#lib/routes/vraag/[network]/[token]/+page.server.ts';
import { caseWords } from './case-words.ts';
import { openScene } from './scene.server.ts';
import type { Scene, SceneRole } from './scene.server.ts';
import { sure } from './sure.ts';

/** A question answered from the mail: by the page behind the link, as a browser asks for it. */

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

/** The page as a browser asks for it: what it shows, or the status with which it refuses. */
async function page(token: string, as: SceneRole | null = null, network = 'haven', form?: Record<string, string>): Promise<unknown> {
	const body = new FormData();
	for (const [name, value] of Object.entries(form ?? {})) body.set(name, value);
	const event = {
		locals: {
			installation: scene.installation,
			locale: 'nl',
			account: as === null ? null : { accountId: scene.accounts[as] },
			actor: as === null ? null : actor(as)
		},
		params: { network, token },
		request: new Request('http://localhost:4173/', { method: 'POST', body }),
		setHeaders: () => undefined
	} as unknown as Parameters<typeof load>[0];
	try {
		return form === undefined ? await load(event) : await actions['default']?.(event as never);
	} catch (thrown) {
		const { status, location } = thrown as { status: number; location?: string };
		return location === undefined ? { status } : { status, location };
	}
}

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
		const { token, caseId, questionId } = await mailed();
		for (let look = 0; look < 3; look++) {
			const shown = await page(token);
			expect(shown).toMatchObject({
				against: null,
				question: { text: 'Wie weet hoe dit kan?', asker: { name: 'Iemand holder', organisation: 'De Kade' } }
			});
			expect(JSON.stringify(shown)).not.toContain(caseId);
			expect(JSON.stringify(shown)).not.toContain(questionId);
		}
		expect(await page(token, null, 'haven', { answer: 'other_way', text: 'Bel het loket.' })).toEqual({
			...{ status: 303, location: '/vraag/haven/bedankt' }
		});
		expect(await page(token)).toMatchObject({ question: null, against: { code: 'link_used' } });
		expect(await page(token, null, 'haven', { answer: 'call_me' })).toMatchObject({
			status: 409,
			data: { refusal: { code: 'link_used' } }
		});
		const lines = await owned(
			"select count(*)::int as n from log_line where case_id = $1 and origin = 'mail' and person_id = $2 and act in ('question.read', 'question.answer')",
			[caseId, actor('invited').personId]
		);
		expect(lines[0]?.n).toBe(4);
	});

	test('keeps what was typed when it is refused, and the link with it', async () => {
		const { token } = await mailed();
		expect(await page(token, null, 'haven', { answer: 'other_way', text: '' })).toMatchObject({ status: 400, data: { form: 'answer' } });
		expect(await page(token, null, 'haven', { answer: 'other_way', text: 'Bel 06-12345678' })).toMatchObject({
			...{ status: 400, data: { refusal: { code: 'needs_acknowledgement' }, values: { text: 'Bel 06-12345678' } } }
		});
		expect(await page(token, null, 'haven', { answer: 'call_me' })).toMatchObject({ status: 303 });
	});

	test('forwarded: is not there for who is signed in as someone else, and is for who it was made for', async () => {
		const { token, askId } = await mailed();
		for (const role of ['colleague', 'holder', 'stranger'] as const) {
			expect(await page(token, role)).toEqual({ status: 404 });
			expect(await page(token, role, 'haven', { answer: 'call_me' })).toEqual({ status: 404 });
		}
		expect((await owned('select count(*)::int as n from question_answer where ask_id = $1', [askId]))[0]?.n).toBe(0);
		expect(await page(token, 'invited')).toMatchObject({ against: null });
	});

	test('is over when the question was taken back, answered on the page, expired, or of who left', async () => {
		const withdrawn = await mailed();
		sure(await withdrawQuestion(scene.installation, actor('holder'), { questionId: withdrawn.questionId }));
		expect(await page(withdrawn.token)).toMatchObject({ against: { code: 'link_invalid' } });
		const answered = await mailed();
		sure(await answerQuestion(scene.installation, actor('invited'), { askId: answered.askId, answer: 'call_me' }));
		expect(await page(answered.token)).toMatchObject({ against: { code: 'link_used' } });
		const left = await mailed();
		await owned('update membership set valid_until = $1 where membership_id = $2', [
			...[scene.installation.world.now(), actor('invited').membershipId]
		]);
		expect(await page(left.token)).toMatchObject({ against: { code: 'link_invalid' } });
		await owned('update membership set valid_until = null where membership_id = $1', [actor('invited').membershipId]);
		expect(await page(left.token, null, 'elders')).toMatchObject({ against: { code: 'link_invalid' } });
		scene.installation.world.tick(5 * 86_400_000);
		expect(await page(left.token)).toMatchObject({ against: { code: 'link_expired' } });
		expect(await page(left.token, null, 'haven', { answer: 'call_me' })).toMatchObject({ status: 410 });
	});
});
