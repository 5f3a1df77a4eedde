import { changedKind } from '#foundation/live/changed.server.ts';
import { command } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { dayAt } from '#foundation/time/days.ts';
import { findOwnPair } from '../pairs/commands.server.ts';
import { findRound, findSeats, listRounds } from './read.server.ts';
import { quarterOf } from './rules.ts';
import { answerTrustSchema, openRoundSchema } from './schema.ts';

/** Either of the two opens the five questions for this quarter. */
export const openRound = command({
	act: 'trust.open_round',
	schema: openRoundSchema,
	async run(deed, { pairId }): Promise<Outcome<{ roundId: string; pairId: string }>> {
		deed.about('pair', pairId, pairId);
		const found = await findOwnPair(deed, pairId);
		if (!found.ok) return found;
		const seats = await findSeats(deed.tx, deed.actor, pairId);
		// The other has not said yes, so there are no two sides yet.
		if (!seats) return refuse('wrong_state');
		const { networkId, personId, membershipId } = deed.actor;
		const quarter = quarterOf(dayAt(deed.now));
		const rounds = await listRounds(deed.tx, deed.actor, pairId);
		if (rounds.some((round) => round.quarter === quarter)) return refuse('round_open');
		const roundId = deed.id();
		deed.about('trust_round', roundId, pairId);
		await deed.tx
			.insertInto('trustRound')
			.values({
				...{ networkId, roundId, pairId, quarter, seatOne: seats.mine.seatId, seatTwo: seats.other.seatId },
				...{ personId, membershipId, at: deed.now }
			})
			.execute();
		await deed.tell('mail.trust_round', { pairId, personId: seats.other.personId });
		return ok({ roundId, pairId });
	}
});

/**
 * One side answers about the other. Until both did, nothing may tell the other side that this was done: the line in the log names no pair, no letter goes,
 * and no page is told that something changed.
 */
export const answerTrust = command({
	act: 'trust.answer',
	schema: answerTrustSchema,
	async run(deed, { roundId, scores }): Promise<Outcome<{ pairId: string }>> {
		deed.about('trust_round', roundId);
		const { tx, actor, now } = deed;
		const round = await findRound(tx, actor, roundId);
		if (!round) return refuse('not_found');
		const { pairId } = round;
		const found = await findOwnPair(deed, pairId);
		if (!found.ok) return found;
		const seats = await findSeats(tx, actor, pairId);
		if (!seats) return refuse('not_found');
		const answers = (await findRound(tx, actor, roundId))?.answers ?? [];
		if (answers.some(({ seatId }) => seatId === seats.mine.seatId))
			return refuse('already_answered', { lift: { kind: 'role', role: 'yourself' } });
		if (quarterOf(dayAt(now)) !== round.quarter) return refuse('wrong_state');
		const { networkId, personId, membershipId } = actor;
		await tx
			.insertInto('trustAnswer')
			.values({ networkId, roundId, pairId, seatId: seats.mine.seatId, scores: [...scores], personId, membershipId, at: now })
			.execute();
		// What the other answered is seen only now that both stand.
		const whole = (await findRound(tx, actor, roundId))?.answers.length === 2;
		if (whole) {
			await deed.tell('mail.trust_whole', { pairId, personId: seats.other.personId });
			await deed.tell(changedKind, { caseId: pairId });
		}
		return ok({ pairId });
	}
});
