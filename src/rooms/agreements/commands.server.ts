import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { FieldError, Outcome } from '#foundation/outcome.ts';
import { findDoubts } from '#foundation/text/doubts.ts';
import { dayAt } from '#foundation/time/days.ts';
import { findStanding } from '#rooms/cases/read.server.ts';
import type { Standing } from '#rooms/cases/read.server.ts';
import { isUnderWay } from '#rooms/cases/rules.ts';
import { subjectKinds } from '#rooms/cases/subjects/rules.ts';
import { findCovering, findFormal, useMandate } from '#rooms/people/mandates/read.server.ts';
import type { Mandate } from '#rooms/people/mandates/rules.ts';
import { findColleague } from '#rooms/people/read.server.ts';
import type { z } from 'zod';
import { recordAcceptance } from './acceptances/commands.server.ts';
import { findAgreement, liftDeciders, liftFormal } from './read.server.ts';
import type { Agreement } from './read.server.ts';
import { bindsOrganisation, mayReport, outcomesOf } from './rules.ts';
import type { AgreementKind } from './rules.ts';
import { answerSchema, makeAgreementSchema, reportSchema } from './schema.ts';

export type NewAgreement = z.output<typeof makeAgreementSchema>;

/**
 * An agreement (C1): someone at the table promises to do something for another at the table. "Ik doe" binds the speaker and no one else; on
 * behalf binds the speaker's organisation, inside its room and, with an amount, inside the speaker's mandate; "besluit volgt" announces a
 * formal decision and binds no one, within the mandate of who takes it where their organisation said who that is. A time-out binds the speaker's
 * organisation to leave something undone until a day.
 */
export const makeAgreement = command({
	act: 'agreement.make',
	schema: makeAgreementSchema,
	async run(deed, input): Promise<Outcome<{ agreementId: string }>> {
		const may = await mayMake(deed, input);
		if (!may.ok) return may;
		const agreementId = deed.id();
		const { amount: cents, caseId } = input;
		const mandate =
			cents === undefined
				? null
				: await findCovering(deed.tx, deed.actor, deed.now, { membershipId: deed.actor.membershipId, cents, caseId, agreementId: null });
		if (cents !== undefined && !mandate)
			return refuse('above_mandate', { lift: await liftDeciders(deed, { cents, caseId, agreementId: null }) });
		const formal = input.kind === 'decision_follows' ? await findFormal(deed.tx, deed.actor, deed.now) : null;
		if (formal?.settled && !formal.own) return refuse('not_formal_decider', { lift: liftFormal(formal) });
		await writeAgreement(deed, agreementId, input);
		if (formal?.own) await writeDecision(deed, { caseId, agreementId }, formal.own);
		if (cents !== undefined && mandate)
			await useMandate(deed.tx, deed.actor, deed.now, { mandateId: mandate.mandateId, versionId: agreementId, agreementId, cents });
		await deed.tell('mail.agreement_made', { caseId, personId: input.receiverId });
		return ok({ agreementId });
	}
});

/** Writes within whose mandate an announced decision falls: of the actor's own. */
export async function writeDecision(
	deed: Deed,
	of: { readonly caseId: string; readonly agreementId: string },
	{ mandateId, validUntil }: Pick<Mandate, 'mandateId' | 'validUntil'>
): Promise<void> {
	const { networkId, personId, membershipId } = deed.actor;
	await deed.tx
		.insertInto('decisionMandate')
		.values({ networkId, ...of, mandateId, personId, membershipId, validUntil, at: deed.now })
		.execute();
}

/** What every new agreement asks first, whoever decides on its amount. */
export async function mayMake(deed: Deed, input: NewAgreement): Promise<Outcome<Standing>> {
	deed.about('case', input.caseId, input.caseId);
	const standing = await findStanding(deed.tx, deed.actor, deed.now, input.caseId, subjectKinds);
	if (!standing) return refuse('not_found');
	const lift = { kind: 'person', personId: standing.holder.personId } as const;
	if (!isUnderWay(standing.state)) return refuse('wrong_state', { lift });
	// Who works there no longer, or whose organisation left, keeps a seat in the story of the case; nobody promises them anything.
	const receiver = standing.seats.find((seat) => seat.personId === input.receiverId);
	if (input.receiverId === deed.actor.personId || !receiver || !(await findColleague(deed.tx, deed.actor, deed.now, receiver.membershipId)))
		return refuse('receiver_not_at_table', { fields: [{ path: ['receiverId'], code: 'not_a_choice' }], lift });
	const may = mayWord(deed, input.kind, input);
	return may.ok ? ok(standing) : may;
}

/** What the wording of any version asks: a day to come, an amount only on behalf of an organisation, its room declared, nothing that names someone. */
export function mayWord(deed: Deed, kind: AgreementKind, input: Omit<NewAgreement, 'caseId' | 'kind' | 'receiverId'>): Outcome<null> {
	const fields: FieldError[] = [];
	if (input.dueOn < dayAt(deed.now)) fields.push({ path: ['dueOn'], code: 'date_in_past' });
	if (input.amount !== undefined && kind !== 'on_behalf') fields.push({ path: ['amount'], code: 'only_on_behalf' });
	// Of a time-out the second sentence says what happens meanwhile: a pause in which nothing does only loses time.
	if (kind === 'time_out' && (input.proof ?? '').trim() === '') fields.push({ path: ['proof'], code: 'required' });
	if (fields.length > 0) return refuse('invalid', { fields });
	if (bindsOrganisation(kind) && !input.insideRoom)
		return refuse('room_not_declared', { fields: [{ path: ['insideRoom'], code: 'required' }] });
	const doubts = findDoubts({ what: input.what, proof: input.proof });
	return doubts.length > 0 && !input.acknowledged ? refuse('needs_acknowledgement', { fields: doubts }) : ok(null);
}

/** Writes a new agreement with its first version, which the speaker accepts by making it. */
export async function writeAgreement(deed: Deed, agreementId: string, input: NewAgreement): Promise<void> {
	const { networkId, personId, membershipId, organisationId } = deed.actor;
	const { caseId, kind, receiverId, dueOn } = input;
	await deed.tx
		.insertInto('agreement')
		.values({ networkId, agreementId, caseId, kind, personId, membershipId, organisationId, receiverId, dueOn, at: deed.now })
		.execute();
	await writeVersion(deed, { caseId, agreementId, kind, promiserId: personId, organisationId, receiverId }, agreementId, 1, input);
}

/** Writes one version of an agreement with its words; who offers it accepts it by that. */
export async function writeVersion(
	deed: Deed,
	of: { caseId: string; agreementId: string; kind: AgreementKind; promiserId: string; organisationId: string; receiverId: string },
	versionId: string,
	number: number,
	input: Pick<NewAgreement, 'dueOn' | 'amount' | 'what' | 'proof'>
): Promise<void> {
	const { networkId, personId } = deed.actor;
	const { caseId, agreementId } = of;
	const version = { versionId, number, dueOn: input.dueOn, amountCents: input.amount ?? null, offeredBy: personId };
	await deed.tx
		.insertInto('agreementVersion')
		.values({ networkId, caseId, agreementId, ...version, at: deed.now })
		.execute();
	await deed.write({ caseId, aboutId: versionId, part: 'agreement', text: input.what });
	if (input.proof) await deed.write({ caseId, aboutId: versionId, part: 'proof', text: input.proof });
	await recordAcceptance(deed, { ...of, ...version, versionAt: deed.now }, 'accepted');
}

/** What every act on an agreement asks first. The case is locked before the agreement is read to decide on. */
export async function findForAct(deed: Deed, agreementId: string): Promise<Outcome<{ agreement: Agreement; standing: Standing }>> {
	deed.about('agreement', agreementId);
	const seen = await findAgreement(deed.tx, deed.actor, agreementId);
	if (!seen) return refuse('not_found');
	deed.about('agreement', agreementId, seen.caseId);
	const standing = await findStanding(deed.tx, deed.actor, deed.now, seen.caseId, subjectKinds);
	const agreement = await findAgreement(deed.tx, deed.actor, agreementId);
	if (!standing || !agreement) return refuse('not_found');
	return ok({ agreement, standing });
}

/** The promiser says how it went: kept, late, changed or impossible (C4); of an announced decision: taken, or otherwise. */
export const reportAgreement = command({
	act: 'agreement.report',
	schema: reportSchema,
	async run(deed, input): Promise<Outcome<{ reportId: string }>> {
		const found = await findForAct(deed, input.agreementId);
		if (!found.ok) return found;
		const { agreement, standing } = found.value;
		if (agreement.personId !== deed.actor.personId)
			return refuse('not_promiser', { lift: { kind: 'person', personId: agreement.personId } });
		if (!isUnderWay(standing.state)) return refuse('wrong_state', { lift: { kind: 'person', personId: standing.holder.personId } });
		if (agreement.state === 'left') return refuse('wrong_state');
		if (agreement.state === 'asked' || agreement.state === 'refused')
			return refuse('wrong_state', { lift: { kind: 'person', personId: agreement.asks.at(-1)?.deciderId ?? agreement.personId } });
		if (!mayReport(agreement.state)) return refuse('already_reported', { lift: { kind: 'person', personId: agreement.receiverId } });
		if (!outcomesOf(agreement.kind).includes(input.outcome))
			return refuse('invalid', { fields: [{ path: ['outcome'], code: 'not_a_choice' }] });
		const doubts = findDoubts({ words: input.words });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });

		const reportId = deed.id();
		deed.about('report', reportId, agreement.caseId);
		const { networkId, personId } = deed.actor;
		const { agreementId, caseId } = agreement;
		await deed.tx
			.insertInto('agreementReport')
			.values({ networkId, reportId, agreementId, caseId, outcome: input.outcome, personId, at: deed.now })
			.execute();
		if (input.words) await deed.write({ caseId, aboutId: reportId, part: 'report', text: input.words });
		await deed.tell('mail.agreement_reported', { caseId, personId: agreement.receiverId });
		return ok({ reportId });
	}
});

/** The receiver confirms or disputes what was reported (C4). Confirmed as kept, the agreement is a board of the gangplank. */
export const answerReport = command({
	act: 'agreement.answer',
	schema: answerSchema,
	async run(deed, input): Promise<Outcome<null>> {
		const found = await findForAct(deed, input.agreementId);
		if (!found.ok) return found;
		const { agreement, standing } = found.value;
		if (agreement.receiverId !== deed.actor.personId)
			return refuse('not_receiver', { lift: { kind: 'person', personId: agreement.receiverId } });
		if (!isUnderWay(standing.state)) return refuse('wrong_state', { lift: { kind: 'person', personId: standing.holder.personId } });
		const report = agreement.reports.at(-1);
		if (agreement.state === 'left') return refuse('wrong_state');
		if (agreement.state !== 'reported' || !report)
			return refuse('already_answered', { lift: { kind: 'person', personId: agreement.personId } });
		deed.about('report', report.reportId, agreement.caseId);
		const { networkId, personId } = deed.actor;
		await deed.tx
			.insertInto('agreementAnswer')
			.values({
				...{ networkId, reportId: report.reportId, agreementId: agreement.agreementId, caseId: agreement.caseId },
				...{ answer: input.answer, personId, at: deed.now }
			})
			.execute();
		await deed.tell('mail.agreement_answered', { caseId: agreement.caseId, personId: agreement.personId });
		return ok(null);
	}
});
