import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { listTermsConfirmers, listTermsProposals } from './read.server.ts';
import { mayConfirmTerms, setsTerms } from './rules.ts';
import { confirmTermsSchema, proposeTermsSchema } from './schema.ts';

const whoMay = { lift: { kind: 'role', role: 'administrator' } } as const;

/** Someone who governs or administers proposes how long each rung of the ladder has to answer. Nothing changes yet. */
export const proposeTerms = command({
	act: 'ladder_terms.propose',
	schema: proposeTermsSchema,
	async run(deed, input): Promise<Outcome<{ termsId: string }>> {
		const termsId = deed.id();
		deed.about('ladder_terms', termsId);
		if (!setsTerms(deed.actor.roles)) return refuse('not_allowed', whoMay);
		const { networkId, personId, membershipId, organisationId } = deed.actor;
		await deed.tx
			.insertInto('ladderTerms')
			.values({ ...input, networkId, termsId, personId, membershipId, organisationId, at: deed.now })
			.execute();
		for (const other of await listTermsConfirmers(deed.tx, deed.actor, deed.now))
			await deed.tell('mail.ladder_terms_proposed', { personId: other });
		return ok({ termsId });
	}
});

/** The second pair of eyes, of another organisation: what is asked from now on has these terms; or they are declined. Who proposed them may take them back. */
export const confirmTerms = command({
	act: 'ladder_terms.confirm',
	schema: confirmTermsSchema,
	async run(deed, input): Promise<Outcome<null>> {
		deed.about('ladder_terms', input.termsId);
		if (!setsTerms(deed.actor.roles)) return refuse('not_allowed', whoMay);
		const { networkId, personId, membershipId, organisationId } = deed.actor;
		await sql`select pg_advisory_xact_lock(hashtextextended(${`${networkId}/ladder-terms/${input.termsId}`}, 0))`.execute(deed.tx);
		const proposal = (await listTermsProposals(deed.tx, deed.actor)).find(({ termsId }) => termsId === input.termsId);
		if (!proposal) return refuse('not_found');
		if (proposal.answer !== null) return refuse('already_answered');
		const takesBack = input.answer === 'declined' && proposal.personId === personId;
		if (!takesBack && !mayConfirmTerms(proposal, deed.actor)) return refuse('other_eyes', whoMay);
		await deed.tx
			.insertInto('ladderTermsAnswer')
			.values({ networkId, termsId: input.termsId, answer: input.answer, personId, membershipId, organisationId, at: deed.now })
			.execute();
		if (!takesBack) await deed.tell('mail.ladder_terms_answered', { personId: proposal.personId });
		return ok(null);
	}
});
