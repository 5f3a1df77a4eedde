import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { endLinks } from '#foundation/links/private-links.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findDoubts } from '#foundation/text/doubts.ts';
import { addWorkingHours } from '#foundation/time/working-hours.ts';
import { findStanding } from '#rooms/cases/read.server.ts';
import { isUnderWay } from '#rooms/cases/rules.ts';
import { findColleague } from '#rooms/people/read.server.ts';
import { proposeColleagues } from './proposals/read.server.ts';
import type { Proposal } from './proposals/rules.ts';
import { findAsk, findCaseOfWords, findQuestion, isQuestionOpen, lockQuestion } from './read.server.ts';
import type { Ask, Question } from './read.server.ts';
import { hoursToAnswer } from './rules.ts';
import type { QuestionAnswer, ToAsk } from './rules.ts';
import { answerQuestionSchema, askQuestionSchema, questionSchema } from './schema.ts';

/** Someone at the table asks a question without name (B3): to people by name, or to a team. */
export const askQuestion = command({
	act: 'question.ask',
	schema: askQuestionSchema,
	async run(deed, input): Promise<Outcome<{ questionId: string; asks: readonly string[] }>> {
		deed.about('case', input.caseId, input.caseId);
		const standing = await findStanding(deed.tx, deed.actor, deed.now, input.caseId);
		if (!standing) return refuse('not_found');
		if (!isUnderWay(standing.state)) return refuse('wrong_state', { lift: { kind: 'person', personId: standing.holder.personId } });
		const proposals = await proposeColleagues(deed.tx, deed.keyring, deed.actor, deed.now, input.caseId);
		const asked = input.teamId === undefined ? await listNamed(deed, input.asked, proposals) : await listTeamToAsk(deed, input.teamId);
		const field = input.teamId === undefined ? 'asked' : 'teamId';
		if (
			!asked ||
			asked.length === 0 ||
			asked.some((entry) => standing.seats.some((seat) => seat.personId === entry.personId && field === 'asked'))
		)
			return refuse('invalid', { fields: [{ path: [field], code: 'not_a_choice' }] });
		const doubts = findDoubts({ text: input.text });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });
		const put = await putQuestion(deed, {
			...{ caseId: input.caseId, text: input.text, amountCents: null, teamId: input.teamId ?? null, asked, proposals }
		});
		return ok({ questionId: put.questionId, asks: put.asks.map(({ askId }) => askId) });
	}
});

/** The people chosen by name, each with the reason they were proposed for; null when one of them cannot be asked. */
async function listNamed(deed: Deed, membershipIds: readonly string[], proposals: readonly Proposal[]): Promise<ToAsk[] | null> {
	const asked: ToAsk[] = [];
	for (const membershipId of membershipIds) {
		const colleague = await findColleague(deed.tx, deed.actor, deed.now, membershipId);
		if (!colleague || colleague.personId === deed.actor.personId || (await saidNo(deed, colleague.personId))) return null;
		const proposed = proposals.find((entry) => entry.membershipId === membershipId);
		asked.push({
			...{ personId: colleague.personId, membershipId, organisationId: colleague.organisationId },
			reason: proposed?.reason ?? 'chosen'
		});
	}
	return new Set(asked.map(({ personId }) => personId)).size === asked.length ? asked : null;
}

/** Whether a colleague said that they are away or do not want to be asked. */
const saidNo = async (deed: Deed, personId: string): Promise<boolean> =>
	(await deed.tx
		.selectFrom('profile')
		.select('personId')
		.where('networkId', '=', deed.actor.networkId)
		.where('personId', '=', personId)
		.where((e) => e.or([e('available', '=', false), e('willing', '=', false)]))
		.executeTakeFirst()) !== undefined;

/** The members of a team, save who asks. */
export async function listTeamToAsk(deed: Pick<Deed, 'tx' | 'actor'>, teamId: string): Promise<ToAsk[]> {
	const { rows } = await sql<Omit<ToAsk, 'reason'>>`
		select person_id, membership_id, organisation_id from app.team_members(${teamId}) order by person_id, membership_id`.execute(deed.tx);
	const others = rows.filter(({ personId }) => personId !== deed.actor.personId);
	return others
		.filter((row, index) => others.findIndex(({ personId }) => personId === row.personId) === index)
		.map((row) => ({ ...row, reason: 'team' as const }));
}

/** A question as it is put: who is asked was decided by the act that calls it. */
export interface QuestionToPut {
	readonly caseId: string;
	readonly text: string;
	/** Where it is about money: to agree is then a vote. */
	readonly amountCents: number | null;
	readonly teamId: string | null;
	readonly asked: readonly ToAsk[];
	/** Who is asked next when nobody answers; left out, it is who is proposed for the case. */
	readonly proposals?: readonly Proposal[];
}

/** Puts a question: facts, sealed words, a letter with a link to everyone asked. The actor sits at the table of the case. */
export async function putQuestion(
	deed: Deed,
	{ caseId, text, amountCents, teamId, asked, proposals }: QuestionToPut
): Promise<{ questionId: string; asks: readonly { readonly askId: string; readonly personId: string }[] }> {
	const { networkId, personId, membershipId, organisationId } = deed.actor;
	const questionId = deed.id();
	deed.about('question', questionId, caseId);
	await deed.tx
		.insertInto('question')
		.values({ networkId, questionId, askedBy: personId, membershipId, organisationId, amountCents, teamId, at: deed.now })
		.execute();
	await deed.tx.insertInto('caseQuestion').values({ networkId, caseId, questionId }).execute();
	const asks: { askId: string; personId: string }[] = [];
	const dueAt = addWorkingHours(deed.now, hoursToAnswer);
	for (const entry of asked) {
		const askId = deed.id();
		await deed.tx
			.insertInto('questionAsk')
			.values({
				...{ networkId, askId, questionId, round: 1, at: deed.now, dueAt },
				...{ personId: entry.personId, membershipId: entry.membershipId, organisationId: entry.organisationId, reason: entry.reason }
			})
			.execute();
		await deed.tell('mail.question_asked', { askId, personId: entry.personId, membershipId: entry.membershipId });
		asks.push({ askId, personId: entry.personId });
	}
	const next = (proposals ?? (await proposeColleagues(deed.tx, deed.keyring, deed.actor, deed.now, caseId))).filter(
		(entry) => !asked.some((other) => other.personId === entry.personId)
	);
	if (next.length > 0)
		await deed.tx
			.insertInto('questionCandidate')
			.values(
				next.map((entry, index) => ({
					...{ networkId, questionId, place: index + 1, personId: entry.personId, membershipId: entry.membershipId },
					...{ organisationId: entry.organisationId, reason: entry.reason }
				}))
			)
			.execute();
	await deed.write({ caseId, aboutId: questionId, part: 'question', text });
	return { questionId, asks };
}

/** Who was asked answers, from the page or from the mail. To agree is a vote and is cast where the request is decided. */
export const answerQuestion = command({
	act: 'question.answer',
	schema: answerQuestionSchema,
	async run(deed, input): Promise<Outcome<{ questionId: string }>> {
		deed.about('question', input.askId);
		if (input.answer === 'agree') return refuse('invalid', { fields: [{ path: ['answer'], code: 'not_a_choice' }] });
		const doubts = findDoubts({ text: input.text });
		const answered = await recordAnswer(deed, input);
		if (answered.ok && doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });
		return answered;
	}
});

/**
 * Records what someone who was asked answered, once, with the words they gave, and uses up the link that was sent to them.
 * Refuses `not_found`, `not_asked`, `question_withdrawn`, `already_answered`, `question_over`.
 */
export async function recordAnswer(
	deed: Deed,
	input: { readonly askId: string; readonly answer: QuestionAnswer; readonly text?: string | undefined }
): Promise<Outcome<{ questionId: string }>> {
	const seen = await findAsk(deed.tx, deed.actor, input.askId);
	if (!seen) return refuse('not_found');
	const { questionId } = seen.question;
	await lockQuestion(deed.tx, deed.actor.networkId, questionId);
	const { question, ask } = (await findAsk(deed.tx, deed.actor, input.askId)) ?? seen;
	const caseId = await findCaseOfWords(deed.tx, deed.actor, questionId);
	if (caseId === null) return refuse('not_found');
	deed.about('question', questionId, caseId);
	const mine = ask.personId === deed.actor.personId && ask.membershipId === deed.actor.membershipId;
	if (!mine) return refuse('not_asked', { lift: { kind: 'person', personId: ask.personId } });
	if (question.withdrawnAt !== null) return refuse('question_withdrawn', { lift: { kind: 'person', personId: question.askedBy } });
	if (ask.answer !== null) return refuse('already_answered', { lift: { kind: 'person', personId: question.askedBy } });
	if (!(await isQuestionOpen(deed.tx, questionId)))
		return refuse('question_over', { lift: { kind: 'person', personId: question.askedBy } });
	const { networkId, personId } = deed.actor;
	await deed.tx
		.insertInto('questionAnswer')
		.values({ networkId, askId: ask.askId, questionId, personId, answer: input.answer, at: deed.now })
		.execute();
	if (input.text !== undefined && input.text.trim() !== '')
		await deed.write({ caseId, aboutId: ask.askId, part: 'answer', text: input.text });
	await endLinks(deed, 'question', ask.askId);
	if (input.answer !== 'declined') await deed.tell('mail.question_answered', { questionId, personId: question.askedBy });
	return ok({ questionId });
}

/** Who asked takes the question back: nobody is asked any more, and the links that were sent end. */
export const withdrawQuestion = command({
	act: 'question.withdraw',
	schema: questionSchema,
	async run(deed, input): Promise<Outcome<null>> {
		const found = await findForAsker(deed, input.questionId);
		if (!found.ok) return found;
		// A question about money ends with its request.
		if (found.value.question.amountCents !== null) return refuse('not_allowed', { lift: { kind: 'role', role: 'yourself' } });
		return takeBackQuestion(deed, input.questionId);
	}
});

/** Takes a question back that the actor asked. Refuses `question_withdrawn`. */
export async function takeBackQuestion(deed: Deed, questionId: string): Promise<Outcome<null>> {
	await lockQuestion(deed.tx, deed.actor.networkId, questionId);
	const question = await findQuestion(deed.tx, deed.actor, questionId);
	if (!question) return refuse('not_found');
	if (question.withdrawnAt !== null) return refuse('question_withdrawn');
	const { networkId, personId } = deed.actor;
	await deed.tx.insertInto('questionWithdrawal').values({ networkId, questionId, personId, at: deed.now }).execute();
	await sql`select app.end_question_links(${questionId})`.execute(deed.tx);
	return ok(null);
}

/** What the asker's acts ask first: the question, and that it is theirs. */
export async function findForAsker(deed: Deed, questionId: string): Promise<Outcome<{ question: Question; caseId: string }>> {
	deed.about('question', questionId);
	const question = await findQuestion(deed.tx, deed.actor, questionId);
	const caseId = question && (await findCaseOfWords(deed.tx, deed.actor, questionId));
	if (!question || !caseId) return refuse('not_found');
	deed.about('question', questionId, caseId);
	await lockQuestion(deed.tx, deed.actor.networkId, questionId);
	if (question.askedBy !== deed.actor.personId) return refuse('not_asker', { lift: { kind: 'person', personId: question.askedBy } });
	return ok({ question: (await findQuestion(deed.tx, deed.actor, questionId)) ?? question, caseId });
}

/** As `findForAsker`, for one of the answers. */
export async function findAnswerForAsker(deed: Deed, askId: string): Promise<Outcome<{ question: Question; ask: Ask; caseId: string }>> {
	deed.about('question', askId);
	const seen = await findAsk(deed.tx, deed.actor, askId);
	if (!seen) return refuse('not_found');
	const found = await findForAsker(deed, seen.question.questionId);
	if (!found.ok) return found;
	const ask = found.value.question.asks.find((entry) => entry.askId === askId);
	return ask ? ok({ ...found.value, ask }) : refuse('not_found');
}
