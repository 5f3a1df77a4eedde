import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { dayAt } from '#foundation/time/days.ts';
import { mayRelease } from '../releases/rules.ts';
import { findLetter, listLetters } from './read.server.ts';
import { mayFollowLetter, wrongAnswerDay } from './rules.ts';
import { answerLetterSchema, recordLetterSchema } from './schema.ts';

/** Writes down that the letter about a law that leaves no local room was sent (F7). The product sends none, and keeps no letter. */
export const recordLetter = command({
	act: 'letter.record',
	schema: recordLetterSchema,
	async run(deed, input): Promise<Outcome<{ letterId: string }>> {
		const letterId = deed.id();
		deed.about('letter', letterId);
		const { tx, actor, now } = deed;
		const { networkId, personId, membershipId, organisationId } = actor;
		const facts = await findLetter(tx, actor, now, input.causeId);
		if (!facts) return refuse('not_found');
		if (!mayRelease(actor.roles)) return refuse('not_allowed', { lift: { kind: 'role', role: 'facilitator' } });
		if (facts.cases === null) return refuse('too_few_cases');
		if (input.sentOn > dayAt(now)) return refuse('invalid', { fields: [{ path: ['sentOn'], code: 'date_in_future' }] });
		const { causeId, addressee, sentOn } = input;
		await tx
			.insertInto('causeLetter')
			.values({ networkId, letterId, causeId, addressee, sentOn, personId, membershipId, organisationId, at: now })
			.execute();
		return ok({ letterId });
	}
});

/** Writes down what came back on a letter, or that it was not sent after all. Who wrote down that it was sent is told. */
export const answerLetter = command({
	act: 'letter.answer',
	schema: answerLetterSchema,
	async run(deed, input): Promise<Outcome<null>> {
		deed.about('letter', input.letterId);
		const { tx, actor, now } = deed;
		const { networkId, personId, membershipId, organisationId } = actor;
		await sql`select pg_advisory_xact_lock(hashtextextended(${`${networkId}/letter/${input.letterId}`}, 0))`.execute(tx);
		const letter = (await listLetters(tx, networkId, { letterId: input.letterId }))[0];
		if (!letter) return refuse('not_found');
		if (!mayRelease(actor.roles)) return refuse('not_allowed', { lift: { kind: 'role', role: 'facilitator' } });
		if (!mayFollowLetter(input.answer, letter.state)) return refuse('wrong_state');
		const wrong = wrongAnswerDay(input.answeredOn, letter.sentOn, dayAt(now));
		if (wrong !== null) return refuse('invalid', { fields: [{ path: ['answeredOn'], code: wrong }] });
		await tx
			.insertInto('causeLetterAnswer')
			.values({
				...{ networkId, letterId: input.letterId, answerId: deed.id(), answer: input.answer, answeredOn: input.answeredOn },
				...{ words: input.words.trim(), personId, membershipId, organisationId, at: now }
			})
			.execute();
		if (letter.personId !== personId) await deed.tell('mail.letter_answered', { causeId: letter.causeId, personId: letter.personId });
		return ok(null);
	}
});
