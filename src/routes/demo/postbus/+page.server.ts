import { error } from '@sveltejs/kit';
import { letterParts } from '#foundation/mail/letter.ts';
import { listMailbox } from '#foundation/mail/mailbox.server.ts';
import type { PageServerLoad } from './$types.js';

/** The demo's mailbox. Elsewhere there is no such page: letters go to people. */
export const load: PageServerLoad = async ({ locals }) => {
	const { settings, world } = locals.installation;
	if (!settings.demo) error(404);
	const letters = await listMailbox(settings.dataFolder);
	return {
		now: world.now(),
		letters: letters.map((letter) => ({ ...letter, at: new Date(letter.at), paragraphs: letterParts(letter.text) }))
	};
};
