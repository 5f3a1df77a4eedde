import type { Actor } from '#foundation/actor.ts';
import { readLogged } from '#foundation/command/reading.server.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Installation } from '#foundation/installation.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { listInvolved, listSteps } from '#rooms/agreements/escalation/read.server.ts';
import type { RungAsked } from '#rooms/agreements/escalation/read.server.ts';
import { listMore } from '#rooms/agreements/more/read.server.ts';
import type { More } from '#rooms/agreements/more/read.server.ts';
import { listAgreements } from '#rooms/agreements/read.server.ts';
import type { Agreement } from '#rooms/agreements/read.server.ts';
import { hasHolderLeft, listHandOvers } from '#rooms/cases/hand-over/read.server.ts';
import type { HandOver } from '#rooms/cases/hand-over/rules.ts';
import { findCase, findInvitation, listMyInvitations, listWords } from '#rooms/cases/read.server.ts';
import type { CaseFacts, CaseWords } from '#rooms/cases/read.server.ts';
import { decidesNothing, foldCase, isUnderWay, seatsAt } from '#rooms/cases/rules.ts';
import type { CaseOutcome, CaseState, Seat } from '#rooms/cases/rules.ts';
import { findSubjectKind } from '#rooms/cases/subjects/read.server.ts';
import type { Invitation } from '#rooms/cases/subjects/read.server.ts';
import type { SubjectKind } from '#rooms/cases/subjects/rules.ts';
import { findCause, findSkip } from '#rooms/causes/read.server.ts';
import type { NamedCause } from '#rooms/causes/read.server.ts';
import { offersNaming } from '#rooms/causes/rules.ts';
import type { Help } from '#rooms/causes/rules.ts';
import { listPaymentHappenings } from '#rooms/fund/payments/read.server.ts';
import type { PaymentHappening } from '#rooms/fund/payments/rules.ts';
import { listCaseRequests } from '#rooms/fund/requests/read.server.ts';
import type { Request } from '#rooms/fund/requests/read.server.ts';
import { listCaseQuestions } from '#rooms/knowledge/read.server.ts';
import type { Question } from '#rooms/knowledge/read.server.ts';
import { listNames, listPeople } from '#rooms/people/read.server.ts';
import { listHelps } from './rules.ts';
import { findValueMap } from '#rooms/returns/read.server.ts';
import type { RecordedValueMap } from '#rooms/returns/read.server.ts';
import { listFollowUps } from '#rooms/returns/follow-up/read.server.ts';
import type { FollowUp } from '#rooms/returns/follow-up/read.server.ts';

/** Everything that lies on the table of a case, for someone who sits there. */
export interface CaseTable {
	readonly facts: CaseFacts;
	readonly state: CaseState;
	readonly outcome: CaseOutcome | null;
	readonly words: CaseWords;
	readonly seats: readonly Seat[];
	readonly mySeat: Seat;
	readonly agreements: readonly Agreement[];
	/** What was said between the reader and another when one did more than agreed, by agreement. */
	readonly more: ReadonlyMap<string, More>;
	/** The steps on the ladder, in order of time. */
	readonly ladder: readonly RungAsked[];
	readonly questions: readonly Question[];
	readonly requests: readonly Request[];
	/** What was paid for them, and what was taken back. */
	readonly payments: readonly PaymentHappening[];
	readonly valueMap: RecordedValueMap | null;
	/** When it is looked at again, and what was found. */
	readonly followUps: readonly FollowUp[];
	readonly cause: NamedCause | null;
	/** After which help the reader is asked to name the cause; null: not now. */
	readonly causeOffer: Help | null;
	/** Offers to hold the case, oldest first. */
	readonly handOvers: readonly HandOver[];
	/** Whether the holder works for their organisation no more: then anyone at the table may take it over. */
	readonly holderLeft: boolean;
	/** By membership: who everyone in this case is. */
	readonly names: ReadonlyMap<string, { displayName: string; organisationName: string; functionTitle: string }>;
}

/**
 * Reads a case whole, and leaves a line in its log: that it was read, or copied for one's own file. Refused as `not_found` to whoever does not
 * sit at its table.
 */
export const getCaseTable = (
	installation: Installation,
	actor: Actor,
	caseId: string,
	act: 'case.read' | 'case.copy' = 'case.read',
	/** What is looked at first where it is no case that the actor sees; it may lead elsewhere by throwing, and then nothing is logged. */
	otherwise?: (tx: Tx) => Promise<void>
): Promise<Outcome<CaseTable>> =>
	readLogged(installation, actor, { act, kind: 'case', id: caseId, caseId }, async (tx, now) => {
		const facts = await findCase(tx, actor, caseId);
		if (!facts) await otherwise?.(tx);
		if (!facts) return null;
		const seats = seatsAt(facts.seats, now);
		const mySeat = seats.find((seat) => seat.personId === actor.personId);
		if (!mySeat) return null;
		// Asked together: PostgreSQL answers one after the other, and nothing waits for the way there and back.
		const [agreements, questions, requests, cause, words, valueMap, followUps, handOvers, holderLeft, ladder, more] = await Promise.all([
			listAgreements(tx, actor, caseId),
			listCaseQuestions(tx, actor, caseId),
			listCaseRequests(tx, actor, caseId),
			findCause(tx, actor, caseId),
			listWords(tx, installation.keyring, actor, caseId),
			findValueMap(tx, actor, caseId),
			listFollowUps(tx, actor, now, caseId),
			listHandOvers(tx, actor, caseId),
			hasHolderLeft(tx, caseId),
			listSteps(tx, actor, caseId),
			listMore(tx, installation.keyring, actor, caseId)
		]);
		const payments = await listPaymentHappenings(
			tx,
			actor,
			requests.map((request) => request.requestId)
		);
		const names = await listNames(tx, actor, [
			...requests.flatMap((request) => [request.membershipId, ...(request.more ? [request.more.membershipId] : [])]),
			...payments.map((payment) => payment.membershipId),
			...listInvolved(ladder),
			...facts.seats.map((seat) => seat.membershipId),
			...facts.events.map((event) => event.membershipId),
			...facts.invitations.map((invitation) => invitation.membershipId),
			...agreements.flatMap((agreement) => [
				...agreement.asks.map((ask) => ask.membershipId),
				...(agreement.decision ? [agreement.decision.membershipId] : [])
			]),
			...questions.flatMap((question) => [question.membershipId, ...question.asks.map((ask) => ask.membershipId)])
		]);
		const { state, outcome } = foldCase(facts.events, agreements.length);
		return {
			facts,
			state,
			outcome,
			words,
			seats,
			mySeat,
			agreements,
			more,
			ladder,
			questions,
			requests,
			payments,
			valueMap,
			followUps,
			cause,
			causeOffer:
				isUnderWay(state) && !decidesNothing(actor.roles)
					? offersNaming(listHelps({ agreements, requests, payments, questions }), cause, await findSkip(tx, actor, caseId))
					: null,
			handOvers,
			holderLeft,
			names
		};
	});

export interface CaseLogLine {
	readonly lineId: string;
	readonly at: Date;
	readonly act: string;
	readonly result: 'done' | 'refused' | 'seen' | 'refused_reading';
	readonly origin: string;
	readonly membershipId: string | null;
}

/** Who did and saw what in a case, newest first ("wie heeft dit gezien"). Looking here is itself logged. */
export const getCaseLog = (
	installation: Installation,
	actor: Actor,
	caseId: string
): Promise<Outcome<{ pseudonym: string; lines: readonly CaseLogLine[]; names: CaseTable['names'] }>> =>
	readLogged(installation, actor, { act: 'case.read_log', kind: 'case', id: caseId, caseId }, async (tx) => {
		const facts = await findCase(tx, actor, caseId);
		if (!facts) return null;
		const lines = await tx
			.selectFrom('logLine')
			.select(['lineId', 'at', 'act', 'result', 'origin', 'membershipId'])
			.where('networkId', '=', actor.networkId)
			.where('caseId', '=', caseId)
			.orderBy('at', 'desc')
			.orderBy('lineId', 'desc')
			.limit(200)
			.execute();
		const names = await listNames(
			tx,
			actor,
			lines.flatMap((line) => (line.membershipId === null ? [] : [line.membershipId]))
		);
		return { pseudonym: facts.pseudonym, lines: lines as CaseLogLine[], names };
	});

export interface InvitationPage {
	readonly invitation: Invitation;
	readonly inviter: { readonly displayName: string; readonly organisationName: string };
	readonly message: string | null;
	/** False when it was made to another membership of the same person. */
	readonly asAsked: boolean;
	/** What kind of table it is to. */
	readonly table: SubjectKind;
}

/** An invitation for who was invited: who asks, and why. Nothing of the case. */
export const getMyInvitation = (installation: Installation, actor: Actor, invitationId: string): Promise<Outcome<InvitationPage>> =>
	readLogged(installation, actor, { act: 'case.read', kind: 'invitation', id: invitationId }, async (tx) => {
		const invitation = await findInvitation(tx, actor, invitationId);
		if (!invitation || invitation.personId !== actor.personId) return null;
		const inviter = (await listPeople(tx, actor, [invitation.invitedBy])).get(invitation.invitedBy);
		if (!inviter) throw new Error('Who invited stands in the network.');
		const waiting = await listMyInvitations(tx, installation.keyring, actor);
		const message = waiting.find((entry) => entry.invitationId === invitationId)?.message ?? null;
		const table = (await findSubjectKind(tx, actor, invitation.caseId)) ?? 'case';
		return { invitation, inviter, message, table, asAsked: invitation.membershipId === actor.membershipId };
	});
