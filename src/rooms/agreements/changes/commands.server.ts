import type { z } from 'zod';
import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { isUnderWay } from '#rooms/cases/rules.ts';
import { findCovering, useMandate } from '#rooms/people/mandates/read.server.ts';
import { recordAcceptance } from '../acceptances/commands.server.ts';
import { findForAct, mayWord, writeVersion } from '../commands.server.ts';
import { liftDeciders } from '../read.server.ts';
import type { Agreement } from '../read.server.ts';
import { decisionOn, mayReport } from '../rules.ts';
import type { Version } from '../rules.ts';
import { answerChangeSchema, askForChangeSchema, askForOfferedSchema, changeSchema } from './schema.ts';

type Change = z.output<typeof changeSchema>;

const otherParty = (agreement: Agreement, personId: string): string =>
	agreement.personId === personId ? agreement.receiverId : agreement.personId;

/** What every act on a change asks first: a party, in a case under way, of an agreement that is promised and not yet reported. */
async function findForChange(deed: Deed, agreementId: string): Promise<Outcome<Agreement>> {
	const found = await findForAct(deed, agreementId);
	if (!found.ok) return found;
	const { agreement, standing } = found.value;
	const { personId } = deed.actor;
	if (agreement.personId !== personId && agreement.receiverId !== personId)
		return refuse('not_party', { lift: { kind: 'person', personId: agreement.personId } });
	if (!isUnderWay(standing.state)) return refuse('wrong_state', { lift: { kind: 'person', personId: standing.holder.personId } });
	if (!mayReport(agreement.state)) return refuse('wrong_state', { lift: { kind: 'person', personId: otherParty(agreement, personId) } });
	return ok(agreement);
}

/**
 * The promiser binds their organisation to another amount: a higher one must fit their own mandate, a lower one is counted where the first one
 * was. What a colleague decided on stays counted on that colleague's mandate until a version of the promiser's own takes its place.
 */
async function countAmount(deed: Deed, agreement: Agreement, versionId: string, cents: number | null): Promise<Outcome<null>> {
	if (cents === null) return ok(null);
	const { agreementId, caseId, amountCents } = agreement;
	const use = (mandateId: string) => useMandate(deed.tx, deed.actor, deed.now, { mandateId, versionId, agreementId, cents });
	if (amountCents !== null && cents <= amountCents) {
		const before = await deed.tx
			.selectFrom('mandateUse')
			.select('mandateId')
			.where('networkId', '=', deed.actor.networkId)
			.where('versionId', '=', agreement.versionId)
			.where('personId', '=', deed.actor.personId)
			.executeTakeFirst();
		if (before) await use(before.mandateId);
		return ok(null);
	}
	const mandate = await findCovering(deed.tx, deed.actor, deed.now, { membershipId: deed.actor.membershipId, cents, caseId, agreementId });
	if (!mandate) return refuse('above_mandate', { lift: await liftDeciders(deed, { cents, caseId, agreementId }) });
	await use(mandate.mandateId);
	return ok(null);
}

/** What offering another version asks first, and who may word it. */
async function mayOffer(deed: Deed, input: Change): Promise<Outcome<Agreement>> {
	const found = await findForChange(deed, input.agreementId);
	if (!found.ok) return found;
	const agreement = found.value;
	const { personId } = deed.actor;
	if (agreement.pending && agreement.pending.offeredBy !== personId)
		return refuse('change_waits', { lift: { kind: 'role', role: 'yourself' } });
	// The room is declared by who promises; a receiver who proposes declares nothing for another.
	const may = mayWord(deed, agreement.kind, agreement.personId === personId ? input : { ...input, insideRoom: true });
	return may.ok ? ok(agreement) : may;
}

/** Writes another version, which who offers it accepts by that. */
async function offerVersion(deed: Deed, agreement: Agreement, input: Change): Promise<string> {
	const { caseId, agreementId, kind, organisationId, receiverId } = agreement;
	const versionId = deed.id();
	const number = (agreement.versions.at(-1)?.number ?? 0) + 1;
	await writeVersion(
		deed,
		{ caseId, agreementId, kind, promiserId: agreement.personId, organisationId, receiverId },
		versionId,
		number,
		input
	);
	return versionId;
}

/** A party offers another version (C6): it counts once the other party accepts it; until then the agreement stands as it was. */
export const changeAgreement = command({
	act: 'agreement.change',
	schema: changeSchema,
	async run(deed, input): Promise<Outcome<{ versionId: string }>> {
		const may = await mayOffer(deed, input);
		if (!may.ok) return may;
		const agreement = may.value;
		const { personId } = deed.actor;
		const versionId = await offerVersion(deed, agreement, input);
		if (agreement.personId === personId) {
			const counted = await countAmount(deed, agreement, versionId, input.amount ?? null);
			if (!counted.ok) return counted;
		}
		await deed.tell('mail.agreement_changed', { caseId: agreement.caseId, personId: otherParty(agreement, personId) });
		return ok({ versionId });
	}
});

/** Asks a colleague of one's own organisation who can to decide on a version; refuses with who can, where that colleague cannot (C3). */
async function askToDecide(
	deed: Deed,
	{ agreementId, caseId }: Agreement,
	wish: { readonly versionId: string; readonly cents: number; readonly deciderMembershipId: string }
): Promise<Outcome<{ askId: string }>> {
	const lift = await liftDeciders(deed, { cents: wish.cents, caseId, agreementId });
	const decider = lift.kind === 'deciders' && lift.deciders.find((entry) => entry.membershipId === wish.deciderMembershipId);
	if (!decider) return refuse('above_mandate', { lift });
	const askId = deed.id();
	const { networkId, personId, organisationId } = deed.actor;
	await deed.tx
		.insertInto('agreementAsk')
		.values({
			...{ networkId, askId, versionId: wish.versionId, askedBy: personId, deciderId: decider.personId },
			...{ membershipId: decider.membershipId, organisationId, at: deed.now }
		})
		.execute();
	await deed.tell('mail.agreement_asked', { askId, personId: decider.personId });
	return ok({ askId });
}

/** A change above the promiser's own mandate: it is written down, and goes to the other party once the colleague who can has said yes (C3). */
export const askForChange = command({
	act: 'agreement.ask_change',
	schema: askForChangeSchema,
	async run(deed, input): Promise<Outcome<{ versionId: string; askId: string }>> {
		const may = await mayOffer(deed, input);
		if (!may.ok) return may;
		const agreement = may.value;
		if (agreement.personId !== deed.actor.personId)
			return refuse('not_promiser', { lift: { kind: 'person', personId: agreement.personId } });
		if (input.amount === undefined) return refuse('invalid', { fields: [{ path: ['amount'], code: 'required' }] });
		const versionId = await offerVersion(deed, agreement, input);
		const { deciderMembershipId, amount: cents } = input;
		const asked = await askToDecide(deed, agreement, { versionId, cents, deciderMembershipId });
		return asked.ok ? ok({ versionId, askId: asked.value.askId }) : asked;
	}
});

/** The other party wants more than the promiser may promise: a colleague who can is asked, and after their yes the promiser accepts. */
export const askForOffered = command({
	act: 'agreement.ask_change',
	schema: askForOfferedSchema,
	async run(deed, input): Promise<Outcome<{ askId: string }>> {
		const found = await findChange(deed, input);
		if (!found.ok) return found;
		const { agreement, version } = found.value;
		if (agreement.personId !== deed.actor.personId)
			return refuse('not_promiser', { lift: { kind: 'person', personId: agreement.personId } });
		const { versionId, amountCents: cents } = version;
		if (cents === null) return refuse('invalid', { fields: [{ path: ['versionId'], code: 'not_a_choice' }] });
		return askToDecide(deed, agreement, { versionId, cents, deciderMembershipId: input.deciderMembershipId });
	}
});

/** The change that was seen, when it still waits for the actor. */
async function findChange(
	deed: Deed,
	input: { agreementId: string; versionId: string }
): Promise<Outcome<{ agreement: Agreement; version: Version }>> {
	const found = await findForChange(deed, input.agreementId);
	if (!found.ok) return found;
	const agreement = found.value;
	const version = agreement.pending;
	if (version?.versionId !== input.versionId) return refuse('no_change_waits');
	if (decisionOn(version) === 'waits')
		return refuse('not_asked', { lift: { kind: 'person', personId: version.asks.at(-1)?.deciderId ?? agreement.personId } });
	if (version.offeredBy === deed.actor.personId)
		return refuse('not_asked', { lift: { kind: 'person', personId: otherParty(agreement, deed.actor.personId) } });
	return ok({ agreement, version });
}

const answer = (deed: Deed, agreement: Agreement, version: Version, said: 'accepted' | 'declined') =>
	recordAcceptance(
		deed,
		{
			...{ caseId: agreement.caseId, agreementId: agreement.agreementId, kind: agreement.kind, promiserId: agreement.personId },
			...{ organisationId: agreement.organisationId, receiverId: agreement.receiverId, versionId: version.versionId },
			...{
				number: version.number,
				dueOn: version.dueOn,
				amountCents: version.amountCents,
				offeredBy: version.offeredBy,
				versionAt: version.at
			}
		},
		said
	);

/** The other party accepts: the new version counts from now on. */
export const acceptChange = command({
	act: 'agreement.accept_change',
	schema: answerChangeSchema,
	async run(deed, input): Promise<Outcome<null>> {
		const found = await findChange(deed, input);
		if (!found.ok) return found;
		const { agreement, version } = found.value;
		// What a colleague decided on is counted with them.
		if (agreement.personId === deed.actor.personId && decisionOn(version) !== 'accepted') {
			const counted = await countAmount(deed, agreement, version.versionId, version.amountCents);
			if (!counted.ok) return counted;
		}
		await answer(deed, agreement, version, 'accepted');
		await deed.tell('mail.agreement_change_answered', { caseId: agreement.caseId, personId: version.offeredBy });
		return ok(null);
	}
});

/** The other party declines: the agreement stays as it was. */
export const declineChange = command({
	act: 'agreement.decline_change',
	schema: answerChangeSchema,
	async run(deed, input): Promise<Outcome<null>> {
		const found = await findChange(deed, input);
		if (!found.ok) return found;
		const { agreement, version } = found.value;
		await answer(deed, agreement, version, 'declined');
		await deed.tell('mail.agreement_change_answered', { caseId: agreement.caseId, personId: version.offeredBy });
		return ok(null);
	}
});
