import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findColleague } from '#rooms/people/read.server.ts';
import { findMembershipEnd, listWaitingEnds } from './read.server.ts';
import { keepsAccess } from './rules.ts';
import { endSchema, proposeEndSchema } from './schema.ts';

async function lockMemberships({ tx, actor }: Deed): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${`${actor.networkId}/memberships`}, 0))`.execute(tx);
}

/** Four eyes (D5): an administrator proposes for their own organisation, the facilitator for any, that a membership ends. Nothing ends yet. */
export const proposeEnd = command({
	act: 'membership.propose_end',
	schema: proposeEndSchema,
	async run(deed, input): Promise<Outcome<{ endId: string }>> {
		if (!keepsAccess(deed.actor.roles)) return refuse('not_allowed', { lift: { kind: 'role', role: 'administrator' } });
		await lockMemberships(deed);
		const colleague = await findColleague(deed.tx, deed.actor, deed.now, input.membershipId);
		if (!colleague) return refuse('not_found');
		if (!deed.actor.roles.includes('facilitator') && colleague.organisationId !== deed.actor.organisationId)
			return refuse('not_allowed', { lift: { kind: 'role', role: 'facilitator' } });
		if ((await listWaitingEnds(deed.tx, deed.actor)).some((end) => end.membershipId === input.membershipId))
			return refuse('already_proposed');
		const endId = deed.id();
		deed.about('membership_end', endId);
		const { networkId, personId } = deed.actor;
		await deed.tx
			.insertInto('membershipEnd')
			.values({ networkId, endId, membershipId: input.membershipId, proposedBy: personId, at: deed.now })
			.execute();
		return ok({ endId });
	}
});

async function answer(deed: Deed, endId: string, said: 'confirmed' | 'withdrawn'): Promise<Outcome<null>> {
	deed.about('membership_end', endId);
	if (!keepsAccess(deed.actor.roles)) return refuse('not_allowed', { lift: { kind: 'role', role: 'administrator' } });
	await lockMemberships(deed);
	const end = await findMembershipEnd(deed.tx, deed.actor, endId);
	if (!end) return refuse('not_found');
	if (end.state !== 'waiting') return refuse('wrong_state');
	if (said === 'confirmed' && [end.proposedBy, end.personId].includes(deed.actor.personId))
		return refuse('four_eyes', { lift: { kind: 'role', role: 'facilitator' } });
	if (said === 'withdrawn' && end.proposedBy !== deed.actor.personId)
		return refuse('not_yours', { lift: { kind: 'person', personId: end.proposedBy } });
	const { networkId, personId } = deed.actor;
	await deed.tx.insertInto('membershipEndAnswer').values({ networkId, endId, answer: said, personId, at: deed.now }).execute();
	if (said === 'withdrawn') return ok(null);
	const { rows } = await sql<{ ended: boolean }>`select app.end_membership(${endId}) as ended`.execute(deed.tx);
	return rows[0]?.ended === true ? ok(null) : refuse('wrong_state');
}

/** Another who keeps access confirms: the membership ends at once, and with it its seats, teams and duty. */
export const confirmEnd = command({
	act: 'membership.confirm_end',
	schema: endSchema,
	run: (deed, input) => answer(deed, input.endId, 'confirmed')
});

/** Who proposed it takes it back. */
export const withdrawEnd = command({
	act: 'membership.withdraw_end',
	schema: endSchema,
	run: (deed, input) => answer(deed, input.endId, 'withdrawn')
});
