import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { listOrganisations } from '#rooms/network/read.server.ts';
import { confirmMembership, withdrawMembership } from '#rooms/people/joining/commands.server.ts';
import { listWaitingProposals } from '#rooms/people/joining/read.server.ts';
import { binds } from '#rooms/people/memberships/rules.ts';
import { confirmEnd, proposeEnd, withdrawEnd } from '#rooms/people/memberships/commands.server.ts';
import { listWaitingEnds } from '#rooms/people/memberships/read.server.ts';
import { keepsAccess } from '#rooms/people/memberships/rules.ts';
import { listOfOrganisation } from '#rooms/people/read.server.ts';
import { listRooms } from '#rooms/people/room/read.server.ts';
import { getOrganisationFigures } from '#rooms/table/roles/read.server.ts';
import { maySeeOrganisations } from '#rooms/table/roles/rules.ts';
import { act, actorOf } from '../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/**
 * One's own organisation: its people, for who keeps its access, with what they may do and since when; its figures without names, for who looks
 * after the whole (C5).
 */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const keeps = keepsAccess(actor.roles);
	if (!keeps && !maySeeOrganisations(actor.roles)) error(404);
	return await read(installation, actor, async (tx, now) => ({
		title: say(locale, 'own_organisation.title'),
		figures: (await getOrganisationFigures(tx, actor, now))?.find(({ organisationId }) => organisationId === actor.organisationId) ?? null,
		room: (await listRooms(tx, actor)).get(actor.organisationId)?.sentence ?? null,
		now,
		organisation:
			(await listOrganisations(tx, actor, now)).find(({ organisationId }) => organisationId === actor.organisationId)?.name ?? '',
		me: actor.personId,
		administrator: actor.roles.includes('administrator'),
		binds: binds(actor.roles),
		key: installation.world.id(),
		joining: keeps ? await listWaitingProposals(tx, actor, now) : [],
		done: event.url.searchParams.get('gedaan'),
		waiting: keeps ? await listWaitingEnds(tx, actor) : [],
		people: keeps ? await listOfOrganisation(tx, actor, now) : null
	}));
};

const here = (network: string): string => `/${network}/organisatie`;

export const actions: Actions = {
	confirmJoining: (event) =>
		act(event, confirmMembership, {
			form: 'joining',
			input: (fields) => ({ proposalId: fields['proposalId'] ?? '' }),
			to: () => `${here(event.params.network)}?gedaan=bevestigd`
		}),
	withdrawJoining: (event) =>
		act(event, withdrawMembership, {
			form: 'joining',
			input: (fields) => ({ proposalId: fields['proposalId'] ?? '' }),
			to: () => here(event.params.network)
		}),
	propose: (event) =>
		act(event, proposeEnd, {
			form: 'propose',
			input: (fields) => ({ membershipId: fields['membershipId'] ?? '' }),
			to: () => here(event.params.network)
		}),
	confirm: (event) =>
		act(event, confirmEnd, {
			form: 'confirm',
			input: (fields) => ({ endId: fields['endId'] ?? '' }),
			to: () => here(event.params.network)
		}),
	withdraw: (event) =>
		act(event, withdrawEnd, {
			form: 'withdraw',
			input: (fields) => ({ endId: fields['endId'] ?? '' }),
			to: () => here(event.params.network)
		})
};
