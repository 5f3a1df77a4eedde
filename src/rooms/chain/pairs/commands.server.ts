import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findDoubts } from '#foundation/text/doubts.ts';
import { writeInvitation } from '#rooms/cases/commands.server.ts';
import { findStanding } from '#rooms/cases/read.server.ts';
import type { Standing } from '#rooms/cases/read.server.ts';
import { isUnderWay } from '#rooms/cases/rules.ts';
import { openSubject } from '#rooms/cases/subjects/commands.server.ts';
import { findColleague } from '#rooms/people/read.server.ts';
import type { Colleague } from '#rooms/people/read.server.ts';
import { maySide } from './rules.ts';
import { openPairSchema, pairIdSchema } from './schema.ts';

/** Whether the actor works for their organisation too, or they for the actor's: then one person would answer for both sides. */
async function worksForBoth({ tx, actor, now }: Deed, colleague: Colleague): Promise<boolean> {
	const row = await tx
		.selectFrom('membership')
		.select('membershipId')
		.where('networkId', '=', actor.networkId)
		.where((e) =>
			e.or([
				e.and([e('personId', '=', actor.personId), e('organisationId', '=', colleague.organisationId)]),
				e.and([e('personId', '=', colleague.personId), e('organisationId', '=', actor.organisationId)])
			])
		)
		.where('validFrom', '<=', now)
		.where((e) => e.or([e('validUntil', 'is', null), e('validUntil', '>', now)]))
		.executeTakeFirst();
	return row !== undefined;
}

/** Whether the two organisations have a pair already. Who asks the same at the same moment waits here. */
async function arePaired({ tx, actor }: Deed, other: string): Promise<boolean> {
	const both = [actor.organisationId, other].toSorted((a, b) => (a < b ? -1 : 1)).join('/');
	await sql`select pg_advisory_xact_lock(hashtextextended(${`${actor.networkId}/pair/${both}`}, 0))`.execute(tx);
	const { rows } = await sql<{ paired: boolean }>`select app.already_paired(${other}::uuid) as paired`.execute(tx);
	return rows[0]?.paired === true;
}

/** Asks someone of another organisation to look at the trust between the two (H2). They see nothing until they say yes. */
export const openPair = command({
	act: 'pair.open',
	schema: openPairSchema,
	async run(deed, input): Promise<Outcome<{ pairId: string; invitationId: string }>> {
		const pairId = deed.id();
		deed.about('pair', pairId, pairId);
		const { tx, actor, now } = deed;
		if (!maySide(actor.roles)) return refuse('not_allowed', { lift: { kind: 'role', role: 'administrator' } });
		const other = await findColleague(tx, actor, now, input.membershipId);
		if (!other || other.organisationId === actor.organisationId || !maySide(other.roles))
			return refuse('invalid', { fields: [{ path: ['membershipId'], code: 'not_a_choice' }] });
		if (await worksForBoth(deed, other)) return refuse('both_sides', { lift: { kind: 'role', role: 'administrator' } });
		const doubts = findDoubts({ message: input.message });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });
		if (await arePaired(deed, other.organisationId)) return refuse('already_paired');

		await openSubject(deed, pairId, 'pair');
		const { networkId, personId, membershipId, organisationId } = actor;
		await tx
			.insertInto('pair')
			.values({ networkId, pairId, organisationId, otherId: other.organisationId, personId, membershipId, at: now })
			.execute();
		const invitationId = await writeInvitation(deed, pairId, other, input.message);
		deed.about('pair', pairId, pairId);
		return ok({ pairId, invitationId });
	}
});

/** What each act in a pair asks first: a seat there, and a pair that was not ended. */
export async function findOwnPair(deed: Deed, pairId: string): Promise<Outcome<Standing>> {
	const standing = await findStanding(deed.tx, deed.actor, deed.now, pairId, ['pair']);
	if (!standing) return refuse('not_found');
	return isUnderWay(standing.state) ? ok(standing) : refuse('wrong_state');
}

/** Either of the two ends the pair, for good. What they saw together they can go on reading; a new pair begins with nothing. */
export const endPair = command({
	act: 'pair.end',
	schema: pairIdSchema,
	async run(deed, { pairId }): Promise<Outcome<null>> {
		deed.about('pair', pairId, pairId);
		const found = await findOwnPair(deed, pairId);
		if (!found.ok) return found;
		const { networkId, personId, membershipId } = deed.actor;
		await deed.tx.insertInto('pairEnd').values({ networkId, pairId, personId, membershipId, at: deed.now }).execute();
		for (const other of found.value.seats)
			if (other.personId !== personId) await deed.tell('mail.pair_ended', { pairId, personId: other.personId });
		return ok(null);
	}
});
