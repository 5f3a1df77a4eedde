import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findDoubts } from '#foundation/text/doubts.ts';
import { findColleague } from '#rooms/people/read.server.ts';
import { findStanding } from '../read.server.ts';
import { decidesNothing } from '../rules.ts';
import { caseSchema } from '../schema.ts';
import { hasHolderLeft, listHandOvers } from './read.server.ts';
import { openOffer } from './rules.ts';
import { offerHandOverSchema } from './schema.ts';

/** The holder offers the case to someone at its table (A14). It binds no one until it is accepted, also when the case is closed: follow-up goes on. */
export const offerHandOver = command({
	act: 'seat.offer_hand_over',
	schema: offerHandOverSchema,
	async run(deed, input): Promise<Outcome<{ handOverId: string }>> {
		deed.about('case', input.caseId, input.caseId);
		const standing = await findStanding(deed.tx, deed.actor, deed.now, input.caseId);
		if (!standing) return refuse('not_found');
		if (!standing.mySeat.holder) return refuse('not_holder', { lift: { kind: 'person', personId: standing.holder.personId } });
		if (openOffer(await listHandOvers(deed.tx, deed.actor, input.caseId), standing.seats)) return refuse('already_offered');
		const seat = standing.seats.find(({ membershipId, holder }) => membershipId === input.membershipId && !holder);
		const colleague = seat && (await findColleague(deed.tx, deed.actor, deed.now, seat.membershipId));
		if (!colleague || decidesNothing(colleague.roles))
			return refuse('invalid', { fields: [{ path: ['membershipId'], code: 'not_a_choice' }] });
		const doubts = findDoubts({ message: input.message });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });

		const handOverId = deed.id();
		deed.about('hand_over', handOverId, input.caseId);
		await deed.tx
			.insertInto('handOver')
			.values({
				...{ networkId: deed.actor.networkId, handOverId, caseId: input.caseId, fromPersonId: deed.actor.personId },
				...{ toPersonId: colleague.personId, toMembershipId: colleague.membershipId, stays: input.stays === 'yes', at: deed.now }
			})
			.execute();
		if (input.message) await deed.write({ caseId: input.caseId, aboutId: handOverId, part: 'hand_over', text: input.message });
		await deed.tell('mail.hand_over_offered', { caseId: input.caseId, personId: colleague.personId });
		return ok({ handOverId });
	}
});

/**
 * Someone at the table takes the case over: because the holder offered it to them, or because the holder works for their organisation no more.
 * The old holder keeps an ordinary seat or leaves, as they chose. The database looks again whether the seat may pass (`app.take_over`).
 */
export const takeOver = command({
	act: 'seat.take_over',
	schema: caseSchema,
	async run(deed, { caseId }): Promise<Outcome<null>> {
		deed.about('case', caseId, caseId);
		const standing = await findStanding(deed.tx, deed.actor, deed.now, caseId);
		if (!standing) return refuse('not_found');
		if (standing.mySeat.holder) return refuse('already_holder');
		const lift = { lift: { kind: 'person', personId: standing.holder.personId } } as const;
		if (decidesNothing(deed.actor.roles)) return refuse('not_allowed', lift);
		const offer = openOffer(await listHandOvers(deed.tx, deed.actor, caseId), standing.seats);
		const mine = offer?.toPersonId === deed.actor.personId && offer.toMembershipId === deed.actor.membershipId ? offer : null;
		if (!mine && !(await hasHolderLeft(deed.tx, caseId))) return refuse('not_offered', lift);
		if (mine) deed.about('hand_over', mine.handOverId, caseId);
		const { rows } = await sql<{ passed: boolean }>`
			select app.take_over(${caseId}, ${mine?.handOverId ?? null}, ${deed.id()}, ${deed.id()}) as passed`.execute(deed.tx);
		if (rows[0]?.passed !== true) throw new Error('The rules and the database say the same of who may hold a case.');
		await deed.tell('mail.hand_over_answered', { caseId, personId: standing.holder.personId });
		return ok(null);
	}
});

async function endOffer(deed: Deed, caseId: string, answer: 'declined' | 'withdrawn'): Promise<Outcome<null>> {
	deed.about('case', caseId, caseId);
	const standing = await findStanding(deed.tx, deed.actor, deed.now, caseId);
	if (!standing) return refuse('not_found');
	const lift = { lift: { kind: 'person', personId: standing.holder.personId } } as const;
	if (answer === 'withdrawn' && !standing.mySeat.holder) return refuse('not_holder', lift);
	const offer = openOffer(await listHandOvers(deed.tx, deed.actor, caseId), standing.seats);
	if (!offer || (answer === 'declined' && offer.toPersonId !== deed.actor.personId)) return refuse('not_offered', lift);
	deed.about('hand_over', offer.handOverId, caseId);
	await deed.tx
		.insertInto('handOverEnd')
		.values({
			networkId: deed.actor.networkId,
			handOverId: offer.handOverId,
			caseId,
			answer,
			personId: deed.actor.personId,
			at: deed.now
		})
		.execute();
	if (answer === 'declined') await deed.tell('mail.hand_over_answered', { caseId, personId: offer.fromPersonId });
	return ok(null);
}

/** Who was asked to hold the case says no; no reason is asked. */
export const declineHandOver = command({
	act: 'seat.decline_hand_over',
	schema: caseSchema,
	run: (deed, { caseId }) => endOffer(deed, caseId, 'declined')
});

/** The holder takes the offer back. */
export const withdrawHandOver = command({
	act: 'seat.withdraw_hand_over',
	schema: caseSchema,
	run: (deed, { caseId }) => endOffer(deed, caseId, 'withdrawn')
});
