import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { lockCase } from '#rooms/cases/read.server.ts';
import { findCovering, findFormal, useMandate } from '#rooms/people/mandates/read.server.ts';
import type { Mandate } from '#rooms/people/mandates/rules.ts';
import { recordAcceptance } from '../acceptances/commands.server.ts';
import { findForAct, mayMake, writeAgreement, writeDecision } from '../commands.server.ts';
import { liftDeciders, liftFormal } from '../read.server.ts';
import { askStands, listAsked } from './read.server.ts';
import type { AskedVersion } from './read.server.ts';
import { askDeciderSchema, askSchema } from './schema.ts';

/** Above one's own mandate: the agreement is written down and offered to a colleague whose mandate covers it (C3). It binds once they accept. */
export const askDecider = command({
	act: 'agreement.ask_decider',
	schema: askDeciderSchema,
	async run(deed, input): Promise<Outcome<{ agreementId: string; askId: string }>> {
		const may = await mayMake(deed, input);
		if (!may.ok) return may;
		const formal = input.kind === 'decision_follows';
		if (!formal && (input.kind !== 'on_behalf' || input.amount === undefined))
			return refuse('invalid', { fields: [{ path: ['amount'], code: input.kind === 'on_behalf' ? 'required' : 'only_on_behalf' }] });
		const lift =
			input.amount === undefined
				? liftFormal(await findFormal(deed.tx, deed.actor, deed.now))
				: await liftDeciders(deed, { cents: input.amount, caseId: input.caseId, agreementId: null });
		const decider = lift.kind === 'deciders' && lift.deciders.find((entry) => entry.membershipId === input.deciderMembershipId);
		if (!decider) return refuse(formal ? 'not_formal_decider' : 'above_mandate', { lift });
		const agreementId = deed.id();
		const { networkId, personId, organisationId } = deed.actor;
		await writeAgreement(deed, agreementId, input);
		const askId = deed.id();
		await deed.tx
			.insertInto('agreementAsk')
			.values({
				...{ networkId, askId, versionId: agreementId, askedBy: personId, deciderId: decider.personId },
				...{ membershipId: decider.membershipId, organisationId, at: deed.now }
			})
			.execute();
		await deed.tell('mail.agreement_asked', { askId, personId: decider.personId });
		return ok({ agreementId, askId });
	}
});

const writeAnswer = async (deed: Deed, askId: string, answer: 'accepted' | 'declined' | 'withdrawn'): Promise<void> => {
	const { networkId, personId } = deed.actor;
	await deed.tx.insertInto('agreementAskAnswer').values({ networkId, askId, answer, personId, at: deed.now }).execute();
};

/** What both answers of a decider ask first; the case is locked, so that an ask is answered once. */
async function findAsked(deed: Deed, askId: string): Promise<Outcome<AskedVersion>> {
	deed.about('agreement_ask', askId);
	const [seen] = await listAsked(deed.tx, { askId });
	if (!seen) return refuse('not_found');
	deed.about('agreement_ask', askId, seen.caseId);
	await lockCase(deed.tx, deed.actor, seen.caseId);
	const [ask] = await listAsked(deed.tx, { askId });
	if (!ask) return refuse('not_found');
	if (ask.answer !== null) return refuse('ask_over', { lift: { kind: 'person', personId: ask.personId } });
	if (ask.caseClosed) return refuse('wrong_state', { lift: { kind: 'person', personId: ask.personId } });
	// Another change came meanwhile, or it was done: what was asked stands no more.
	if (!(await askStands(deed.tx, askId))) return refuse('ask_over', { lift: { kind: 'person', personId: ask.personId } });
	return ok(ask);
}

/** The mandate by which who was asked may say yes: for the amount, or, of an announced decision, for formal decisions. */
async function findMandate(deed: Deed, ask: AskedVersion): Promise<Outcome<{ mandate: Mandate; cents: number | null }>> {
	const { membershipId } = deed.actor;
	const { caseId, agreementId, amountCents: cents } = ask;
	if (cents === null) {
		if (ask.kind !== 'decision_follows') throw new Error('Only an amount or a formal decision is asked about.');
		const formal = await findFormal(deed.tx, deed.actor, deed.now);
		return formal.own ? ok({ mandate: formal.own, cents }) : refuse('not_formal_decider', { lift: liftFormal(formal) });
	}
	const mandate = await findCovering(deed.tx, deed.actor, deed.now, { membershipId, cents, caseId, agreementId });
	if (!mandate) return refuse('above_mandate', { lift: await liftDeciders(deed, { cents, caseId, agreementId }) });
	return ok({ mandate, cents });
}

/** Who was asked decides yes: it binds their organisation from now on, and counts on their mandate. */
export const acceptAsk = command({
	act: 'agreement.accept_ask',
	schema: askSchema,
	async run(deed, input): Promise<Outcome<null>> {
		const found = await findAsked(deed, input.askId);
		if (!found.ok) return found;
		const ask = found.value;
		const { caseId, agreementId, versionId, amountCents } = ask;
		const counted = await findMandate(deed, ask);
		if (!counted.ok) return counted;
		const { mandate, cents } = counted.value;
		const { organisationId } = deed.actor;
		const { kind, number, dueOn, offeredBy, versionAt, receiverId } = ask;
		const count = () =>
			cents === null
				? writeDecision(deed, { caseId, agreementId }, mandate)
				: useMandate(deed.tx, deed.actor, deed.now, { mandateId: mandate.mandateId, versionId, agreementId, cents });
		// Of a change the other party has the word: the decision itself is the answer to the ask.
		if (number > 1) {
			await count();
			await writeAnswer(deed, input.askId, 'accepted');
			await deed.tell('mail.ask_answered', { caseId, personId: ask.personId });
			if (offeredBy === ask.personId) await deed.tell('mail.agreement_changed', { caseId, personId: receiverId });
			return ok(null);
		}
		await recordAcceptance(
			deed,
			{
				caseId,
				agreementId,
				kind,
				promiserId: ask.personId,
				organisationId,
				receiverId,
				versionId,
				number,
				dueOn,
				amountCents,
				offeredBy,
				versionAt
			},
			'accepted'
		);
		await count();
		await writeAnswer(deed, input.askId, 'accepted');
		await deed.tell('mail.ask_answered', { caseId, personId: ask.personId });
		await deed.tell('mail.agreement_made', { caseId, personId: receiverId });
		return ok(null);
	}
});

/** Who was asked decides no: it never bound. */
export const declineAsk = command({
	act: 'agreement.decline_ask',
	schema: askSchema,
	async run(deed, input): Promise<Outcome<null>> {
		const found = await findAsked(deed, input.askId);
		if (!found.ok) return found;
		await writeAnswer(deed, input.askId, 'declined');
		await deed.tell('mail.ask_answered', { caseId: found.value.caseId, personId: found.value.personId });
		return ok(null);
	}
});

/** Who asked takes it back while it waits. */
export const withdrawAsk = command({
	act: 'agreement.withdraw_ask',
	schema: askSchema,
	async run(deed, input): Promise<Outcome<null>> {
		deed.about('agreement_ask', input.askId);
		const row = await deed.tx
			.selectFrom('agreementAsk as k')
			.innerJoin('agreementVersion as v', (join) => join.onRef('v.networkId', '=', 'k.networkId').onRef('v.versionId', '=', 'k.versionId'))
			.select('v.agreementId')
			.where('k.networkId', '=', deed.actor.networkId)
			.where('k.askId', '=', input.askId)
			.executeTakeFirst();
		if (!row) return refuse('not_found');
		const found = await findForAct(deed, row.agreementId);
		if (!found.ok) return found;
		const { agreement } = found.value;
		deed.about('agreement_ask', input.askId, agreement.caseId);
		if (agreement.personId !== deed.actor.personId)
			return refuse('not_promiser', { lift: { kind: 'person', personId: agreement.personId } });
		if (agreement.asks.find((ask) => ask.askId === input.askId)?.answer !== null) return refuse('ask_over');
		await writeAnswer(deed, input.askId, 'withdrawn');
		return ok(null);
	}
});
