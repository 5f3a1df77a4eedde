import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import type { Command, Deed } from '#foundation/command/command.server.ts';
import { ok, refuse, refuseFields } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findDoubts } from '#foundation/text/doubts.ts';
import { dayAt } from '#foundation/time/days.ts';
import { findCaseOfRequest, findRequest, lockRequest } from '../requests/read.server.ts';
import { bindsOrganisation, findClaim } from './read.server.ts';
import { claimSchema, payClaimSchema, proposeClaimSchema } from './schema.ts';

/** Whether what is asked back for a request is no more than was paid for it. */
export const claimsFit = async (deed: Deed, requestId: string): Promise<boolean> => {
	const { rows } = await sql<{ fits: boolean }>`select app.check_claims(${requestId}) as fits`.execute(deed.tx);
	return rows[0]?.fits === true;
};

/** Writes a claim with what is told to who is asked; nothing is owed by it yet. */
export const insertClaim = async (
	deed: Deed,
	claim: {
		readonly requestId: string;
		readonly organisationId: string;
		readonly amountCents: number;
		readonly dueOn: string;
		/** What was paid and why it is asked of them: the one sentence of the request that who is asked reads. */
		readonly why: string;
		/** Under which way to share, and what is shared. */
		readonly split?: { readonly splitId: string; readonly sharedCents: number };
	}
): Promise<string> => {
	const claimId = deed.id();
	const { networkId, personId, membershipId } = deed.actor;
	const { split = { splitId: null, sharedCents: null }, why, ...asked } = claim;
	await deed.tx
		.insertInto('claim')
		.values({ networkId, claimId, ...split, ...asked, personId, membershipId, at: deed.now })
		.execute();
	const caseId = await findCaseOfRequest(deed.tx, claim.requestId);
	if (caseId === null) throw new Error(`request ${claim.requestId} is asked back under no case`);
	await deed.write({ caseId, aboutId: claimId, part: 'claim_why', text: why });
	return claimId;
};

/** At the evaluation the party that should have paid is named. It owes nothing until it accepts (D7). */
export const proposeClaim = command({
	act: 'claim.propose',
	schema: proposeClaimSchema,
	async run(deed, input): Promise<Outcome<{ claimId: string }>> {
		deed.about('request', input.requestId);
		await lockRequest(deed.tx, deed.actor.networkId, input.requestId);
		const request = await findRequest(deed.tx, deed.actor, input.requestId);
		if (!request) return refuse('not_found');
		if (input.dueOn <= dayAt(deed.now)) return refuseFields([{ path: ['dueOn'], code: 'date_in_past' }]);
		const party = await deed.tx
			.selectFrom('organisation')
			.select('organisationId')
			.where('networkId', '=', deed.actor.networkId)
			.where('organisationId', '=', input.organisationId)
			.executeTakeFirst();
		if (!party) return refuseFields([{ path: ['organisationId'], code: 'not_a_choice' }]);
		const doubts = findDoubts({ why: input.why });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });
		const { requestId, organisationId, amount: amountCents, dueOn, why } = input;
		const claimId = await insertClaim(deed, { requestId, organisationId, amountCents, dueOn, why });
		deed.about('claim', claimId);
		if (!(await claimsFit(deed, requestId))) return refuse('over_amount', { lift: { kind: 'role', role: 'treasurer' } });
		await tellBinders(deed, organisationId, 'mail.claim_proposed');
		return ok({ claimId });
	}
});

/** Who may bind the organisation hears of a claim on it. */
export async function tellBinders(deed: Deed, organisationId: string, kind: 'mail.claim_proposed' | 'mail.claim_shared'): Promise<void> {
	const binders = await deed.tx
		.selectFrom('membership')
		.select('personId')
		.distinct()
		.where('networkId', '=', deed.actor.networkId)
		.where('organisationId', '=', organisationId)
		.where('personId', '<>', deed.actor.personId)
		.where('validFrom', '<=', deed.now)
		.where((e) => e.or([e('validUntil', 'is', null), e('validUntil', '>', deed.now)]))
		.where(sql<boolean>`roles && array['administrator', 'governor', 'treasurer']`)
		.execute();
	for (const { personId } of binders) await deed.tell(kind, { personId });
}

const answering = (act: 'claim.accept' | 'claim.decline', answer: 'accepted' | 'declined'): Command<null> =>
	command({
		act,
		schema: claimSchema,
		async run(deed, input): Promise<Outcome<null>> {
			deed.about('claim', input.claimId);
			const claim = await findClaim(deed.tx, deed.actor, input.claimId);
			if (!claim) return refuse('not_found');
			if (!bindsOrganisation(deed.actor, claim.organisationId))
				return refuse('not_allowed', { lift: { kind: 'role', role: 'administrator' } });
			const { rows } = await sql<{
				answer: string;
			}>`select app.answer_claim(${input.claimId}, ${deed.id()}, ${deed.id()}, ${answer}) as answer`.execute(deed.tx);
			// Who asked it back does not accept it as well.
			if (rows[0]?.answer === 'same_eyes') return refuse('other_eyes', { lift: { kind: 'role', role: 'administrator' } });
			return rows[0]?.answer === 'done' ? ok(null) : refuse('already_answered');
		}
	});

/** An organisation accepts to pay back, by who may bind it. From here on it owes it. */
export const acceptClaim = answering('claim.accept', 'accepted');
/** It declines; nothing is owed, and no reason is asked. */
export const declineClaim = answering('claim.decline', 'declined');

/** The treasurer notes that (part of) a claim came in. */
export const payClaim = command({
	act: 'claim.paid',
	schema: payClaimSchema,
	async run(deed, input): Promise<Outcome<null>> {
		deed.about('claim', input.claimId);
		if (!deed.actor.roles.includes('treasurer')) return refuse('not_allowed', { lift: { kind: 'role', role: 'treasurer' } });
		const { rows } = await sql<{ answer: string }>`
			select app.settle_claim(${input.claimId}, ${deed.id()}, ${deed.id()}, 'paid', ${input.amount}) as answer`.execute(deed.tx);
		return settled(rows[0]?.answer);
	}
});

/** What is left of a claim is let go: by the treasurer, and by another. */
export const writeOffClaim = command({
	act: 'claim.write_off',
	schema: claimSchema,
	async run(deed, input): Promise<Outcome<null>> {
		deed.about('claim', input.claimId);
		const { roles } = deed.actor;
		if (!roles.includes('treasurer') && !roles.includes('secretariat') && !roles.includes('governor'))
			return refuse('not_allowed', { lift: { kind: 'role', role: 'treasurer' } });
		const { rows } = await sql<{ answer: string }>`
			select app.settle_claim(${input.claimId}, ${deed.id()}, ${deed.id()}, 'written_off', 0) as answer`.execute(deed.tx);
		return settled(rows[0]?.answer);
	}
});

function settled(answer: string | undefined): Outcome<null> {
	switch (answer) {
		case 'done':
		case 'first':
			return ok(null);
		case 'over':
			return refuse('wrong_state');
		case 'over_amount':
			return refuse('over_amount');
		case 'same_eyes':
			return refuse('other_eyes', { lift: { kind: 'role', role: 'treasurer' } });
		case 'treasurer_first':
			return refuse('not_allowed', { lift: { kind: 'role', role: 'treasurer' } });
		default:
			return refuse('not_found');
	}
}
