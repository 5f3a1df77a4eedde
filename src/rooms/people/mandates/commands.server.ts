import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { dayAt } from '#foundation/time/days.ts';
import { findColleague, listColleagues } from '../read.server.ts';
import { listMandates } from './read.server.ts';
import { stateOfMandate } from './rules.ts';
import type { Mandate, MandateHand } from './rules.ts';
import { mandateSchema, proposeMandateSchema } from './schema.ts';

/**
 * An administrator proposes what a colleague of the same organisation may do (C2). It works once that colleague accepted it and, where the
 * organisation has someone else who can, a second administrator or a governor confirmed it. A change is a new version.
 */
export const proposeMandate = command({
	act: 'mandate.propose',
	schema: proposeMandateSchema,
	async run(deed, input): Promise<Outcome<{ mandateId: string }>> {
		const { networkId, personId, organisationId, roles } = deed.actor;
		deed.about('organisation', organisationId);
		if (!roles.includes('administrator')) return refuse('not_allowed', { lift: { kind: 'role', role: 'administrator' } });
		const colleague = await findColleague(deed.tx, deed.actor, deed.now, input.membershipId);
		if (colleague?.organisationId !== organisationId)
			return refuse('invalid', { fields: [{ path: ['membershipId'], code: 'not_a_choice' }] });
		if (colleague.personId === personId) return refuse('four_eyes', { lift: { kind: 'role', role: 'administrator' } });
		const today = dayAt(deed.now);
		if (input.validUntil < today || input.validUntil < input.validFrom)
			return refuse('invalid', { fields: [{ path: ['validUntil'], code: 'date_in_past' }] });
		const money = input.kind === 'money';
		if (money && (input.periodAmount ?? 0) < (input.caseAmount ?? 0))
			return refuse('invalid', {
				fields: [{ path: ['periodAmount'], code: 'number_too_small', values: { min: (input.caseAmount ?? 0) / 100 } }]
			});
		const seconds = (await listColleagues(deed.tx, deed.actor, deed.now)).filter(
			(other) =>
				other.organisationId === organisationId &&
				other.personId !== colleague.personId &&
				other.roles.some((role) => role === 'administrator' || role === 'governor')
		);
		const mandateId = deed.id();
		deed.about('mandate', mandateId);
		await deed.tx
			.insertInto('mandate')
			.values({
				...{ networkId, mandateId, organisationId, membershipId: colleague.membershipId, personId: colleague.personId, kind: input.kind },
				...(money ? { caseCents: input.caseAmount ?? null, periodCents: input.periodAmount ?? null } : {}),
				...{ periodMonths: input.periodMonths, validFrom: input.validFrom, validUntil: input.validUntil },
				...{ givenBy: personId, needsSecond: seconds.length > 0, at: deed.now }
			})
			.execute();
		await giveHand(deed, mandateId, 'proposed');
		await deed.tell('mail.mandate_proposed', { mandateId, personId: colleague.personId });
		for (const second of seconds) await deed.tell('mail.mandate_to_confirm', { mandateId, personId: second.personId });
		return ok({ mandateId });
	}
});

const giveHand = async (deed: Deed, mandateId: string, hand: MandateHand): Promise<void> => {
	const { networkId, personId } = deed.actor;
	await deed.tx.insertInto('mandateHand').values({ networkId, mandateId, personId, hand, at: deed.now }).execute();
};

/** The mandate an act is about, locked; null when it is not of one's own organisation. */
async function findForAct(deed: Deed, mandateId: string): Promise<{ mandate: Mandate; all: readonly Mandate[] } | null> {
	deed.about('mandate', mandateId);
	await sql`select pg_advisory_xact_lock(hashtextextended(${`${deed.actor.networkId}/${mandateId}`}, 0))`.execute(deed.tx);
	const all = await listMandates(deed.tx, deed.actor);
	const mandate = all.find((entry) => entry.mandateId === mandateId);
	return mandate ? { mandate, all } : null;
}

/** Whether a hand of this kind can still be given to a proposal. */
const isOpen = ({ mandate, all }: { mandate: Mandate; all: readonly Mandate[] }, hand: MandateHand, today: string): boolean =>
	stateOfMandate(mandate, all, today) === 'proposed' && !mandate.hands.some((given) => given.hand === hand);

const answerAs =
	(hand: 'accepted' | 'declined') =>
	async (deed: Deed, input: { mandateId: string }): Promise<Outcome<null>> => {
		const found = await findForAct(deed, input.mandateId);
		if (!found) return refuse('not_found');
		if (found.mandate.membershipId !== deed.actor.membershipId)
			return refuse('not_asked', { lift: { kind: 'person', personId: found.mandate.personId } });
		if (!isOpen(found, 'accepted', dayAt(deed.now))) return refuse('mandate_settled', { lift: { kind: 'role', role: 'administrator' } });
		await giveHand(deed, input.mandateId, hand);
		return ok(null);
	};

/** Who gets a mandate accepts it. */
export const acceptMandate = command({ act: 'mandate.accept', schema: mandateSchema, run: answerAs('accepted') });

/** Who would get a mandate says no; no reason is asked. */
export const declineMandate = command({ act: 'mandate.decline', schema: mandateSchema, run: answerAs('declined') });

/** A second pair of eyes: another administrator, or a governor, of the same organisation. */
export const confirmMandate = command({
	act: 'mandate.confirm',
	schema: mandateSchema,
	async run(deed, input): Promise<Outcome<null>> {
		const found = await findForAct(deed, input.mandateId);
		if (!found) return refuse('not_found');
		const { roles, personId } = deed.actor;
		if (!roles.includes('administrator') && !roles.includes('governor'))
			return refuse('not_allowed', { lift: { kind: 'role', role: 'administrator' } });
		if (found.mandate.personId === personId || found.mandate.hands.some((hand) => hand.personId === personId))
			return refuse('four_eyes', { lift: { kind: 'role', role: 'administrator' } });
		if (!found.mandate.needsSecond || !isOpen(found, 'confirmed', dayAt(deed.now)))
			return refuse('mandate_settled', { lift: { kind: 'role', role: 'administrator' } });
		await giveHand(deed, input.mandateId, 'confirmed');
		return ok(null);
	}
});

/** An administrator, or who has the mandate, ends it: one is enough, since nothing can be done with it any more. What was promised stands. */
export const endMandate = command({
	act: 'mandate.end',
	schema: mandateSchema,
	async run(deed, input): Promise<Outcome<null>> {
		const found = await findForAct(deed, input.mandateId);
		if (!found) return refuse('not_found');
		const { roles, personId, networkId } = deed.actor;
		if (!roles.includes('administrator') && found.mandate.personId !== personId)
			return refuse('not_allowed', { lift: { kind: 'role', role: 'administrator' } });
		if (!['proposed', 'coming', 'valid'].includes(stateOfMandate(found.mandate, found.all, dayAt(deed.now))))
			return refuse('mandate_settled');
		await deed.tx.insertInto('mandateEnd').values({ networkId, mandateId: input.mandateId, personId, at: deed.now }).execute();
		if (found.mandate.personId !== personId)
			await deed.tell('mail.mandate_ended', { mandateId: input.mandateId, personId: found.mandate.personId });
		return ok(null);
	}
});
