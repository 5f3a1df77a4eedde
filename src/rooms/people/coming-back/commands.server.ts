import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { listOrganisationNames } from '#rooms/network/read.server.ts';
import { binds } from '../memberships/rules.ts';
import { findReturn, listLeft, listOthersWith } from './read.server.ts';
import type { ProposedReturn } from './read.server.ts';
import { proposesReturn } from './rules.ts';
import { proposeReturnSchema, returnSchema } from './schema.ts';

const notAllowed = refuse('not_allowed', { lift: { kind: 'role', role: 'administrator' } });

/** The lock under which organisations leave too. */
async function lockOrganisations({ tx, actor }: Deed): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${`${actor.networkId}/organisations`}, 0))`.execute(tx);
}

/** Who binds an organisation, or the facilitator, proposes that one that left comes back. Nothing changes until another confirms it. */
export const proposeReturn = command({
	act: 'organisation.propose_return',
	schema: proposeReturnSchema,
	async run(deed, { organisationId }): Promise<Outcome<{ returnId: string }>> {
		const { actor, tx, now } = deed;
		deed.about('organisation', organisationId);
		if (!proposesReturn(actor.roles)) return notAllowed;
		if (!(await listOrganisationNames(tx, actor)).has(organisationId)) return refuse('not_found');
		await lockOrganisations(deed);
		const left = (await listLeft(tx, actor, now)).find((one) => one.organisationId === organisationId);
		if (!left) return refuse('wrong_state');
		if (left.proposal) return refuse('already_proposed', { lift: { kind: 'person', personId: left.proposal.proposedBy } });
		const returnId = deed.id();
		const { networkId, personId, membershipId } = actor;
		await tx
			.insertInto('organisationReturn')
			.values({ networkId, returnId, organisationId, againId: deed.id(), personId, membershipId, at: now })
			.execute();
		for (const other of await listOthersWith(tx, actor, now, ['governor', 'administrator']))
			await deed.tell('mail.return_to_confirm', { personId: other });
		return ok({ returnId });
	}
});

/** What both answers ask first. */
async function begin(deed: Deed, returnId: string): Promise<Outcome<ProposedReturn>> {
	deed.about('organisation_return', returnId);
	await lockOrganisations(deed);
	const found = await findReturn(deed.tx, deed.actor, deed.now, returnId);
	return found ? ok(found) : refuse('not_found');
}

async function write(deed: Deed, returnId: string, answer: 'confirmed' | 'withdrawn'): Promise<void> {
	const { networkId, personId, membershipId } = deed.actor;
	await deed.tx
		.insertInto('organisationReturnAnswer')
		.values({ networkId, returnId, answer, personId, membershipId, at: deed.now })
		.execute();
}

/** Another who binds an organisation confirms: it is in the network again, with nobody in it yet. Its people are invited as every colleague is. */
export const confirmReturn = command({
	act: 'organisation.confirm_return',
	schema: returnSchema,
	async run(deed, { returnId }): Promise<Outcome<{ organisationId: string }>> {
		if (!binds(deed.actor.roles)) {
			deed.about('organisation_return', returnId);
			return notAllowed;
		}
		const found = await begin(deed, returnId);
		if (!found.ok) return found;
		if (found.value.proposedBy === deed.actor.personId) return refuse('four_eyes', { lift: { kind: 'role', role: 'administrator' } });
		if (found.value.state !== 'waiting') return refuse('wrong_state');
		await write(deed, returnId, 'confirmed');
		const { rows } = await sql<{ again: string | null }>`select app.return_organisation(${returnId}) as again`.execute(deed.tx);
		const organisationId = rows[0]?.again ?? null;
		if (organisationId === null) return refuse('wrong_state');
		const told = new Set([found.value.proposedBy, ...(await listOthersWith(deed.tx, deed.actor, deed.now, ['facilitator']))]);
		for (const personId of told) await deed.tell('mail.return_confirmed', { personId });
		return ok({ organisationId });
	}
});

/** Who proposed it takes it back, while it waits. */
export const withdrawReturn = command({
	act: 'organisation.withdraw_return',
	schema: returnSchema,
	async run(deed, { returnId }): Promise<Outcome<null>> {
		if (!proposesReturn(deed.actor.roles)) {
			deed.about('organisation_return', returnId);
			return notAllowed;
		}
		const found = await begin(deed, returnId);
		if (!found.ok) return found;
		if (found.value.proposedBy !== deed.actor.personId)
			return refuse('not_yours', { lift: { kind: 'person', personId: found.value.proposedBy } });
		if (found.value.state !== 'waiting') return refuse('wrong_state');
		await write(deed, returnId, 'withdrawn');
		return ok(null);
	}
});
