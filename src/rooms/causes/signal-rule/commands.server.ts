import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { listSignalRuleConfirmers, listSignalRuleProposals } from './read.server.ts';
import { mayConfirmSignalRule, setsSignalRule } from './rules.ts';
import { confirmSignalRuleSchema, proposeSignalRuleSchema } from './schema.ts';

/** Someone who governs or administers proposes when a cause becomes a signal, and when it is gone. Nothing changes yet. */
export const proposeSignalRule = command({
	act: 'signal_rule.propose',
	schema: proposeSignalRuleSchema,
	async run(deed, input): Promise<Outcome<{ ruleId: string }>> {
		const ruleId = deed.id();
		deed.about('signal_rule', ruleId);
		if (!setsSignalRule(deed.actor.roles)) return refuse('not_allowed', { lift: { kind: 'role', role: 'administrator' } });
		const { networkId, personId, membershipId, organisationId } = deed.actor;
		await deed.tx
			.insertInto('signalRule')
			.values({ ...input, networkId, ruleId, personId, membershipId, organisationId, at: deed.now })
			.execute();
		for (const other of await listSignalRuleConfirmers(deed.tx, deed.actor, deed.now))
			await deed.tell('mail.signal_rule_proposed', { personId: other });
		return ok({ ruleId });
	}
});

/** The second pair of eyes, of another organisation: from now on the rule holds; or it is declined. Who proposed it may take it back. */
export const confirmSignalRule = command({
	act: 'signal_rule.confirm',
	schema: confirmSignalRuleSchema,
	async run(deed, input): Promise<Outcome<null>> {
		deed.about('signal_rule', input.ruleId);
		if (!setsSignalRule(deed.actor.roles)) return refuse('not_allowed', { lift: { kind: 'role', role: 'administrator' } });
		const { networkId, personId, membershipId, organisationId } = deed.actor;
		await sql`select pg_advisory_xact_lock(hashtextextended(${`${networkId}/signal-rule/${input.ruleId}`}, 0))`.execute(deed.tx);
		const proposal = (await listSignalRuleProposals(deed.tx, deed.actor)).find(({ ruleId }) => ruleId === input.ruleId);
		if (!proposal) return refuse('not_found');
		if (proposal.answer !== null) return refuse('already_answered');
		const takesBack = input.answer === 'declined' && proposal.personId === personId;
		if (!takesBack && !mayConfirmSignalRule(proposal, deed.actor))
			return refuse('other_eyes', { lift: { kind: 'role', role: 'administrator' } });
		await deed.tx
			.insertInto('signalRuleAnswer')
			.values({ networkId, ruleId: input.ruleId, answer: input.answer, personId, membershipId, organisationId, at: deed.now })
			.execute();
		if (!takesBack) await deed.tell('mail.signal_rule_answered', { personId: proposal.personId });
		return ok(null);
	}
});
