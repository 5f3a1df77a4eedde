import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { keepProfile } from '#rooms/people/profiles/commands.server.ts';
import { findOldProfile, findProfile } from '#rooms/people/profiles/read.server.ts';
import { languages } from '#rooms/people/profiles/rules.ts';
import { act, actorOf } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** One's own profile, to keep. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return {
		title: say(locale, 'profile.title'),
		key: installation.world.id(),
		me: actor.personId,
		...(await read(installation, actor, async (tx, now) => ({
			profile: await findProfile(tx, actor, actor.personId),
			old: await findOldProfile(tx, actor, now)
		})))
	};
};

export const actions: Actions = {
	default: (event) =>
		act(event, keepProfile, {
			form: 'profile',
			input: (fields) => ({
				topics: fields['topics'] ?? '',
				schemes: fields['schemes'] ?? '',
				livedExperience: fields['livedExperience'] ?? '',
				area: fields['area'] ?? '',
				languages: languages.filter((language) => fields[`language_${language}`] === 'yes'),
				available: fields['available'] === 'yes',
				willing: fields['willing'] === 'yes',
				acknowledged: fields['acknowledged'] === 'yes'
			}),
			to: () => `/${event.params.network}/collega/${actorOf(event).personId}`
		})
};
