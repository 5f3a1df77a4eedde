import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse, refuseFields } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { listOrganisations } from '#rooms/network/read.server.ts';
import { keepsAccess } from '../memberships/rules.ts';
import { findProposal, listKeepers, listWaitingProposals, ownAddress } from './read.server.ts';
import { needsFacilitator } from './rules.ts';
import { proposalSchema, proposeMembershipSchema } from './schema.ts';

const notAllowed = refuse('not_allowed', { lift: { kind: 'role', role: 'administrator' } });
const needsTheFacilitator = refuse('not_allowed', { lift: { kind: 'role', role: 'facilitator' } });

async function lockMemberships({ tx, actor }: Deed): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${`${actor.networkId}/memberships`}, 0))`.execute(tx);
}

/** Four eyes (D5): an administrator proposes for their own organisation, the facilitator for any, that a colleague joins. Nobody joins yet. */
export const proposeMembership = command({
	act: 'membership.propose',
	schema: proposeMembershipSchema,
	async run(deed, input): Promise<Outcome<{ proposalId: string }>> {
		const { actor, tx, now } = deed;
		if (!keepsAccess(actor.roles)) return notAllowed;
		const organisationId = input.organisationId ?? actor.organisationId;
		if (!actor.roles.includes('facilitator') && organisationId !== actor.organisationId) return needsTheFacilitator;
		if (!(await listOrganisations(tx, actor, now)).some((organisation) => organisation.organisationId === organisationId))
			return refuseFields([{ path: ['organisationId'], code: 'not_a_choice' }]);
		await lockMemberships(deed);
		if (input.email === (await ownAddress(tx))) return refuse('four_eyes', { lift: { kind: 'role', role: 'facilitator' } });
		const waiting = await listWaitingProposals(tx, actor, now);
		if (waiting.some((proposal) => proposal.email === input.email && proposal.organisationId === organisationId))
			return refuse('already_proposed');
		const proposalId = deed.id();
		deed.about('membership_proposal', proposalId);
		const { networkId, personId } = actor;
		const { name, functionTitle, roles, email, locale } = input;
		await tx
			.insertInto('membershipProposal')
			.values({
				...{ networkId, proposalId, membershipId: deed.id(), organisationId, name: name.trim(), functionTitle: functionTitle.trim() },
				...{ roles, proposedBy: personId, at: now }
			})
			.execute();
		await tx.insertInto('membershipProposalAddress').values({ networkId, proposalId, email, locale }).execute();
		for (const keeper of await listKeepers(tx, actor, now, organisationId))
			await deed.tell('mail.membership_to_confirm', { proposalId, personId: keeper });
		return ok({ proposalId });
	}
});

async function answer(deed: Deed, proposalId: string, said: 'confirmed' | 'withdrawn'): Promise<Outcome<null>> {
	const { actor, tx, now } = deed;
	deed.about('membership_proposal', proposalId);
	if (!keepsAccess(actor.roles)) return notAllowed;
	await lockMemberships(deed);
	const proposal = await findProposal(tx, actor, now, proposalId);
	if (!proposal) return refuse('not_found');
	if (proposal.state !== 'waiting') return refuse('wrong_state');
	// Nobody begins at an organisation that left meanwhile.
	if (
		said === 'confirmed' &&
		!(await listOrganisations(tx, actor, now)).some(({ organisationId }) => organisationId === proposal.organisationId)
	)
		return refuse('wrong_state');
	if (said === 'withdrawn' && proposal.proposedBy !== actor.personId)
		return refuse('not_yours', { lift: { kind: 'person', personId: proposal.proposedBy } });
	if (said === 'confirmed') {
		if (proposal.proposedBy === actor.personId || proposal.email === (await ownAddress(tx)))
			return refuse('four_eyes', { lift: { kind: 'role', role: 'facilitator' } });
		if (needsFacilitator(proposal.roles) && !proposal.byFacilitator && !actor.roles.includes('facilitator')) return needsTheFacilitator;
	}
	const { networkId, personId } = actor;
	await tx.insertInto('membershipProposalAnswer').values({ networkId, proposalId, answer: said, personId, at: now }).execute();
	await deed.tell('membership.answered', { proposalId });
	return ok(null);
}

/** Another who keeps access confirms: the membership begins within moments, and the new colleague gets a letter. */
export const confirmMembership = command({
	act: 'membership.confirm',
	schema: proposalSchema,
	run: (deed, input) => answer(deed, input.proposalId, 'confirmed')
});

/** Who proposed it takes it back. */
export const withdrawMembership = command({
	act: 'membership.withdraw',
	schema: proposalSchema,
	run: (deed, input) => answer(deed, input.proposalId, 'withdrawn')
});
