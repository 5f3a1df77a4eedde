import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findDoubts } from '#foundation/text/doubts.ts';
import { makePseudonym } from '#foundation/text/pseudonym.ts';
import { findColleague } from '#rooms/people/read.server.ts';
import { sql } from 'kysely';
import { findInvitation, findStanding, getInvitation, lockCase } from './read.server.ts';
import { isUnderWay } from './rules.ts';
import { openSubject, takeSeat } from './subjects/commands.server.ts';
import { openTables, subjectKinds } from './subjects/rules.ts';
import { caseSchema, invitationSchema, inviteSchema, openCaseSchema } from './schema.ts';

/** Brings in a case (A1-A4): facts, sealed words, and the first seat, for who brings it in. */
export const openCase = command({
	act: 'case.open',
	schema: openCaseSchema,
	async run(deed, input): Promise<Outcome<{ caseId: string; pseudonym: string }>> {
		if (!deed.actor.roles.includes('professional')) return refuse('not_allowed', { lift: { kind: 'role', role: 'administrator' } });
		const { acknowledged, residentKnows, ...texts } = input;
		const doubts = findDoubts(texts);
		if (doubts.length > 0 && !acknowledged) return refuse('needs_acknowledgement', { fields: doubts });

		const caseId = deed.id();
		deed.about('case', caseId, caseId);
		const pseudonym = await choosePseudonym(deed);
		const who = { networkId: deed.actor.networkId, caseId, personId: deed.actor.personId, membershipId: deed.actor.membershipId };
		await openSubject(deed, caseId, 'case');
		await deed.tx
			.insertInto('caseRecord')
			.values({ ...who, pseudonym, residentKnows: residentKnows === 'yes', openedAt: deed.now, organisationId: deed.actor.organisationId })
			.execute();
		await deed.tx
			.insertInto('caseEvent')
			.values({ ...who, eventId: deed.id(), kind: 'opened', at: deed.now })
			.execute();
		const parts = [
			['stuck', texts.stuck],
			['goal', texts.goal],
			['first_need', texts.firstNeed],
			['own_organisation', texts.ownOrganisation],
			['looming', texts.looming],
			['not_yet_because', residentKnows === 'not_yet' ? texts.notYetBecause : undefined]
		] as const;
		for (const [part, text] of parts) if (text !== undefined && text !== '') await deed.write({ caseId, aboutId: caseId, part, text });
		return ok({ caseId, pseudonym });
	}
});

/** A name one can say, that no other case in the network has. Who draws the same at the same moment waits here, and draws another. */
async function choosePseudonym(deed: Deed): Promise<string> {
	const taken = new Set<string>();
	for (;;) {
		const wanted = makePseudonym((size) => deed.random(size), taken);
		await sql`select pg_advisory_xact_lock(hashtextextended(${`${deed.actor.networkId}/pseudonym/${wanted}`}, 0))`.execute(deed.tx);
		const { rows } = await sql<{ taken: boolean }>`select app.pseudonym_taken(${wanted}) as taken`.execute(deed.tx);
		if (rows[0]?.taken === false) return wanted;
		taken.add(wanted);
	}
}

/** The holder asks a colleague of any organisation to the table. The colleague sees nothing of the case until they accept. */
export const inviteToTable = command({
	act: 'seat.invite',
	schema: inviteSchema,
	async run(deed, input): Promise<Outcome<{ invitationId: string }>> {
		deed.about('case', input.caseId, input.caseId);
		const standing = await findStanding(deed.tx, deed.actor, deed.now, input.caseId, openTables);
		if (!standing) return refuse('not_found');
		if (!standing.mySeat.holder) return refuse('not_holder', { lift: { kind: 'person', personId: standing.holder.personId } });
		if (!isUnderWay(standing.state)) return refuse('wrong_state', { lift: { kind: 'role', role: 'holder' } });
		const colleague = await findColleague(deed.tx, deed.actor, deed.now, input.membershipId);
		if (!colleague) return refuse('invalid', { fields: [{ path: ['membershipId'], code: 'not_a_choice' }] });
		if (standing.seats.some((seat) => seat.personId === colleague.personId)) return refuse('already_at_table');
		if (standing.waiting.some((invitation) => invitation.personId === colleague.personId)) return refuse('already_invited');
		const doubts = findDoubts({ message: input.message });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });

		const invitationId = await writeInvitation(deed, input.caseId, colleague, input.message);
		return ok({ invitationId });
	}
});

/** Writes an invitation to a table with the words of who asks, and tells who is asked. */
export async function writeInvitation(
	deed: Deed,
	caseId: string,
	{ personId, membershipId }: { readonly personId: string; readonly membershipId: string },
	message: string
): Promise<string> {
	const invitationId = deed.id();
	deed.about('invitation', invitationId, caseId);
	await deed.tx
		.insertInto('seatInvitation')
		.values({ networkId: deed.actor.networkId, invitationId, caseId, personId, membershipId, invitedBy: deed.actor.personId, at: deed.now })
		.execute();
	await deed.write({ caseId, aboutId: invitationId, part: 'invitation', text: message });
	await deed.tell('mail.seat_invitation', { invitationId, personId });
	return invitationId;
}

const answerInvitation = async (
	deed: Deed,
	invitationId: string,
	answer: 'accepted' | 'declined' | 'withdrawn'
): Promise<Outcome<{ caseId: string }>> => {
	deed.about('invitation', invitationId);
	const seen = await findInvitation(deed.tx, deed.actor, invitationId);
	if (!seen) return refuse('not_found');
	await lockCase(deed.tx, deed.actor, seen.caseId);
	const invitation = await getInvitation(deed.tx, deed.actor, invitationId);
	const mine = invitation.personId === deed.actor.personId;
	deed.about('invitation', invitationId, invitation.caseId);
	if (answer === 'withdrawn') {
		const standing = await findStanding(deed.tx, deed.actor, deed.now, invitation.caseId, subjectKinds);
		if (!standing) return refuse('not_allowed');
		if (!standing.mySeat.holder) return refuse('not_holder', { lift: { kind: 'person', personId: standing.holder.personId } });
	} else if (!mine) return refuse('not_invited');
	if (invitation.state !== 'waiting') return refuse('invitation_over');
	if (mine && invitation.membershipId !== deed.actor.membershipId)
		return refuse('not_invited', { lift: { kind: 'role', role: 'yourself' } });
	// An earlier invitation may have brought them to the table already.
	if (answer === 'accepted' && (await findStanding(deed.tx, deed.actor, deed.now, invitation.caseId, subjectKinds)))
		return refuse('already_at_table');
	await deed.tx
		.insertInto('seatAnswer')
		.values({
			networkId: deed.actor.networkId,
			invitationId,
			caseId: invitation.caseId,
			answer,
			personId: deed.actor.personId,
			at: deed.now
		})
		.execute();
	if (answer === 'accepted') await takeSeat(deed, invitation.caseId, false, invitation.invitedBy);
	if (answer !== 'withdrawn') await deed.tell('mail.invitation_answered', { caseId: invitation.caseId, personId: invitation.invitedBy });
	return ok({ caseId: invitation.caseId });
};

/** The invited takes the seat: from now on the case is theirs to see and to work on. */
export const acceptInvitation = command({
	act: 'seat.accept',
	schema: invitationSchema,
	run: (deed, input) => answerInvitation(deed, input.invitationId, 'accepted')
});

/** The invited says no; no reason is asked. */
export const declineInvitation = command({
	act: 'seat.decline',
	schema: invitationSchema,
	run: (deed, input) => answerInvitation(deed, input.invitationId, 'declined')
});

/** The holder takes an invitation back that was not answered yet. */
export const withdrawInvitation = command({
	act: 'seat.withdraw',
	schema: invitationSchema,
	run: (deed, input) => answerInvitation(deed, input.invitationId, 'withdrawn')
});

/** Someone leaves the table; the case is 404 to them from then on. The holder stays until someone else holds the case. */
export const leaveTable = command({
	act: 'seat.leave',
	schema: caseSchema,
	async run(deed, input): Promise<Outcome<null>> {
		deed.about('case', input.caseId, input.caseId);
		const standing = await findStanding(deed.tx, deed.actor, deed.now, input.caseId, openTables);
		if (!standing) return refuse('not_found');
		if (standing.mySeat.holder) return refuse('holder_cannot_leave');
		if (!isUnderWay(standing.state)) return refuse('wrong_state', { lift: { kind: 'person', personId: standing.holder.personId } });
		await deed.tx
			.updateTable('caseSeat')
			.set({ validUntil: deed.now })
			.where('networkId', '=', deed.actor.networkId)
			.where('caseId', '=', input.caseId)
			.where('personId', '=', deed.actor.personId)
			.where('validUntil', 'is', null)
			.execute();
		return ok(null);
	}
});

/** The holder opens a closed case again. */
export const reopenCase = command({
	act: 'case.reopen',
	schema: caseSchema,
	async run(deed, input): Promise<Outcome<null>> {
		deed.about('case', input.caseId, input.caseId);
		const standing = await findStanding(deed.tx, deed.actor, deed.now, input.caseId);
		if (!standing) return refuse('not_found');
		if (!standing.mySeat.holder) return refuse('not_holder', { lift: { kind: 'person', personId: standing.holder.personId } });
		if (standing.state !== 'closed') return refuse('wrong_state');
		await recordCaseEvent(deed, input.caseId, 'reopened');
		return ok(null);
	}
});

/** Adds a fact to a case; what may be added is decided by the act that calls it. */
export async function recordCaseEvent(
	deed: Deed,
	caseId: string,
	kind: 'closed' | 'reopened',
	outcome: 'helped_without_money' | 'helped' | 'referred' | 'withdrawn' | 'lost_from_sight' | null = null
): Promise<void> {
	const { networkId, personId, membershipId } = deed.actor;
	await deed.tx
		.insertInto('caseEvent')
		.values({ networkId, caseId, eventId: deed.id(), kind, outcome, at: deed.now, personId, membershipId })
		.execute();
}
