import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Keyring } from '#foundation/keyring/keyring.server.ts';
import { listQuestionsByMe } from '../read.server.ts';
import type { AskReason, QuestionAnswer, QuestionState } from '../rules.ts';

/** A question that waits for the actor's answer. */
export interface AskOfMine {
	readonly askId: string;
	readonly questionId: string;
	readonly reason: AskReason;
	readonly amountCents: number | null;
	readonly at: Date;
	readonly dueAt: Date;
	readonly askedBy: string;
	/** Who asks. */
	readonly membershipId: string;
	/** Null: the words are gone with the key of their case. */
	readonly text: string | null;
}

interface Sealed {
	readonly caseId: string;
	readonly wordsId: string | null;
	readonly ciphertext: Buffer | null;
}

async function open(
	keyring: Keyring,
	actor: Actor,
	{ caseId, wordsId, ciphertext }: Sealed,
	aboutId: string,
	part: string
): Promise<string | null> {
	if (wordsId === null || ciphertext === null) return null;
	return keyring.openWords({ networkId: actor.networkId, caseId }, { aboutId, part, wordsId }, ciphertext);
}

/**
 * What was asked of the actor and can still be answered, soonest first. Asked as one of a team, it is what they could help with.
 * @param decided questions about something that was decided meanwhile: no answer is waited for
 */
export async function listMyAsks(tx: Tx, keyring: Keyring, actor: Actor, decided: readonly string[]): Promise<AskOfMine[]> {
	const { rows } = await sql<Omit<AskOfMine, 'text'> & Sealed>`
		select k.ask_id, k.question_id, k.reason, k.at, k.due_at, q.amount_cents, q.asked_by, q.membership_id, w.case_id, w.words_id, w.ciphertext
		from question_ask k
		join question q on q.network_id = k.network_id and q.question_id = k.question_id
		join case_words w on w.network_id = q.network_id and w.about_id = q.question_id and w.part = 'question'
		left join question_answer a on a.network_id = k.network_id and a.ask_id = k.ask_id
		left join question_withdrawal x on x.network_id = k.network_id and x.question_id = k.question_id
		where k.network_id = ${actor.networkId} and k.person_id = ${actor.personId} and k.membership_id = ${actor.membershipId}
			and a.at is null and x.at is null and app.question_is_open(k.question_id) and k.question_id <> all(${[...decided]}::uuid[])
		order by k.due_at, k.ask_id`.execute(tx);
	return Promise.all(
		rows.map(async ({ caseId, wordsId, ciphertext, ...row }) => ({
			...row,
			text: await open(keyring, actor, { caseId, wordsId, ciphertext }, row.questionId, 'question')
		}))
	);
}

/** An answer to a question of the actor's, with which they can get on. */
export interface AnswerToMe {
	readonly askId: string;
	readonly questionId: string;
	readonly answer: Extract<QuestionAnswer, 'other_way' | 'call_me'>;
	readonly at: Date;
	/** Who answered. */
	readonly membershipId: string;
	readonly text: string | null;
	readonly pseudonym: string;
	readonly caseId: string;
}

/** For so long an answer stands on the page where someone begins. */
const freshMs = 14 * 86_400_000;

/**
 * The answers of the last two weeks to the actor's questions, in cases that are under way and at whose table they sit, newest first; without
 * those to which they wrote back or of which they said that they helped.
 */
export async function listAnswersToMe(tx: Tx, keyring: Keyring, actor: Actor, now: Date): Promise<AnswerToMe[]> {
	const { rows } = await sql<Omit<AnswerToMe, 'text'> & Sealed>`
		select a.ask_id, a.question_id, a.answer, a.at, k.membership_id, r.pseudonym, c.case_id, w.words_id, w.ciphertext
		from question q
		join case_question c on c.network_id = q.network_id and c.question_id = q.question_id
		join case_record r on r.network_id = c.network_id and r.case_id = c.case_id
		join question_answer a on a.network_id = q.network_id and a.question_id = q.question_id and a.answer in ('other_way', 'call_me')
		join question_ask k on k.network_id = a.network_id and k.ask_id = a.ask_id
		left join answer_helped h on h.network_id = a.network_id and h.ask_id = a.ask_id
		left join question_withdrawal x on x.network_id = q.network_id and x.question_id = q.question_id
		left join case_words w on w.network_id = a.network_id and w.about_id = a.ask_id and w.part = 'answer'
		cross join lateral (
			select v.kind from case_event v where v.network_id = c.network_id and v.case_id = c.case_id order by v.at desc, v.event_id desc limit 1
		) e
		where q.network_id = ${actor.networkId} and q.asked_by = ${actor.personId} and h.at is null and x.at is null and e.kind <> 'closed'
			and a.at > ${new Date(now.getTime() - freshMs)}
			and not exists (
				select from conversation_message m where m.network_id = a.network_id and m.ask_id = a.ask_id and m.person_id = q.asked_by
			)
		order by a.at desc, a.ask_id desc`.execute(tx);
	return Promise.all(
		rows.map(async ({ wordsId, ciphertext, ...row }) => ({
			...row,
			text: await open(keyring, actor, { caseId: row.caseId, wordsId, ciphertext }, row.askId, 'answer')
		}))
	);
}

/** A question that the actor answered, or that was put to them earlier. */
export interface PastAsk {
	readonly questionId: string;
	readonly askId: string;
	readonly at: Date;
	readonly answer: QuestionAnswer | null;
	readonly withdrawn: boolean;
	readonly helped: boolean;
	readonly membershipId: string;
	readonly text: string | null;
}

/** The questions that were put to the actor and need no answer any more, newest first. */
export async function listPastAsks(tx: Tx, keyring: Keyring, actor: Actor, decided: readonly string[], limit = 50): Promise<PastAsk[]> {
	const { rows } = await sql<Omit<PastAsk, 'text'> & Sealed>`
		select k.question_id, k.ask_id, k.at, a.answer, x.at is not null as withdrawn, h.at is not null as helped, q.membership_id, w.case_id, w.words_id, w.ciphertext
		from question_ask k
		join question q on q.network_id = k.network_id and q.question_id = k.question_id
		join case_words w on w.network_id = q.network_id and w.about_id = q.question_id and w.part = 'question'
		left join question_answer a on a.network_id = k.network_id and a.ask_id = k.ask_id
		left join question_withdrawal x on x.network_id = k.network_id and x.question_id = k.question_id
		left join answer_helped h on h.network_id = k.network_id and h.ask_id = k.ask_id
		where k.network_id = ${actor.networkId} and k.person_id = ${actor.personId} and k.membership_id = ${actor.membershipId}
			and (a.at is not null or x.at is not null or not app.question_is_open(k.question_id) or k.question_id = any(${[...decided]}::uuid[]))
		order by k.at desc, k.ask_id desc limit ${limit}`.execute(tx);
	return Promise.all(
		rows.map(async ({ caseId, wordsId, ciphertext, ...row }) => ({
			...row,
			text: row.withdrawn ? null : await open(keyring, actor, { caseId, wordsId, ciphertext }, row.questionId, 'question')
		}))
	);
}

/** A question that the actor asked, in a case at whose table they sit. */
export interface QuestionOfMine {
	readonly questionId: string;
	readonly at: Date;
	readonly state: QuestionState;
	readonly pseudonym: string;
	readonly text: string | null;
}

/** What the actor asked, newest first. */
export async function listMyQuestions(tx: Tx, keyring: Keyring, actor: Actor, limit = 50): Promise<QuestionOfMine[]> {
	const questions = (await listQuestionsByMe(tx, actor)).slice(0, limit);
	if (questions.length === 0) return [];
	const { rows } = await sql<{ questionId: string; pseudonym: string } & Sealed>`
		select c.question_id, r.pseudonym, c.case_id, w.words_id, w.ciphertext
		from case_question c
		join case_record r on r.network_id = c.network_id and r.case_id = c.case_id
		join case_words w on w.network_id = c.network_id and w.about_id = c.question_id and w.part = 'question'
		where c.network_id = ${actor.networkId} and c.question_id = any(${questions.map((question) => question.questionId)}::uuid[])`.execute(tx);
	const byId = new Map(rows.map((row) => [row.questionId, row]));
	const shown: QuestionOfMine[] = [];
	for (const { questionId, at, state } of questions) {
		const row = byId.get(questionId);
		if (row) shown.push({ questionId, at, state, pseudonym: row.pseudonym, text: await open(keyring, actor, row, questionId, 'question') });
	}
	return shown;
}
