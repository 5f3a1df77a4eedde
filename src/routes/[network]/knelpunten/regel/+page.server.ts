import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { confirmSignalRule, proposeSignalRule } from '#rooms/causes/signal-rule/commands.server.ts';
import { getSignalRule, listSignalRuleProposals } from '#rooms/causes/signal-rule/read.server.ts';
import { mayConfirmSignalRule, setsSignalRule, signalRuleFields } from '#rooms/causes/signal-rule/rules.ts';
import { getNetwork } from '#rooms/network/read.server.ts';
import { listNames } from '#rooms/people/read.server.ts';
import { act, actorOf } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** When a cause becomes a signal and when it is gone: what holds, and what was proposed. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return read(installation, actor, async (tx) => {
		const proposals = await listSignalRuleProposals(tx, actor);
		return {
			title: say(locale, 'signal_rule.title'),
			network: await getNetwork(tx, actor),
			rule: await getSignalRule(tx),
			waiting: proposals
				.filter((proposal) => proposal.answer === null)
				.map((proposal) => ({ ...proposal, mine: proposal.personId === actor.personId, may: mayConfirmSignalRule(proposal, actor) })),
			before: proposals.filter((proposal) => proposal.answer === 'confirmed'),
			names: await listNames(
				tx,
				actor,
				proposals.flatMap((proposal) => [proposal.membershipId, ...(proposal.answeredByMembership ? [proposal.answeredByMembership] : [])])
			),
			sets: setsSignalRule(actor.roles),
			key: installation.world.id()
		};
	});
};

export const actions: Actions = {
	propose: (event) =>
		act(event, proposeSignalRule, {
			form: 'propose',
			input: (fields) => Object.fromEntries(signalRuleFields.map((name) => [name, fields[name] ?? ''])),
			to: () => `/${event.params.network}/knelpunten/regel`
		}),
	confirm: (event) =>
		act(event, confirmSignalRule, {
			form: 'confirm',
			input: (fields) => ({ ruleId: fields['ruleId'], answer: fields['answer'] }),
			to: () => `/${event.params.network}/knelpunten/regel`
		})
};
