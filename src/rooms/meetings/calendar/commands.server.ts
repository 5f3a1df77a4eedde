import { z } from 'zod';
import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { sql } from 'kysely';
import { findCalendarLink } from './read.server.ts';
import { linkDays } from './rules.ts';

/** Ends the link that stands; the acts of one membership wait for each other, so at most one does. */
async function endStanding(deed: Deed): Promise<boolean> {
	const { tx, actor, now } = deed;
	await sql`select pg_advisory_xact_lock(hashtextextended(${`${actor.networkId}/calendar/${actor.membershipId}`}, 0))`.execute(tx);
	const standing = await findCalendarLink(tx, actor, now);
	if (!standing) return false;
	await tx
		.insertInto('privateLinkEnd')
		.values({ networkId: actor.networkId, linkId: standing.linkId, reason: 'revoked', at: now })
		.execute();
	return true;
}

/** Makes the link by which one's own calendar reads one's agenda; one that stood works no longer. */
export const makeCalendarLink = command({
	act: 'calendar.make',
	schema: z.strictObject({}),
	async run(deed): Promise<Outcome<{ linkId: string }>> {
		const { personId, membershipId } = deed.actor;
		deed.about('calendar', membershipId);
		await endStanding(deed);
		const linkId = await deed.makeLink({
			...{ purpose: 'calendar', subjectId: membershipId, personId, membershipId },
			expiresAt: new Date(deed.now.getTime() + linkDays * 86_400_000)
		});
		return ok({ linkId });
	}
});

/** Takes it back: from then on no calendar reads by it. */
export const revokeCalendarLink = command({
	act: 'calendar.revoke',
	schema: z.strictObject({}),
	async run(deed): Promise<Outcome<null>> {
		deed.about('calendar', deed.actor.membershipId);
		return (await endStanding(deed)) ? ok(null) : refuse('wrong_state', { lift: { kind: 'role', role: 'yourself' } });
	}
});
