import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse, refuseFields } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { dayAt } from '#foundation/time/days.ts';
import { listOrganisations } from '#rooms/network/read.server.ts';
import { findLeave, listLeaving, listOtherBinders } from './read.server.ts';
import { latestLeave } from './rules.ts';
import { binds } from '../memberships/rules.ts';
import { leaveSchema, proposeLeaveSchema } from './schema.ts';

const notAllowed = refuse('not_allowed', { lift: { kind: 'role', role: 'administrator' } });

/** The same lock as where an organisation leaves: two of them never leave at once, and the last one stays. */
async function lockOrganisations({ tx, actor }: Deed): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${`${actor.networkId}/organisations`}, 0))`.execute(tx);
}

/** Who binds an organisation proposes that it leaves the network on a day. Nothing changes until another organisation confirms it. */
export const proposeLeave = command({
	act: 'organisation.propose_leave',
	schema: proposeLeaveSchema,
	async run(deed, { leavesOn }): Promise<Outcome<{ leaveId: string }>> {
		const { actor, tx, now } = deed;
		deed.about('organisation', actor.organisationId);
		if (!binds(actor.roles)) return notAllowed;
		const today = dayAt(now);
		if (leavesOn < today) return refuseFields([{ path: ['leavesOn'], code: 'date_in_past' }]);
		if (leavesOn > latestLeave(today)) return refuseFields([{ path: ['leavesOn'], code: 'not_a_choice' }]);
		await lockOrganisations(deed);
		const leaving = await listLeaving(tx, actor, now);
		if (leaving.some(({ organisationId }) => organisationId === actor.organisationId)) return refuse('already_proposed');
		if ((await listOrganisations(tx, actor, now)).length < 2) return refuse('last_organisation');
		const leaveId = deed.id();
		const { networkId, personId, membershipId, organisationId } = actor;
		await tx
			.insertInto('organisationLeave')
			.values({ networkId, leaveId, organisationId, leavesOn, personId, membershipId, at: now })
			.execute();
		for (const binder of await listOtherBinders(tx, actor, now)) await deed.tell('mail.leave_to_confirm', { personId: binder });
		return ok({ leaveId });
	}
});

/** What both answers ask first. */
async function begin(deed: Deed, leaveId: string) {
	deed.about('organisation_leave', leaveId);
	if (!binds(deed.actor.roles)) return notAllowed;
	await lockOrganisations(deed);
	const leave = await findLeave(deed.tx, deed.actor, deed.now, leaveId);
	return leave ? ok(leave) : refuse('not_found');
}

async function write(deed: Deed, leaveId: string, answer: 'confirmed' | 'withdrawn'): Promise<void> {
	const { networkId, personId, membershipId, organisationId } = deed.actor;
	await deed.tx
		.insertInto('organisationLeaveAnswer')
		.values({ networkId, leaveId, answer, personId, membershipId, organisationId, at: deed.now })
		.execute();
}

/** Who binds another organisation confirms that one leaves: at once when its day has come, else on that day. */
export const confirmLeave = command({
	act: 'organisation.confirm_leave',
	schema: leaveSchema,
	async run(deed, { leaveId }): Promise<Outcome<{ left: boolean }>> {
		const found = await begin(deed, leaveId);
		if (!found.ok) return found;
		const leave = found.value;
		if (leave.organisationId === deed.actor.organisationId) return refuse('other_eyes');
		if (leave.proposedBy === deed.actor.personId) return refuse('four_eyes', { lift: { kind: 'role', role: 'administrator' } });
		if (leave.state !== 'waiting') return refuse('wrong_state');
		await write(deed, leaveId, 'confirmed');
		if (leave.leavesOn > dayAt(deed.now)) {
			await deed.tell('mail.leave_confirmed', { personId: leave.proposedBy });
			return ok({ left: false });
		}
		const { rows } = await sql<{ gone: boolean }>`select app.leave_organisation(${leaveId}) as gone`.execute(deed.tx);
		if (rows[0]?.gone !== true) return refuse('last_organisation');
		await deed.tell('organisation.left', { organisationId: leave.organisationId });
		return ok({ left: true });
	}
});

/** Who binds the organisation takes it back, as long as it has not left. */
export const withdrawLeave = command({
	act: 'organisation.withdraw_leave',
	schema: leaveSchema,
	async run(deed, { leaveId }): Promise<Outcome<null>> {
		const found = await begin(deed, leaveId);
		if (!found.ok) return found;
		const leave = found.value;
		if (leave.organisationId !== deed.actor.organisationId)
			return refuse('not_yours', { lift: { kind: 'person', personId: leave.proposedBy } });
		if (leave.state !== 'waiting' && leave.state !== 'confirmed') return refuse('wrong_state');
		await write(deed, leaveId, 'withdrawn');
		for (const binder of await listOtherBinders(deed.tx, deed.actor, deed.now))
			await deed.tell('mail.leave_withdrawn', { personId: binder });
		return ok(null);
	}
});
