import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { listOrganisations } from '#rooms/network/read.server.ts';
import { proposeMembership } from '#rooms/people/joining/commands.server.ts';
import { offeredRoles } from '#rooms/people/joining/rules.ts';
import { keepsAccess } from '#rooms/people/memberships/rules.ts';
import { act, actorOf, optional, present } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** A colleague joins: proposed here, confirmed by another. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	if (!keepsAccess(actor.roles)) error(404);
	return {
		title: say(locale, 'joining.title'),
		own: actor.organisationId,
		// An administrator proposes for their own organisation alone.
		organisations: actor.roles.includes('facilitator')
			? await read(installation, actor, (tx, now) => listOrganisations(tx, actor, now))
			: null,
		key: installation.world.id()
	};
};

export const actions: Actions = {
	default: (event) =>
		act(event, proposeMembership, {
			form: 'join',
			input: (fields) =>
				present({
					name: fields['name'] ?? '',
					email: fields['email'] ?? '',
					functionTitle: fields['functionTitle'] ?? '',
					roles: offeredRoles.filter((role) => fields[`role_${role}`] === 'yes'),
					organisationId: optional(fields['organisationId']),
					locale: event.locals.locale
				}),
			to: () => `/${event.params.network}/organisatie?gedaan=voorgesteld`
		})
};
