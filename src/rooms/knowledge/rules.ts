/** What someone who is asked can answer. To agree is a vote, and only where an amount is asked. */
export const questionAnswers = ['agree', 'other_way', 'call_me', 'declined'] as const;
export type QuestionAnswer = (typeof questionAnswers)[number];

/** Hours in which offices are open before a question without an answer is passed on (B3). */
export const hoursToAnswer = 4;
/** At most so many people are asked at once by name. */
export const mostAsked = 3;
/** Days that one can answer from the mail. */
export const daysOfLink = 5;

/** For which kind of reason someone is asked: what their profile says, the team, duty, or because the asker chose them. */
export const askReasons = ['topics', 'schemes', 'lived_experience', 'languages', 'area', 'team', 'duty', 'chosen'] as const;
export type AskReason = (typeof askReasons)[number];

/** Someone to be asked, with the membership they are asked in. */
export interface ToAsk {
	readonly personId: string;
	readonly membershipId: string;
	readonly organisationId: string;
	readonly reason: AskReason;
}

export type PassKind = 'next' | 'duty' | 'ended';

/** The round that each way of passing on begins; the first round is the asking itself. */
export const roundOf: Readonly<Record<PassKind, number>> = { next: 2, duty: 3, ended: 4 };

/** Where a question goes when nobody answered in time. */
export type Pass = { readonly kind: 'next' | 'duty'; readonly ask: ToAsk } | { readonly kind: 'ended' };

/**
 * Passes a question on: first to the next proposed, then to the colleague on duty, then it has nowhere left to go. Each once.
 * @param passed how it was passed on before
 * @param left who can still be asked, in order
 */
export function passOn(passed: readonly PassKind[], left: readonly (ToAsk & { readonly kind: 'next' | 'duty' })[]): Pass {
	for (const kind of ['next', 'duty'] as const) {
		if (passed.includes('duty') || passed.includes(kind)) continue;
		const found = left.find((entry) => entry.kind === kind);
		if (found)
			return {
				kind,
				ask: { personId: found.personId, membershipId: found.membershipId, organisationId: found.organisationId, reason: found.reason }
			};
	}
	return { kind: 'ended' };
}

/** Where a question stands: open, answered (by someone who did not decline), nobody left to ask, or taken back. */
export type QuestionState = 'open' | 'answered' | 'nobody_left' | 'withdrawn';

export function foldQuestion(facts: {
	readonly withdrawn: boolean;
	readonly answers: readonly QuestionAnswer[];
	readonly passed: readonly PassKind[];
}): QuestionState {
	if (facts.withdrawn) return 'withdrawn';
	if (facts.answers.some(isHelp)) return 'answered';
	return facts.passed.includes('ended') ? 'nobody_left' : 'open';
}

/** An answer with which the asker gets on; it ends the passing on. */
export const isHelp = (answer: QuestionAnswer): boolean => answer !== 'declined';

/** Whether asker and answerer talk on after this answer. */
export const opensConversation = (answer: QuestionAnswer | null): boolean => answer === 'other_way' || answer === 'call_me';

/** What happened with a question at the table of its case. */
export type QuestionHappening = { readonly at: Date; readonly questionId: string } & (
	| { readonly kind: 'question_asked'; readonly membershipId: string; readonly count: number }
	| {
			readonly kind: 'question_advised';
			readonly membershipId: string;
			readonly askId: string;
			readonly answer: Exclude<QuestionAnswer, 'declined'>;
			/** How much money was asked by it, or null. */
			readonly amountCents: number | null;
	  }
	| { readonly kind: 'question_passed_on'; readonly to: PassKind }
	| { readonly kind: 'question_taken_back' }
);

/**
 * What happened with the questions of a case; who declined is not named. By a question with an amount money is asked: that it was asked and taken
 * back is told of the money itself, and no one asks for advice.
 */
export function listQuestionHappenings(
	questions: readonly {
		readonly questionId: string;
		readonly membershipId: string;
		readonly amountCents: number | null;
		readonly at: Date;
		readonly withdrawnAt: Date | null;
		readonly passed: readonly { readonly kind: PassKind; readonly at: Date }[];
		readonly asks: readonly {
			readonly askId: string;
			readonly membershipId: string;
			readonly round: number;
			readonly answer: QuestionAnswer | null;
			readonly answeredAt: Date | null;
		}[];
	}[]
): QuestionHappening[] {
	return questions.flatMap(({ questionId, membershipId, amountCents, at, withdrawnAt, passed, asks }): QuestionHappening[] => [
		...(amountCents === null
			? [{ kind: 'question_asked' as const, at, questionId, membershipId, count: asks.filter((ask) => ask.round === 1).length }]
			: []),
		...passed.map((pass): QuestionHappening => ({ kind: 'question_passed_on', at: pass.at, questionId, to: pass.kind })),
		...asks.flatMap((ask): QuestionHappening[] =>
			ask.answer === null || ask.answer === 'declined' || ask.answeredAt === null
				? []
				: [
						{
							kind: 'question_advised',
							at: ask.answeredAt,
							questionId,
							membershipId: ask.membershipId,
							askId: ask.askId,
							answer: ask.answer,
							amountCents
						}
					]
		),
		...(withdrawnAt === null || amountCents !== null ? [] : [{ kind: 'question_taken_back' as const, at: withdrawnAt, questionId }])
	]);
}
