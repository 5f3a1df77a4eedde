import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { changedKind } from '#foundation/live/changed.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { listPublications } from '../publication/read.server.ts';
import { findResponsible, listAsked, listSignals } from '../signals/read.server.ts';
import { hasOtherEyes, listReleases } from './read.server.ts';
import type { Release } from './read.server.ts';
import { lacksOfHand, mayRelease } from './rules.ts';
import type { DeclineReason } from './rules.ts';
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
		await deed.tell(changedKind, { causeId: input.causeId });
		return ok({ releaseId });
	}
});

/** Tells who wrote words that they were declined and why; of an answer, everyone who answers for who goes about the cause: they may say it anew. */
async function tellDeclined(deed: Deed, release: Release, reason: DeclineReason): Promise<void> {
	const { tx, actor, now } = deed;
	const { causeId, publicationId, releaseId } = release;
	const told = new Set([release.personId]);
	if (publicationId !== null) {
		const [publication] = await listPublications(tx, actor.networkId, { publicationId });
		if (publication?.answer?.releaseId === releaseId)
			for (const personId of await listAsked(tx, actor, now, await findResponsible(tx, causeId))) told.add(personId);
	}
	for (const personId of told)
		if (personId !== actor.personId)
			await deed.tell(publicationId === null ? 'mail.words_declined' : `mail.answer_declined_${reason}`, { causeId, personId });
}

/** The second pair of eyes, of another organisation: released, or declined with why. Who wrote them may take them back. */
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
		const own = release.personId === personId;
		const takesBack = own && input.answer === 'declined';
		if (!takesBack && !(await hasOtherEyes(deed.tx, deed.actor, deed.now, release)))
			return refuse('other_eyes', { lift: { kind: 'role', role: 'facilitator' } });
		const lack = lacksOfHand(input, own);
		if (lack !== null) return refuse('invalid', { fields: [{ path: [lack], code: 'required' }] });
		const reason = takesBack || input.answer === 'released' ? null : (input.reason ?? null);
		await deed.tx
			.insertInto('releaseHand')
			.values({
				...{ networkId, releaseId: input.releaseId, hand: input.answer, reason, words: reason === null ? '' : (input.words ?? '').trim() },
				...{ personId, membershipId, organisationId, at: deed.now }
			})
			.execute();
		if (reason !== null) await tellDeclined(deed, release, reason);
		return ok(null);
	}
});
