import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { rungs } from '#rooms/agreements/escalation/rules.ts';
import { confirmTerms, proposeTerms } from '#rooms/agreements/escalation/terms/commands.server.ts';
import { getTerms, listTermsProposals } from '#rooms/agreements/escalation/terms/read.server.ts';
import { mayConfirmTerms, setsTerms } from '#rooms/agreements/escalation/terms/rules.ts';
import { listNames } from '#rooms/people/read.server.ts';
import { act, actorOf } from '../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** How long each rung of the ladder has to answer: what holds, and what was proposed. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return read(installation, actor, async (tx) => {
		const proposals = await listTermsProposals(tx, actor);
		return {
			title: say(locale, 'ladder_terms.title'),
			terms: await getTerms(tx, actor),
			waiting: proposals
				.filter((proposal) => proposal.answer === null)
				.map((proposal) => ({ ...proposal, mine: proposal.personId === actor.personId, may: mayConfirmTerms(proposal, actor) })),
			before: proposals.filter((proposal) => proposal.answer === 'confirmed'),
			names: await listNames(
				tx,
				actor,
				proposals.flatMap((proposal) => [proposal.membershipId, ...(proposal.answeredByMembership ? [proposal.answeredByMembership] : [])])
			),
			sets: setsTerms(actor.roles),
			key: installation.world.id()
		};
	});
};

const here = (event: { params: { network: string } }) => () => `/${event.params.network}/ladder`;

export const actions: Actions = {
	propose: (event) =>
		act(event, proposeTerms, {
			form: 'propose',
			input: (fields) => Object.fromEntries(rungs.map((name) => [name, fields[name] ?? ''])),
			to: here(event)
		}),
	confirm: (event) =>
		act(event, confirmTerms, {
			form: 'confirm',
			input: (fields) => ({ termsId: fields['termsId'], answer: fields['answer'] }),
			to: here(event)
		})
};
