import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { listSignals } from '../signals/read.server.ts';
import { listReleases } from './read.server.ts';
import { areOtherEyes, mayRelease } from './rules.ts';
import { confirmReleaseSchema, writeReleaseSchema } from './schema.ts';

/** Writes what a cause is called, or its changed rule, for who reads outside the network. Nobody there reads it before a second did here. */
export const writeRelease = command({
	act: 'release.write',
	schema: writeReleaseSchema,
	async run(deed, input): Promise<Outcome<{ releaseId: string }>> {
		const releaseId = deed.id();
		deed.about('release', releaseId);
		const { networkId, personId, membershipId, organisationId, roles } = deed.actor;
		const signal = (await listSignals(deed.tx, networkId, { causeId: input.causeId }))[0];
		if (!signal) return refuse('not_found');
		if (!mayRelease(roles)) return refuse('not_allowed', { lift: { kind: 'role', role: 'facilitator' } });
		if (input.kind === 'rule' && signal.state !== 'in_force' && signal.state !== 'verified') return refuse('wrong_state');
		await deed.tx
			.insertInto('release')
			.values({
				...{ networkId, releaseId, kind: input.kind, causeId: input.causeId, body: input.words.trim() },
				...{ personId, membershipId, organisationId, at: deed.now }
			})
			.execute();
		return ok({ releaseId });
	}
});

/** The second pair of eyes, of another organisation: released, or declined. Who wrote them may take them back. */
export const confirmRelease = command({
	act: 'release.confirm',
	schema: confirmReleaseSchema,
	async run(deed, input): Promise<Outcome<null>> {
		deed.about('release', input.releaseId);
		const { networkId, personId, membershipId, organisationId, roles } = deed.actor;
		await sql`select pg_advisory_xact_lock(hashtextextended(${`${networkId}/release/${input.releaseId}`}, 0))`.execute(deed.tx);
		const release = (await listReleases(deed.tx, networkId, { releaseId: input.releaseId }))[0];
		if (!release) return refuse('not_found');
		if (!mayRelease(roles)) return refuse('not_allowed', { lift: { kind: 'role', role: 'facilitator' } });
		if (release.hand !== null) return refuse('already_answered');
		const takesBack = input.answer === 'declined' && release.personId === personId;
		if (!takesBack && !areOtherEyes(release, deed.actor)) return refuse('other_eyes', { lift: { kind: 'role', role: 'facilitator' } });
		await deed.tx
			.insertInto('releaseHand')
			.values({ networkId, releaseId: input.releaseId, hand: input.answer, personId, membershipId, organisationId, at: deed.now })
			.execute();
		return ok(null);
	}
});
