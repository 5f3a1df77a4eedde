import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findColleague } from '#rooms/people/read.server.ts';
import { findBody, findRule, findSeat } from './read.server.ts';
import type { Body } from './read.server.ts';
import { mayDecide, mayMakeBody, mayTakePart } from './rules.ts';
import { confirmRuleSchema, makeBodySchema, offerSeatSchema, proposeRuleSchema, seatSchema } from './schema.ts';

/** Acts on one body and its meetings wait for each other until the transaction ends. */
async function lockBody({ tx, actor }: Deed, bodyId: string): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${`${actor.networkId}/body/${bodyId}`}, 0))`.execute(tx);
}

/** The body for an act in it, locked, by someone who takes part in meetings. */
export async function findOwnBody(deed: Deed, bodyId: string): Promise<Outcome<Body>> {
	await lockBody(deed, bodyId);
	const body = await findBody(deed.tx, deed.actor, deed.now, bodyId);
	if (!body) return refuse('not_found');
	return mayTakePart(deed.actor.roles) ? ok(body) : refuse('not_allowed', { lift: { kind: 'role', role: 'administrator' } });
}

/** Whether the actor has a fixed seat, with the membership they act with. */
export const hasFixedSeat = ({ actor }: Deed, body: Body): boolean => body.seats.some((seat) => seat.membershipId === actor.membershipId);

/** Who sits there for another organisation they work for: they go on as that, and need nobody for it. */
export const refuseForOther = (): Outcome<never> => refuse('sits_for_other', { lift: { kind: 'role', role: 'yourself' } });

/** Only a fixed seat does this: one of them can lift it, or oneself who has one for another organisation. */
export function refuseNotFixed({ actor }: Deed, { seats, madeBy }: Body): Outcome<never> {
	if (seats.some((seat) => seat.personId === actor.personId)) return refuseForOther();
	return refuse('not_fixed_seat', { lift: { kind: 'person', personId: seats[0]?.personId ?? madeBy } });
}

async function addSeat(deed: Deed, bodyId: string, who: { personId: string; membershipId: string }): Promise<string> {
	const seatId = deed.id();
	const { networkId, personId } = deed.actor;
	await deed.tx
		.insertInto('bodySeat')
		.values({ networkId, seatId, bodyId, personId: who.personId, membershipId: who.membershipId, offeredBy: personId, at: deed.now })
		.execute();
	return seatId;
}

async function answerSeat(deed: Deed, seatId: string, bodyId: string, answer: 'accepted' | 'declined'): Promise<void> {
	const { networkId, personId } = deed.actor;
	await deed.tx.insertInto('bodySeatAnswer').values({ networkId, seatId, bodyId, answer, personId, at: deed.now }).execute();
}

async function addRule(deed: Deed, bodyId: string, rule: string): Promise<string> {
	const ruleId = deed.id();
	const { networkId, personId, membershipId } = deed.actor;
	await deed.tx.insertInto('bodyRule').values({ networkId, ruleId, bodyId, rule, personId, membershipId, at: deed.now }).execute();
	return ruleId;
}

/** Someone names who meet, of the network or of their own organisation, and how they decide. Nobody sits in it yet but, if they want, the maker. */
export const makeBody = command({
	act: 'body.make',
	schema: makeBodySchema,
	async run(deed, { name, kind, of, rule, withSeat }): Promise<Outcome<{ bodyId: string }>> {
		const bodyId = deed.id();
		deed.about('body', bodyId);
		const { networkId, personId, membershipId, organisationId, roles } = deed.actor;
		if (!mayMakeBody(roles, of)) return refuse('not_allowed', { lift: { kind: 'role', role: 'administrator' } });
		if (kind === 'case_table' && of !== 'network') return refuse('invalid', { fields: [{ path: ['of'], code: 'not_a_choice' }] });
		if (withSeat && !mayDecide(roles)) return refuse('invalid', { fields: [{ path: ['withSeat'], code: 'not_a_choice' }] });
		await deed.tx
			.insertInto('body')
			.values({
				...{ networkId, bodyId, organisationId: of === 'network' ? null : organisationId, kind, name: name.trim() },
				...{ personId, membershipId, at: deed.now }
			})
			.execute();
		await addRule(deed, bodyId, rule);
		if (withSeat) await answerSeat(deed, await addSeat(deed, bodyId, deed.actor), bodyId, 'accepted');
		return ok({ bodyId });
	}
});

/** A fixed seat, or the maker, offers a fixed seat to someone of the organisation, or of the network. Nobody is put in one. */
export const offerSeat = command({
	act: 'body.offer_seat',
	schema: offerSeatSchema,
	async run(deed, input): Promise<Outcome<{ seatId: string }>> {
		deed.about('body', input.bodyId);
		const found = await findOwnBody(deed, input.bodyId);
		if (!found.ok) return found;
		const body = found.value;
		if (!hasFixedSeat(deed, body) && body.madeBy !== deed.actor.personId) return refuseNotFixed(deed, body);
		const colleague = await findColleague(deed.tx, deed.actor, deed.now, input.membershipId);
		const fits = colleague && mayDecide(colleague.roles) && (body.organisationId ?? colleague.organisationId) === colleague.organisationId;
		if (!fits || body.seats.some((seat) => seat.personId === colleague.personId))
			return refuse('invalid', { fields: [{ path: ['membershipId'], code: 'not_a_choice' }] });
		if (body.offered.some((seat) => seat.personId === colleague.personId)) return refuse('already_invited');
		const seatId = await addSeat(deed, body.bodyId, colleague);
		if (colleague.personId !== deed.actor.personId)
			await deed.tell('mail.body_seat', { bodyId: body.bodyId, personId: colleague.personId });
		return ok({ seatId });
	}
});

/** The seat for an act of whom it was offered to; its body is locked. */
async function findOwnSeat(deed: Deed, seatId: string, state: 'waiting' | 'accepted'): Promise<Outcome<{ bodyId: string }>> {
	const seen = await findSeat(deed.tx, deed.actor, seatId);
	if (!seen) return refuse('not_found');
	deed.about('body', seen.bodyId);
	if (seen.membershipId !== deed.actor.membershipId)
		return refuse('not_invited', seen.personId === deed.actor.personId ? { lift: { kind: 'role', role: 'yourself' } } : {});
	await lockBody(deed, seen.bodyId);
	const seat = await findSeat(deed.tx, deed.actor, seatId);
	if (seat?.state !== state) return refuse(state === 'waiting' ? 'invitation_over' : 'wrong_state');
	return ok({ bodyId: seat.bodyId });
}

/** Who was offered a fixed seat takes it. */
export const acceptSeat = command({
	act: 'body.accept_seat',
	schema: seatSchema,
	async run(deed, { seatId }): Promise<Outcome<{ bodyId: string }>> {
		const seat = await findOwnSeat(deed, seatId, 'waiting');
		if (seat.ok) await answerSeat(deed, seatId, seat.value.bodyId, 'accepted');
		return seat;
	}
});

/** Who was offered a fixed seat says no; no reason is asked. */
export const declineSeat = command({
	act: 'body.decline_seat',
	schema: seatSchema,
	async run(deed, { seatId }): Promise<Outcome<{ bodyId: string }>> {
		const seat = await findOwnSeat(deed, seatId, 'waiting');
		if (seat.ok) await answerSeat(deed, seatId, seat.value.bodyId, 'declined');
		return seat;
	}
});

/** Someone leaves their fixed seat; nobody else ends it. */
export const leaveSeat = command({
	act: 'body.leave_seat',
	schema: seatSchema,
	async run(deed, { seatId }): Promise<Outcome<{ bodyId: string }>> {
		const seat = await findOwnSeat(deed, seatId, 'accepted');
		if (!seat.ok) return seat;
		const { networkId, personId } = deed.actor;
		await deed.tx.insertInto('bodySeatEnd').values({ networkId, seatId, bodyId: seat.value.bodyId, personId, at: deed.now }).execute();
		return seat;
	}
});

/** A fixed seat proposes another way to decide. Nothing changes until another fixed seat confirms it; a newer proposal takes its place. */
export const proposeRule = command({
	act: 'body.propose_rule',
	schema: proposeRuleSchema,
	async run(deed, input): Promise<Outcome<{ ruleId: string }>> {
		deed.about('body', input.bodyId);
		const found = await findOwnBody(deed, input.bodyId);
		if (!found.ok) return found;
		const body = found.value;
		if (!hasFixedSeat(deed, body)) return refuseNotFixed(deed, body);
		if (input.rule === body.rule) return refuse('invalid', { fields: [{ path: ['rule'], code: 'not_a_choice' }] });
		return ok({ ruleId: await addRule(deed, body.bodyId, input.rule) });
	}
});

/** Another fixed seat confirms it: from now on they decide so. */
export const confirmRule = command({
	act: 'body.confirm_rule',
	schema: confirmRuleSchema,
	async run(deed, { ruleId }): Promise<Outcome<{ bodyId: string }>> {
		const rule = await findRule(deed.tx, deed.actor, ruleId);
		if (!rule) return refuse('not_found');
		deed.about('body', rule.bodyId);
		const found = await findOwnBody(deed, rule.bodyId);
		if (!found.ok) return found;
		const body = found.value;
		if (!hasFixedSeat(deed, body)) return refuseNotFixed(deed, body);
		if (body.proposed?.ruleId !== ruleId) return refuse('wrong_state');
		const { networkId, personId, membershipId } = deed.actor;
		if (rule.personId === personId) return refuse('other_eyes');
		await deed.tx
			.insertInto('bodyRuleAnswer')
			.values({ networkId, ruleId, bodyId: body.bodyId, personId, membershipId, at: deed.now })
			.execute();
		return ok({ bodyId: body.bodyId });
	}
});
