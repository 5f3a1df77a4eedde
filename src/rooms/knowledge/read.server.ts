import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { foldQuestion } from './rules.ts';
import type { AskReason, PassKind, QuestionAnswer, QuestionState } from './rules.ts';

/** Lets the acts on one question wait for each other until the transaction ends, also those of the product itself. */
export async function lockQuestion(tx: Tx, networkId: string, questionId: string): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${`question/${networkId}/${questionId}`}, 0))`.execute(tx);
}

/** Someone who was asked, and what they answered. */
export interface Ask {
	readonly askId: string;
	readonly questionId: string;
	readonly personId: string;
	readonly membershipId: string;
	readonly organisationId: string;
	readonly reason: AskReason;
	readonly round: number;
	readonly at: Date;
	readonly dueAt: Date;
	readonly answer: QuestionAnswer | null;
	readonly answeredAt: Date | null;
	/** The asker said that this answer helped. */
	readonly helped: boolean;
	readonly helpedAt: Date | null;
	/** The card that was made of it. */
	readonly cardId: string | null;
}

/** A question as far as the actor may see it: who asked, and of who was asked those they may know of. Of which case it is, it does not say. */
export interface Question {
	readonly questionId: string;
	readonly askedBy: string;
	readonly membershipId: string;
	readonly organisationId: string;
	readonly amountCents: number | null;
	readonly teamId: string | null;
	readonly at: Date;
	readonly withdrawnAt: Date | null;
	readonly passed: readonly { readonly kind: PassKind; readonly at: Date }[];
	readonly asks: readonly Ask[];
	readonly state: QuestionState;
}

type Which =
	| { readonly questionId: string }
	| { readonly caseId: string }
	| { readonly askedBy: string }
	| { readonly questionIds: readonly string[] };

async function select(tx: Tx, actor: Actor, which: Which): Promise<Question[]> {
	const wanted =
		'questionId' in which
			? sql`q.question_id = ${which.questionId}`
			: 'caseId' in which
				? sql`q.question_id = any(array(select c.question_id from case_question c where c.network_id = ${actor.networkId} and c.case_id = ${which.caseId}))`
				: 'askedBy' in which
					? sql`q.asked_by = ${which.askedBy}`
					: sql`q.question_id = any(${[...which.questionIds]}::uuid[])`;
	const { rows: questions } = await sql<Omit<Question, 'asks' | 'passed' | 'state'>>`
		select q.question_id, q.asked_by, q.membership_id, q.organisation_id, q.amount_cents, q.team_id, q.at, w.at as withdrawn_at
		from question q
		left join question_withdrawal w on w.network_id = q.network_id and w.question_id = q.question_id
		where q.network_id = ${actor.networkId} and ${wanted}
		order by q.at, q.question_id`.execute(tx);
	if (questions.length === 0) return [];
	const ids = questions.map((question) => question.questionId);
	const { rows: asks } = await sql<Ask>`
		select k.ask_id, k.question_id, k.person_id, k.membership_id, k.organisation_id, k.reason, k.round, k.at, k.due_at,
			a.answer, a.at as answered_at, h.ask_id is not null as helped, h.at as helped_at, s.card_id
		from question_ask k
		left join question_answer a on a.network_id = k.network_id and a.ask_id = k.ask_id
		left join answer_helped h on h.network_id = k.network_id and h.ask_id = k.ask_id
		left join card_source s on s.network_id = k.network_id and s.ask_id = k.ask_id
		where k.network_id = ${actor.networkId} and k.question_id = any(${ids}::uuid[])
		order by k.round, k.at, k.ask_id`.execute(tx);
	const passes = await tx
		.selectFrom('questionPass')
		.select(['questionId', 'kind', 'at'])
		.where('networkId', '=', actor.networkId)
		.where('questionId', 'in', ids)
		.orderBy('round')
		.execute();
	return questions.map((question) => {
		const own = asks.filter((ask) => ask.questionId === question.questionId);
		const passed = passes.filter((pass) => pass.questionId === question.questionId).map(({ kind, at }) => ({ kind: kind as PassKind, at }));
		const state = foldQuestion({
			withdrawn: question.withdrawnAt !== null,
			answers: own.flatMap((ask) => ask.answer ?? []),
			passed: passed.map(({ kind }) => kind)
		});
		return { ...question, asks: own, passed, state };
	});
}

/** One question, or null when it is not for this actor to see. */
export const findQuestion = async (tx: Tx, actor: Actor, questionId: string): Promise<Question | null> =>
	(await select(tx, actor, { questionId }))[0] ?? null;

/** The questions of a case at whose table the actor sits, in order of time; else none. */
export const listCaseQuestions = (tx: Tx, actor: Actor, caseId: string): Promise<Question[]> => select(tx, actor, { caseId });

/** The questions that the actor asked, newest first; of who was asked only while they sit at the table of the case. */
export const listQuestionsByMe = async (tx: Tx, actor: Actor): Promise<Question[]> =>
	(await select(tx, actor, { askedBy: actor.personId })).toReversed();

/** Questions by id, in order of time; those that are not for this actor to see are left out. */
export const listQuestions = async (tx: Tx, actor: Actor, questionIds: readonly string[]): Promise<Question[]> =>
	questionIds.length === 0 ? [] : select(tx, actor, { questionIds });

/** The question of an ask, with that ask; null when it is not for this actor to see. */
export async function findAsk(tx: Tx, actor: Actor, askId: string): Promise<{ question: Question; ask: Ask } | null> {
	const row = await tx
		.selectFrom('questionAsk')
		.select('questionId')
		.where('networkId', '=', actor.networkId)
		.where('askId', '=', askId)
		.executeTakeFirst();
	const question = row && (await findQuestion(tx, actor, row.questionId));
	const ask = question?.asks.find((entry) => entry.askId === askId);
	return question && ask ? { question, ask } : null;
}

/**
 * The case under whose key the words of a question lie, for sealing and opening them: known to the process, shown to nobody who does not sit
 * at its table. Null when the actor may not read the words.
 */
export const findCaseOfWords = async (tx: Tx, actor: Actor, questionId: string): Promise<string | null> =>
	(
		await tx
			.selectFrom('caseWords')
			.select('caseId')
			.where('networkId', '=', actor.networkId)
			.where('aboutId', '=', questionId)
			.where('part', '=', 'question')
			.executeTakeFirst()
	)?.caseId ?? null;

/** Whether the case of a question is still under way. */
export async function isQuestionOpen(tx: Tx, questionId: string): Promise<boolean> {
	const { rows } = await sql<{ open: boolean | null }>`select app.question_is_open(${questionId}) as open`.execute(tx);
	return rows[0]?.open === true;
}

/** Everyone who answered in a case and did not decline, once each, in order of their first answer: to them it goes back that it worked (A16). */
export async function listAnswerers(
	tx: Tx,
	actor: Actor,
	caseId: string
): Promise<{ personId: string; membershipId: string; helped: boolean }[]> {
	const { rows } = await sql<{ personId: string; membershipId: string; helped: boolean }>`
		select k.person_id, (array_agg(k.membership_id order by a.at, k.ask_id))[1] as membership_id, bool_or(h.ask_id is not null) as helped
		from case_question c
		join question_answer a on a.network_id = c.network_id and a.question_id = c.question_id and a.answer <> 'declined'
		join question_ask k on k.network_id = a.network_id and k.ask_id = a.ask_id
		left join answer_helped h on h.network_id = a.network_id and h.ask_id = a.ask_id
		where c.network_id = ${actor.networkId} and c.case_id = ${caseId}
		group by k.person_id
		order by min(a.at), k.person_id`.execute(tx);
	return rows;
}

/** What the network's page says of all questions together; null where there are too few to say it (k = 3). */
export async function getQuestionFigures(tx: Tx): Promise<{ questions: number; answered: number | null; medianHours: number | null }> {
	const { rows } = await sql<{ questions: number; answered: number | null; medianHours: number | null }>`
		select questions, answered, median_hours from app.figure_questions()`.execute(tx);
	return rows[0] ?? { questions: 0, answered: null, medianHours: null };
}
