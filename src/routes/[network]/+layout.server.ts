import { error, redirect } from '@sveltejs/kit';
import { places } from '#ui/places.ts';
import { signInFirst } from '../sign-in.server.ts';
import type { LayoutServerLoad } from './$types.js';

/** Inside a network: only for who acts in it. To everyone else the network's pages do not exist; a visitor is asked to sign in. */
export const load: LayoutServerLoad = (event) => {
	const { locals, params } = event;
	if (!locals.account) signInFirst(event);
	if (!locals.actor || !locals.acting) redirect(303, places.choose);
	if (locals.acting.networkSlug !== params.network) error(404);
	return { slug: params.network };
};
