import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { getNetwork } from '#rooms/network/read.server.ts';
import { listNames } from '#rooms/people/read.server.ts';
import { getNetworkReturn } from '#rooms/returns/realised/read.server.ts';
import { attachStudy, withdrawStudy } from '#rooms/returns/studies/commands.server.ts';
import { listStudies } from '#rooms/returns/studies/read.server.ts';
import { keepsStudies } from '#rooms/returns/studies/rules.ts';
import { act, actorOf, optional, present } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** The 1 on 30 told fairly: where it comes from, what others found, and the network's own studies and full ratio beside it. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return read(installation, actor, async (tx) => {
		const studies = await listStudies(tx, actor);
		return {
			title: say(locale, 'return.thirty.title'),
			network: await getNetwork(tx, actor),
			returns: await getNetworkReturn(tx),
			studies,
			names: await listNames(
				tx,
				actor,
				studies.map(({ membershipId }) => membershipId)
			),
			keeps: keepsStudies(actor.roles),
			key: installation.world.id()
		};
	});
};

const here = (event: { params: { network: string } }) => `/${event.params.network}/netwerk/dertig`;

export const actions: Actions = {
	attach: (event) =>
		act(event, attachStudy, {
			form: 'attach',
			input: (fields) =>
				present({
					...Object.fromEntries((['title', 'source', 'year', 'says', 'url'] as const).map((name) => [name, fields[name] ?? ''])),
					grade: optional(fields['grade'])
				}),
			to: () => here(event)
		}),
	withdraw: (event) =>
		act(event, withdrawStudy, { form: 'withdraw', input: (fields) => ({ studyId: fields['studyId'] }), to: () => here(event) })
};
