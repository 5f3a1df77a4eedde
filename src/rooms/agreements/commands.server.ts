import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findDoubts } from '#foundation/text/doubts.ts';
import { dayAt } from '#foundation/time/days.ts';
import { findStanding } from '#rooms/cases/read.server.ts';
import type { Standing } from '#rooms/cases/read.server.ts';
import { isUnderWay } from '#rooms/cases/rules.ts';
import { findAgreement } from './read.server.ts';
import type { Agreement } from './read.server.ts';
import { mayReport } from './rules.ts';
import { answerSchema, makeAgreementSchema, reportSchema } from './schema.ts';

/** "Ik doe" (C1): someone at the table promises to do something for another at the table. It binds the speaker at once, and no one else. */
export const makeAgreement = command({
	act: 'agreement.make',
	schema: makeAgreementSchema,
	async run(deed, input): Promise<Outcome<{ agreementId: string }>> {
		deed.about('case', input.caseId, input.caseId);
		const standing = await findStanding(deed.tx, deed.actor, deed.now, input.caseId);
		if (!standing) return refuse('not_found');
		if (!isUnderWay(standing.state)) return refuse('wrong_state', { lift: { kind: 'person', personId: standing.holder.personId } });
		if (input.receiverId === deed.actor.personId || !standing.seats.some((seat) => seat.personId === input.receiverId))
			return refuse('receiver_not_at_table', {
				fields: [{ path: ['receiverId'], code: 'not_a_choice' }],
				lift: { kind: 'person', personId: standing.holder.personId }
			});
		if (input.dueOn < dayAt(deed.now)) return refuse('invalid', { fields: [{ path: ['dueOn'], code: 'date_in_past' }] });
		const doubts = findDoubts({ what: input.what, proof: input.proof });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });

		const agreementId = deed.id();
		deed.about('agreement', agreementId, input.caseId);
		const { networkId, personId, membershipId, organisationId } = deed.actor;
		await deed.tx
			.insertInto('agreement')
			.values({
				...{ networkId, agreementId, caseId: input.caseId, kind: 'i_do', personId, membershipId, organisationId },
				...{ receiverId: input.receiverId, dueOn: input.dueOn, at: deed.now }
			})
			.execute();
		await deed.write({ caseId: input.caseId, aboutId: agreementId, part: 'agreement', text: input.what });
		if (input.proof) await deed.write({ caseId: input.caseId, aboutId: agreementId, part: 'proof', text: input.proof });
		await deed.tell('mail.agreement_made', { caseId: input.caseId, personId: input.receiverId });
		return ok({ agreementId });
	}
});

/** What both sides of an agreement ask first. The case is locked before the agreement is read to decide on. */
async function findForAct(deed: Deed, agreementId: string): Promise<Outcome<{ agreement: Agreement; standing: Standing }>> {
	deed.about('agreement', agreementId);
	const seen = await findAgreement(deed.tx, deed.actor, agreementId);
	if (!seen) return refuse('not_found');
	deed.about('agreement', agreementId, seen.caseId);
	const standing = await findStanding(deed.tx, deed.actor, deed.now, seen.caseId);
	const agreement = await findAgreement(deed.tx, deed.actor, agreementId);
	if (!standing || !agreement) return refuse('not_found');
	return ok({ agreement, standing });
}

/** The promiser says how it went: kept, late, changed or impossible (C4). */
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
		if (!mayReport(agreement.state)) return refuse('already_reported', { lift: { kind: 'person', personId: agreement.receiverId } });
		const doubts = findDoubts({ words: input.words });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });

		const reportId = deed.id();
		deed.about('report', reportId, agreement.caseId);
		const { networkId, personId } = deed.actor;
		await deed.tx
			.insertInto('agreementReport')
			.values({
				networkId,
				reportId,
				agreementId: agreement.agreementId,
				caseId: agreement.caseId,
				outcome: input.outcome,
				personId,
				at: deed.now
			})
			.execute();
		if (input.words) await deed.write({ caseId: agreement.caseId, aboutId: reportId, part: 'report', text: input.words });
		await deed.tell('mail.agreement_reported', { caseId: agreement.caseId, personId: agreement.receiverId });
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
