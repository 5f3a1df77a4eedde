import { command } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { dayAt } from '#foundation/time/days.ts';
import { sql } from 'kysely';
import { findProposal, listConfirmers } from './read.server.ts';
import { mayConfirm, setsRules } from './rules.ts';
import { confirmRuleSchema, proposeRuleSchema } from './schema.ts';

/** Someone who keeps or guards the pot proposes another value for one of its rules. Nothing changes yet. */
export const proposeRule = command({
	act: 'rule.propose',
	schema: proposeRuleSchema,
	async run(deed, input): Promise<Outcome<{ ruleId: string }>> {
		if (!setsRules(deed.actor.roles)) return refuse('not_allowed', { lift: { kind: 'role', role: 'treasurer' } });
		if (input.fromDay < dayAt(deed.now)) return refuse('invalid', { fields: [{ path: ['fromDay'], code: 'date_in_past' }] });
		const ruleId = deed.id();
		deed.about('rule', ruleId);
		const { networkId, personId, membershipId, organisationId } = deed.actor;
		await deed.tx
			.insertInto('fundRule')
			.values({
				...{ networkId, ruleId, setting: input.setting, value: input.value, fromDay: input.fromDay },
				...{ personId, membershipId, organisationId, at: deed.now }
			})
			.execute();
		for (const other of await listConfirmers(deed.tx, deed.actor, deed.now)) await deed.tell('mail.rule_proposed', { personId: other });
		return ok({ ruleId });
	}
});

/** The second pair of eyes: someone of another organisation confirms, and from its day on the rule holds; or it is declined. */
export const confirmRule = command({
	act: 'rule.confirm',
	schema: confirmRuleSchema,
	async run(deed, input): Promise<Outcome<null>> {
		deed.about('rule', input.ruleId);
		if (!setsRules(deed.actor.roles)) return refuse('not_allowed', { lift: { kind: 'role', role: 'treasurer' } });
		const { networkId, personId, membershipId, organisationId } = deed.actor;
		await sql`select pg_advisory_xact_lock(hashtextextended(${`rule/${networkId}/${input.ruleId}`}, 0))`.execute(deed.tx);
		const proposal = await findProposal(deed.tx, deed.actor, input.ruleId);
		if (!proposal) return refuse('not_found');
		if (proposal.answer !== null) return refuse('already_answered');
		// Who proposed it may take it back, never confirm it.
		const takesBack = input.answer === 'declined' && proposal.personId === personId;
		if (!takesBack && !mayConfirm(proposal, deed.actor)) return refuse('other_eyes', { lift: { kind: 'role', role: 'treasurer' } });
		await deed.tx
			.insertInto('fundRuleAnswer')
			.values({ networkId, ruleId: input.ruleId, answer: input.answer, personId, membershipId, organisationId, at: deed.now })
			.execute();
		if (!takesBack) await deed.tell('mail.rule_answered', { personId: proposal.personId });
		return ok(null);
	}
});
