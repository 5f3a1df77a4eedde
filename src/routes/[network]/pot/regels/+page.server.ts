import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { dayAt } from '#foundation/time/days.ts';
import { confirmRule, proposeRule } from '#rooms/fund/rules-in-force/commands.server.ts';
import { listRules } from '#rooms/fund/rules-in-force/read.server.ts';
import { mayConfirm, setsRules } from '#rooms/fund/rules-in-force/rules.ts';
import { listNames } from '#rooms/people/read.server.ts';
import { act, actorOf, present } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** The rules of the pot: what holds, since when, and what was proposed. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return read(installation, actor, async (tx, now) => {
		const { inForce, proposals } = await listRules(tx, actor);
		return {
			title: say(locale, 'rules.title'),
			inForce,
			waiting: proposals
				.filter((proposal) => proposal.answer === null)
				.map((proposal) => ({ ...proposal, mine: proposal.personId === actor.personId, may: mayConfirm(proposal, actor) })),
			before: proposals.filter((proposal) => proposal.answer === 'confirmed'),
			names: await listNames(
				tx,
				actor,
				proposals.flatMap((proposal) => [proposal.membershipId, ...(proposal.answeredByMembership ? [proposal.answeredByMembership] : [])])
			),
			sets: setsRules(actor.roles),
			today: dayAt(now),
			key: installation.world.id()
		};
	});
};

export const actions: Actions = {
	propose: (event) =>
		act(event, proposeRule, {
			form: 'propose',
			input: (fields) => present({ setting: fields['setting'], value: fields['value'] ?? '', fromDay: fields['fromDay'] ?? '' }),
			to: () => `/${event.params.network}/pot/regels`
		}),
	/** The legal form is chosen from words, not typed. */
	legal: (event) =>
		act(event, proposeRule, {
			form: 'legal',
			input: (fields) => ({ setting: 'legal_form', value: fields['legalForm'] ?? '', fromDay: fields['legalFrom'] ?? '' }),
			to: () => `/${event.params.network}/pot/regels`
		}),
	confirm: (event) =>
		act(event, confirmRule, {
			form: 'confirm',
			input: (fields) => ({ ruleId: fields['ruleId'], answer: fields['answer'] }),
			to: () => `/${event.params.network}/pot/regels`
		})
};
